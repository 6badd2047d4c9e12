package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.optimise.Objective;

/**
 * -2 log (restricted) likelihood of y_i ~ N(X_i beta, V_i(theta)), independent subjects, with beta profiled out, its
 * exact first and second derivatives by theta, and what inference about beta needs. With e = y - X beta-hat,
 * phi = (X'V^-1 X)^-1, U_r = V^-1 V_r V^-1:
 * <pre>
 * f    = log|V| + e'V^-1 e + [log|X'V^-1 X|] + (N - [p]) log 2 pi                    terms in [] under REML only
 * f_r  = tr(V^-1 V_r) - e'U_r e - [tr(phi X'U_r X)]
 * f_rs = tr(V^-1 V_rs) - tr(V^-1 V_r V^-1 V_s) + e'(2 U_r V U_s - V^-1 V_rs V^-1) e - 2 e'U_r X phi X'U_s e
 *        + [tr(phi X'(2 U_r V U_s - V^-1 V_rs V^-1) X) - tr(phi X'U_r X phi X'U_s X)]
 * </pre>
 * The constant follows lme4, nlme and SAS: log|X'X| is not subtracted. Source: Lindstrom &amp; Bates (1988) JASA
 * 83:1014-1022; Jennrich &amp; Schluchter (1986) Biometrics 42:805-820.
 */
public interface MarginalLikelihood extends Objective {

    /**
     * @return number of covariance parameters, m
     */
    int parameters();

    /**
     * The expected Hessian with the mean known, sum tr(V_i^-1 V_r V_i^-1 V_s): never negative, for steps where the
     * exact one is not positive definite.
     *
     * @param theta covariance parameters, length m, at which the likelihood exists
     * @param hessian to be filled, m x m
     * @return whether it is implemented; else the matrix is left as it was
     */
    boolean expectedHessian(double[] theta, double[][] hessian);

    /**
     * @param theta covariance parameters, length m, at which the likelihood exists
     * @return estimates of the mean and how they depend on theta
     */
    MeanPoint mean(double[] theta);

    /**
     * The sums over pairs of covariance parameters that Kenward and Roger's covariance needs.
     *
     * @param theta covariance parameters
     * @param w their asymptotic covariance, m x m
     * @param secondDerivatives whether the second derivatives of V count
     * @return sum over r, s of w_rs (Q_rs - R_rs / 4), p x p; without R unless second derivatives count
     */
    double[][] kenwardRogerSum(double[] theta, double[][] w, boolean secondDerivatives);
}
