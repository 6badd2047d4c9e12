package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.optimise.Objective;

/**
 * An objective whose approximate Hessian learns from the gradients: near the optimum the average information is a few
 * percent off, which costs Newton's method a digit a step; a symmetric rank-one correction that makes it agree with the
 * last change of the gradient leads to superlinear convergence. Source: Nocedal &amp; Wright (2006) Numerical
 * Optimization, section 6.2; structured secant methods, Dennis &amp; Walker (1981) SIAM J. Numer. Anal. 18:949-987.
 */
final class SecantObjective implements Objective {
    /** Steps of less than this squared length in the metric of the Hessian are near the optimum. */
    private static final double NEAR = 25;
    private static final double DEGENERATE = 1e-8;
    /** Part of the diagonal that may be taken away without the matrix becoming indefinite. */
    private static final double MARGIN = 0.02;
    private static final double LEAST_PART = 0.05;

    private final Objective objective;
    private double[] lastTheta;
    private double[] lastGradient;
    private double[][] correction;

    SecantObjective(final Objective objective) {
        this.objective = objective;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final double value = objective.value(theta, gradient, hessian);
        if (gradient == null || hessian == null || !Double.isFinite(value)) {
            return value;
        }
        final int m = theta.length;
        correction = correction == null ? new double[m][m] : correction;
        if (lastTheta != null) {
            learn(theta, gradient, hessian);
        }
        lastTheta = theta.clone();
        lastGradient = gradient.clone();
        apply(hessian);
        return value;
    }

    @Override
    public double rounding() {
        return objective.rounding();
    }

    /** (H + E) s = y for the last step s and change of the gradient y. */
    private void learn(final double[] theta, final double[] gradient, final double[][] hessian) {
        final int m = theta.length;
        final double[] s = new double[m];
        final double[] rest = new double[m];
        double length = 0;
        for (int a = 0; a < m; a++) {
            s[a] = theta[a] - lastTheta[a];
        }
        for (int a = 0; a < m; a++) {
            rest[a] = gradient[a] - lastGradient[a];
            for (int b = 0; b < m; b++) {
                rest[a] -= (hessian[a][b] + correction[a][b]) * s[b];
                length += s[a] * hessian[a][b] * s[b];
            }
        }
        if (!(length > 0 && length < NEAR)) {
            correction = new double[m][m];
            return;
        }
        double product = 0;
        double size = 0;
        for (int a = 0; a < m; a++) {
            product += rest[a] * s[a];
            size += rest[a] * rest[a] * (s[a] * s[a]);
        }
        if (Math.abs(product) > DEGENERATE * Math.sqrt(size)) {
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    correction[a][b] += rest[a] * rest[b] / product;
                }
            }
        }
    }

    /** Adds as much of the correction as leaves the sum well positive definite. */
    private void apply(final double[][] hessian) {
        final int m = hessian.length;
        final double[] sum = new double[m * m];
        for (double part = 1; part > LEAST_PART; part /= 2) {
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    sum[a * m + b] = hessian[a][b] + part * correction[a][b] - (a == b ? MARGIN * hessian[a][a] : 0);
                }
            }
            if (Cholesky.factor(sum, m)) {
                for (int a = 0; a < m; a++) {
                    for (int b = 0; b < m; b++) {
                        hessian[a][b] += part * correction[a][b];
                    }
                }
                return;
            }
        }
    }
}
