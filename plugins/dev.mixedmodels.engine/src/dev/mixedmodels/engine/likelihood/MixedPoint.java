package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import java.util.function.Supplier;

/**
 * The likelihood of a mixed model at its minimum: the mean there, derivatives by the free coordinates of
 * {@link dev.mixedmodels.engine.fit.Minimum}, predictions. Units of the residual variance: V = I + Z Lambda Lambda'Z'.
 */
interface MixedPoint {
    /**
     * @return generalised least squares
     */
    MeanFit mean();

    /**
     * @return the relative rounding of y'Py
     */
    double rounding();

    /**
     * @param progress to learn of cancellation
     * @return second derivatives of -2 log (restricted) likelihood by the free coordinates and log sigma2
     */
    double[][] hessian(Progress progress);

    /**
     * @return derivatives of C = X'V^-1 X by the free coordinates, each p x p row-major
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
     * Covariances of the predicted random effects of two factors: of all pairs of units if there are few of them, else
     * of those that share rows.
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

    /**
     * @return for each thread what gives the cross-products of the units of the outermost factor, if these are kept and
     *         those of all other factors lie within them
     */
    Supplier<UnitProducts> products();

    /**
     * @param scale the residual variance
     * @param progress to learn of cancellation
     * @return for each thread what gives the shares of these units in the likelihood
     */
    Supplier<UnitJets> jets(double scale, Progress progress);
}
