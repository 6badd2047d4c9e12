package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * The boundary point next to an estimate: where the factor of a D has a column that is nearly 0, the same D with the
 * column exactly 0, in triangular form with a nonnegative diagonal.
 *
 * @param theta parameters of the boundary point, those of vanished columns 0
 * @param keep which parameters belong to columns that remain
 */
record BoundaryFactors(double[] theta, boolean[] keep) {
    /** A variance, in units of the residual variance and of standardised columns, that is worth comparing with 0. */
    static final double SMALL = 1e-5;
    /** One that is 0 but for the last steps of the search. */
    static final double VANISHING = 1e-10;

    static BoundaryFactors near(final RelativeFactors factors, final double[] theta, final double small) {
        final BoundaryFactors point = new BoundaryFactors(theta.clone(), new boolean[theta.length]);
        Arrays.fill(point.keep, true);
        for (int k = 0; k < factors.effects().length; k++) {
            if (isTriangular(factors, k)) {
                point.factorAgain(factors, k, small);
            } else {
                point.dropSmall(factors, k, small);
            }
        }
        return point;
    }

    boolean isInterior() {
        for (final boolean kept : keep) {
            if (!kept) {
                return false;
            }
        }
        return true;
    }

    /** Whether each parameter of the factor is one entry of a lower triangular matrix. */
    static boolean isTriangular(final RelativeFactors factors, final int k) {
        for (int a = 0; a < factors.parameters(); a++) {
            if (factors.factor()[a] == k && entry(factors, a) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Position of the only entry of E_a if it is a 1 on or below the diagonal, else -1. */
    static int entry(final RelativeFactors factors, final int a) {
        final int q = factors.effects()[factors.factor()[a]];
        int at = -1;
        for (int i = 0; i < q * q; i++) {
            if (factors.basis()[a][i] != 0) {
                if (at >= 0 || factors.basis()[a][i] != 1 || i % q > i / q) {
                    return -1;
                }
                at = i;
            }
        }
        return at;
    }

    /** Cholesky factor of the semidefinite Lambda Lambda' whose columns with a tiny pivot are 0. */
    private void factorAgain(final RelativeFactors factors, final int k, final double small) {
        final int q = factors.effects()[k];
        final double[] lambda = factors.lambda(theta)[k];
        final double[] g = SmallMatrix.multiplyTransposed(lambda, lambda, q);
        final double[] l = new double[q * q];
        final boolean[] vanished = new boolean[q];
        for (int j = 0; j < q; j++) {
            double pivot = g[j * q + j];
            for (int c = 0; c < j; c++) {
                pivot -= l[j * q + c] * l[j * q + c];
            }
            vanished[j] = !(pivot > small);
            for (int i = j; i < q && !vanished[j]; i++) {
                double sum = g[i * q + j];
                for (int c = 0; c < j; c++) {
                    sum -= l[i * q + c] * l[j * q + c];
                }
                l[i * q + j] = sum / Math.sqrt(pivot);
            }
        }
        for (int a = 0; a < theta.length; a++) {
            if (factors.factor()[a] == k) {
                final int at = entry(factors, a);
                theta[a] = l[at];
                keep[a] = !vanished[at % q];
            }
        }
    }

    private void dropSmall(final RelativeFactors factors, final int k, final double small) {
        for (int a = 0; a < theta.length; a++) {
            if (factors.factor()[a] == k) {
                theta[a] = Math.abs(theta[a]);
                if (theta[a] * theta[a] <= small) {
                    theta[a] = 0;
                    keep[a] = false;
                }
            }
        }
    }
}
