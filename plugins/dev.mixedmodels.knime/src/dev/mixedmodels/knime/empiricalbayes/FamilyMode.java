package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** What the table tells of each unit; names as in the engine. */
enum FamilyMode {
    @Label(value = "Estimates with standard errors", description = """
        Each unit has an estimate (a mean, a difference, a log odds ratio) with a known standard error. The true \
        values are normally distributed, perhaps around a regression on covariates: the normal-normal model of \
        meta-analysis and of Fay and Herriot.""")
    GAUSSIAN,
    @Label(value = "Counts with exposures", description = """
        Each unit has a number of events and an exposure: time at risk, population, or the expected number. The true \
        rates, or relative risks, have a gamma distribution.""")
    POISSON_GAMMA,
    @Label(value = "Successes among trials", description = """
        Each unit has a number of successes and of trials. The true probabilities have a beta distribution.""")
    BETA_BINOMIAL
}
