package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * V = L L' by the entries of a lower triangular L: first the logarithms of its diagonal, if these are parameters (else
 * they are 0), then the entries below, row by row.
 *
 * @param n number of rows
 * @param l L, n x n
 * @param row of each parameter's entry of L
 * @param column of each parameter's entry
 * @param logs how many parameters are logarithms, n or 0
 */
record FactorPoint(int n, double[] l, int[] row, int[] column, int logs) implements CovariancePoint {
    /**
     * @param n number of rows
     * @param theta the parameters
     * @param diagonal whether the diagonal of L is among them
     */
    static FactorPoint of(final int n, final double[] theta, final boolean diagonal) {
        final FactorPoint point = new FactorPoint(n, new double[n * n], new int[theta.length], new int[theta.length],
            diagonal ? n : 0);
        for (int i = 0, k = point.logs; i < n; i++) {
            point.l[i * n + i] = 1;
            if (diagonal) {
                point.l[i * n + i] = Math.exp(theta[i]);
                point.row[i] = i;
                point.column[i] = i;
            }
            for (int j = 0; j < i; j++, k++) {
                point.l[i * n + j] = theta[k];
                point.row[k] = i;
                point.column[k] = j;
            }
        }
        return point;
    }

    @Override
    public void value(final double[] v) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += l[i * n + k] * l[j * n + k];
                }
                v[i * n + j] = sum;
                v[j * n + i] = sum;
            }
        }
    }

    /** d l_ij / d theta_k: the entry itself for a logarithm. */
    private double slope(final int k) {
        return k < logs ? l[k * n + k] : 1;
    }

    /** E_ij L' + L E_ji times the slope: column j of L in row i and in column i. */
    @Override
    public void first(final int k, final double[] out) {
        Arrays.fill(out, 0, n * n, 0);
        final int i = row[k];
        for (int m = column[k]; m < n; m++) {
            final double value = slope(k) * l[m * n + column[k]];
            out[i * n + m] += value;
            out[m * n + i] += value;
        }
    }

    /** E_ij E_jm + E_mj E_ji times the slopes, and for a logarithm with itself the first derivative once more. */
    @Override
    public boolean second(final int k, final int m, final double[] out) {
        if (column[k] != column[m]) {
            return false;
        }
        if (k == m && k < logs) {
            first(k, out);
        } else {
            Arrays.fill(out, 0, n * n, 0);
        }
        final double value = slope(k) * slope(m);
        out[row[k] * n + row[m]] += value;
        out[row[m] * n + row[k]] += value;
        return true;
    }
}
