package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * How the residual variance follows from theta while the other parameters vary: sigma2 = exp(lambda(theta)). It is at
 * its best value, or fixed, or such that the variance of one random effect has a given value; the latter two give
 * profile likelihoods.
 */
interface ResidualScale {
    /** log sigma2 at theta. */
    double log(double[] theta);

    /** Adds the derivatives of log sigma2 to arrays that hold 0. */
    void derivatives(double[] theta, double[] gradient, double[][] hessian);

    /** A fixed residual variance. */
    static ResidualScale fixed(final double sigma2) {
        return new ResidualScale() {
            @Override
            public double log(final double[] theta) {
                return Math.log(sigma2);
            }

            @Override
            public void derivatives(final double[] theta, final double[] gradient, final double[][] hessian) {
                // constant
            }
        };
    }

    /**
     * The residual variance at which an effect has a given variance: sigma2 = variance / |row|^2 with
     * row = t' Lambda = sum_a theta_a t'E_a.
     *
     * @param rows t'E_a for each parameter, null for parameters of other factors
     * @param variance what the effect's variance is to be, positive
     */
    static ResidualScale ofEffect(final double[][] rows, final double variance) {
        return new ResidualScale() {
            private double[] row(final double[] theta) {
                double[] sum = null;
                for (int a = 0; a < theta.length; a++) {
                    if (rows[a] != null) {
                        sum = sum == null ? new double[rows[a].length] : sum;
                        for (int c = 0; c < sum.length; c++) {
                            sum[c] += theta[a] * rows[a][c];
                        }
                    }
                }
                return sum;
            }

            @Override
            public double log(final double[] theta) {
                final double[] row = row(theta);
                return Math.log(variance) - Math.log(Matrices.dot(row, row));
            }

            @Override
            public void derivatives(final double[] theta, final double[] gradient, final double[][] hessian) {
                final double[] row = row(theta);
                final double g = Matrices.dot(row, row);
                for (int a = 0; a < theta.length; a++) {
                    gradient[a] = rows[a] == null ? 0 : -2 * Matrices.dot(row, rows[a]) / g;
                }
                for (int a = 0; a < theta.length; a++) {
                    for (int b = 0; rows[a] != null && b < theta.length; b++) {
                        if (rows[b] != null) {
                            hessian[a][b] = -2 * Matrices.dot(rows[a], rows[b]) / g + gradient[a] * gradient[b];
                        }
                    }
                }
            }
        };
    }
}
