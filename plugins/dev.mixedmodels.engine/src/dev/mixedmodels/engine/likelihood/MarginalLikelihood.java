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
     * @return m, the number of covariance parameters
     */
    int parameters();

    /**
     * @param sign -1 or 1
     * @return the least or largest values of the parameters, beyond which the likelihood does not exist or does not
     *         change
     */
    double[] bounds(int sign);

    /**
     * @param theta covariance parameters, length m
     * @return the likelihood there; null if it does not exist
     */
    MarginalPoint at(double[] theta);

    @Override
    default double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final MarginalPoint point = at(theta);
        if (point == null) {
            return Double.NaN;
        }
        if (gradient != null) {
            System.arraycopy(point.gradient(), 0, gradient, 0, gradient.length);
        }
        if (hessian != null) {
            final double[][] exact = point.hessian();
            for (int r = 0; r < hessian.length; r++) {
                System.arraycopy(exact[r], 0, hessian[r], 0, hessian.length);
            }
        }
        return point.value();
    }
}
