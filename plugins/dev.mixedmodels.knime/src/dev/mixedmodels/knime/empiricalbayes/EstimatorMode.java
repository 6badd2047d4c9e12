package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** How the prior is estimated; names as in the engine. */
enum EstimatorMode {
    @Label(value = "Automatic", description = "REML for estimates with standard errors, ML for counts.")
    DEFAULT,
    @Label(value = "ML", description = """
        Maximum marginal likelihood. For estimates with standard errors tau2 comes out somewhat too small when units \
        are few.""")
    ML,
    @Label(value = "REML", description = """
        Restricted maximum likelihood: allows for the estimated mean. Estimates with standard errors only.""")
    REML,
    @Label(value = "DerSimonian-Laird", description = """
        Moments of Cochran's Q; the classical estimator of meta-analysis. Estimates with standard errors only.""")
    DERSIMONIAN_LAIRD,
    @Label(value = "Paule-Mandel", description = """
        The tau2 at which the generalised Q statistic equals its degrees of freedom; also Morris's and Fay and \
        Herriot's estimator, which metafor calls EB. Estimates with standard errors only.""")
    PAULE_MANDEL,
    @Label(value = "Hedges", description = """
        Unweighted moments, Prasad and Rao's estimator. Estimates with standard errors only.""")
    HEDGES,
    @Label(value = "Sidik-Jonkman", description = """
        Moments from a crude first estimate; always positive. Estimates with standard errors only.""")
    SIDIK_JONKMAN,
    @Label(value = "Hunter-Schmidt", description = """
        Simple moments, biased downwards. Estimates with standard errors only.""")
    HUNTER_SCHMIDT,
    @Label(value = "James-Stein", description = """
        The positive-part estimator of Efron and Morris: shrinkage (k - 3) sigma2 / S, at most 1. Never worse on \
        average than no shrinkage with 4 or more units. Equal standard errors only.""")
    JAMES_STEIN,
    @Label(value = "Moments", description = "Weighted moments of rates or proportions (Kleinman). Counts only.")
    MOMENTS,
    @Label(value = "Given", description = """
        The prior variance is given, from earlier data or from theory; its mean is given too or estimated.""")
    GIVEN
}
