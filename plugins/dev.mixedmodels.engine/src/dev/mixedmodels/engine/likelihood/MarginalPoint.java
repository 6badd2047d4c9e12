package dev.mixedmodels.engine.likelihood;

/** A {@link MarginalLikelihood} at one theta. It does not change. */
public interface MarginalPoint {
    /**
     * @return f
     */
    double value();

    /**
     * @return f_r, length m
     */
    double[] gradient();

    /**
     * @return f_rs, m x m
     */
    double[][] hessian();

    /**
     * @return the expected Hessian with the mean known, sum tr(V_i^-1 V_r V_i^-1 V_s): never negative, for steps where
     *         the exact one is not positive definite
     */
    double[][] expectedHessian();

    /**
     * @return the mean, with the derivatives of its precision
     */
    MeanPoint mean();

    /**
     * The sums over pairs of covariance parameters that Kenward and Roger's covariance needs.
     *
     * @param w asymptotic covariance of theta, m x m
     * @param secondDerivatives whether to take off a quarter of the term in V_rs
     * @return sum_rs w_rs X'V^-1 (V_r V^-1 V_s - V_rs / 4) V^-1 X, p x p
     */
    double[][] kenwardRogerSum(double[][] w, boolean secondDerivatives);
}
