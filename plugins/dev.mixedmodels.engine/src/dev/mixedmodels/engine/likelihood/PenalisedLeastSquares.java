package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;

/**
 * The likelihood of y = X beta + sum_k Z_k b_k + e, e ~ N(0, sigma2 I), b_k ~ N(0, sigma2 Lambda_k Lambda_k') as a
 * function of theta, from sufficient statistics: after one pass over the rows an evaluation costs nothing per row. An
 * object remembers the last theta that it was given and is not safe for use from several threads; the work inside is
 * spread over all cores with results that do not depend on their number.
 * <p>
 * Source: Bates, Maechler, Bolker &amp; Walker (2015) J. Stat. Softw. 67(1), sections 3 and 5.
 */
public interface PenalisedLeastSquares {
    /**
     * @return N
     */
    int rows();

    /**
     * @return the relative covariance factors that theta stands for
     */
    RelativeFactors factors();

    /**
     * @param other relative covariance factors with the same effects
     * @return the likelihood of the same rows with these
     */
    PenalisedLeastSquares with(RelativeFactors other);

    /**
     * @param k index of a grouping factor
     * @return its number of units
     */
    int levels(int k);

    /**
     * @return moments of the residuals of ordinary least squares, for a start
     */
    EffectMoments effectMoments();

    /**
     * Moves to theta.
     *
     * @param theta parameters, length m
     * @return generalised least squares there, or null if a matrix is not positive definite in floating point
     */
    PlsSolution solve(double[] theta);

    /**
     * @return the relative rounding of y'Py at the last theta
     */
    double rounding();

    /**
     * @return first derivatives at the last theta, each of length m
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
     * @return whether {@link #curvature} is exact
     */
    boolean exactCurvature();

    /**
     * @param progress to learn of cancellation
     * @return exact second derivatives at the last theta, each m x m row-major
     */
    PlsDerivatives hessian(Progress progress);

    /**
     * @return dC / dtheta_a for each parameter at the last theta, C = X'V^-1 X, each p x p row-major
     */
    double[][] informationDerivatives();

    /**
     * Predicted random effects of a factor at the last theta.
     *
     * @param k index of the factor
     * @return for every unit
     */
    UnitEffects unitEffects(int k);

    /**
     * Cross-products for Kenward and Roger's method at the last theta, with respect to the elements of G_k = Lambda_k
     * Lambda_k' and to a factor of V as a whole.
     *
     * @param basis the derivatives of each G_k by its elements, each q_k x q_k row-major
     * @param progress to learn of cancellation
     * @return the cross-products
     */
    CovarianceCrossProducts crossProducts(double[][][] basis, Progress progress);
}
