package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** How posterior variances allow for the estimated prior; names as in the engine. */
enum PosteriorVarianceMode {
    @Label(value = "Automatic", description = """
        Morris for estimates with standard errors (Kass-Steffey with fewer than 4 units), Kass-Steffey for counts, \
        naive for a nonparametric prior.""")
    DEFAULT,
    @Label(value = "Naive", description = """
        As if the estimated prior were the true one. Intervals are too short, much too short when tau2 is estimated \
        near 0.""")
    NAIVE,
    @Label(value = "Morris", description = """
        Morris's 1983 approximation, which also shrinks a little less. For estimates with standard errors; keeps its \
        coverage even where tau2 is estimated as 0.""")
    MORRIS,
    @Label(value = "Kass-Steffey", description = """
        First-order correction from the observed information. For any family. Collapses where tau2 is \
        estimated as 0.""")
    KASS_STEFFEY,
    @Label(value = "Bootstrap", description = """
        Laird and Louis's parametric bootstrap: the prior is estimated again from data drawn from the fitted model. \
        For any family and prior; takes as many fits as replicates.""")
    BOOTSTRAP,
    @Label(value = "Prasad-Rao", description = """
        Estimated mean squared error of small-area estimation. For estimates with standard errors under REML, ML, \
        Paule-Mandel or Hedges.""")
    PRASAD_RAO
}
