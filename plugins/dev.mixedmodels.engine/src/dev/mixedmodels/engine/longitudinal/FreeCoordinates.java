package dev.mixedmodels.engine.longitudinal;

/** Free coordinates x of a covariance model or of a submodel, from which the criterion is computed with derivatives. */
interface FreeCoordinates {
    /** Number of random effects. */
    int q();

    /** Number of coordinates. */
    int size();

    /** The point z: entries of F with D = F F', eta, and log s if it is one of the coordinates. */
    double[] at(double[] x);

    /**
     * First derivatives of [elements of D by rows of the lower triangle, the rest of z] by x, one row each.
     *
     * @param z the point
     */
    double[][] first(double[] z);

    /** Second derivatives of the same, by x_k and x_l; null where zero. */
    double[][][] second();
}
