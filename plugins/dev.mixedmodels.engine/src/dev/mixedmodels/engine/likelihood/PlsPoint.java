package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;

/** A {@link PenalisedLeastSquares} at one theta: the mean there, derivatives, predictions. It does not change. */
public interface PlsPoint {
    /**
     * @return generalised least squares in units of the residual variance, V = I + Z Lambda Lambda'Z'
     */
    MeanFit mean();

    /**
     * @return the relative rounding of y'Py
     */
    double rounding();

    /**
     * @return first derivatives by theta, each of length m
     */
    PlsDerivatives gradient();

    /**
     * Second derivatives by theta of log |V| (+ log |X'V^-1 X|) + y'Py / sigma2 for Newton's method: exact, or with the
     * average of observed and expected information in their place (Gilmour, Thompson &amp; Cullis 1995, Biometrics
     * 51:1440-1450).
     *
     * @param reml restricted or full maximum likelihood
     * @param sigma2 residual variance
     * @return m x m
     */
    double[][] curvature(boolean reml, double sigma2);

    /**
     * @param progress to learn of cancellation
     * @return exact second derivatives, each m x m row-major
     */
    PlsDerivatives hessian(Progress progress);

    /**
     * @return dC / dtheta_a for each parameter, C = X'V^-1 X, each p x p row-major
     */
    double[][] informationDerivatives();

    /**
     * Predicted random effects of a factor.
     *
     * @param k index of the factor
     * @param receiver takes those of every unit
     */
    void unitEffects(int k, UnitEffects receiver);

    /**
     * Covariances of the predicted random effects of two factors: of all pairs of units if there are few of them, else of
     * those that share rows.
     *
     * @param k index of a factor
     * @param l index of a later factor
     * @param receiver takes those of every pair
     */
    void pairEffects(int k, int l, PairEffects receiver);

    /**
     * Cross-products for Kenward and Roger's method, with respect to the elements of G_k = Lambda_k Lambda_k' and to a
     * factor of V as a whole.
     *
     * @param basis the derivatives of each G_k by its elements, each q_k x q_k row-major
     * @param progress to learn of cancellation
     * @return the cross-products
     */
    CovarianceCrossProducts crossProducts(double[][][] basis, Progress progress);
}
