package dev.mixedmodels.engine.empiricalbayes;

/** How the posterior variance of a unit accounts for the prior having been estimated. */
public enum PosteriorVariance {
    /** MORRIS for Gaussian data (KASS_STEFFEY with too few units), KASS_STEFFEY for counts, NAIVE if nonparametric. */
    DEFAULT("Automatic"),
    /** The estimated prior is taken as known. */
    NAIVE("Naive"),
    /** Morris (1983) JASA 78:47-55; Gaussian data; it also moves the posterior mean. */
    MORRIS("Morris"),
    /** Kass &amp; Steffey (1989) JASA 84:717-726: first-order correction by the delta method. */
    KASS_STEFFEY("Kass-Steffey"),
    /** Laird &amp; Louis (1987) JASA 82:739-750: parametric bootstrap of the prior. */
    BOOTSTRAP("Bootstrap"),
    /** Prasad &amp; Rao (1990) JASA 85:163-171: mean squared error of the Fay-Herriot predictor. */
    PRASAD_RAO("Prasad-Rao");

    private final String label;

    PosteriorVariance(final String label) {
        this.label = label;
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }
}
