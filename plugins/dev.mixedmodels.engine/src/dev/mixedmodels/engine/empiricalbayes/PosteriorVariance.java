package dev.mixedmodels.engine.empiricalbayes;

/** How the posterior variance of a unit accounts for the prior having been estimated. */
public enum PosteriorVariance {
    /** MORRIS for Gaussian data (KASS_STEFFEY with too few units), KASS_STEFFEY for counts, NAIVE if nonparametric. */
    DEFAULT,
    /** The estimated prior is taken as known. */
    NAIVE,
    /** Morris (1983) JASA 78:47-55; Gaussian data; it also moves the posterior mean. */
    MORRIS,
    /** Kass &amp; Steffey (1989) JASA 84:717-726: first-order correction by the delta method. */
    KASS_STEFFEY,
    /** Laird &amp; Louis (1987) JASA 82:739-750: parametric bootstrap of the prior. */
    BOOTSTRAP,
    /** Prasad &amp; Rao (1990) JASA 85:163-171: mean squared error of the Fay-Herriot predictor. */
    PRASAD_RAO
}
