package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** Form of the prior; names as in the engine. */
enum PriorMode {
    @Label(value = "Parametric", description = """
        Normal, gamma or beta, by family: the conjugate prior. Few parameters, right for few units.""")
    PARAMETRIC,
    @Label(value = "Nonparametric", description = """
        Any distribution at all, estimated by maximum likelihood (Kiefer and Wolfowitz): it comes out as a handful of \
        points with probabilities. Shows clusters and outliers; wants many units, no covariates, and standard errors \
        that differ by no more than a factor of 10,000.""")
    NONPARAMETRIC
}
