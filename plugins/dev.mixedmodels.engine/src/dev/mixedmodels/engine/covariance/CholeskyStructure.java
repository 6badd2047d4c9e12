package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/**
 * Any positive definite matrix as V = L L', by the logarithms of the diagonal of L and then its entries below, row by
 * row. V is a quadratic in the entries, which suits a search when visits are almost collinear; but entries have the
 * unit of the response.
 *
 * @param dimension n
 */
record CholeskyStructure(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return dimension * (dimension + 1) / 2;
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension;
        final double[] l = v.clone();
        if (!Cholesky.factor(l, n)) {
            throw new IllegalArgumentException("matrix is not positive definite");
        }
        final double[] theta = new double[parameters()];
        for (int i = 0, k = n; i < n; i++) {
            theta[i] = Math.log(l[i * n + i]);
            for (int j = 0; j < i; j++) {
                theta[k++] = l[i * n + j];
            }
        }
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final int n = dimension;
        final double[] l = new double[n * n];
        final int[] row = new int[theta.length];
        final int[] column = new int[theta.length];
        for (int i = 0, k = n; i < n; i++) {
            l[i * n + i] = Math.exp(theta[i]);
            row[i] = i;
            column[i] = i;
            for (int j = 0; j < i; j++, k++) {
                l[i * n + j] = theta[k];
                row[k] = i;
                column[k] = j;
            }
        }
        return new Point(n, l, row, column);
    }

    private record Point(int n, double[] l, int[] row, int[] column) implements CovariancePoint {
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
            return k < n ? l[k * n + k] : 1;
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
            if (k == m && k < n) {
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
}
