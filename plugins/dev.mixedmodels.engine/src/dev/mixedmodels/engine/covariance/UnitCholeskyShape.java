package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/**
 * L L' with a unit lower triangular L whose entries below the diagonal are the parameters, row by row. Scaled by a
 * diagonal matrix on both sides it is any positive definite matrix: V = D L L' D (mmrm's unstructured form).
 *
 * @param dimension n
 */
record UnitCholeskyShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return dimension * (dimension - 1) / 2;
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension;
        final double[] l = v.clone();
        if (!Cholesky.factor(l, n)) {
            throw new IllegalArgumentException("matrix is not positive definite");
        }
        // V = F F'; D = diag(f_ii), so that L = D^-1 F has a unit diagonal
        final double[] theta = new double[parameters()];
        for (int i = 1, k = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                theta[k++] = l[i * n + j] / l[i * n + i];
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
        for (int i = 0, k = 0; i < n; i++) {
            for (int j = 0; j < i; j++, k++) {
                l[i * n + j] = theta[k];
                row[k] = i;
                column[k] = j;
            }
            l[i * n + i] = 1;
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

        /** E_ij L' + L E_ji for the parameter l_ij: column j of L in row i and in column i. */
        @Override
        public void first(final int k, final double[] out) {
            Arrays.fill(out, 0, n * n, 0);
            final int i = row[k];
            for (int m = column[k]; m < n; m++) {
                final double value = l[m * n + column[k]];
                out[i * n + m] += value;
                out[m * n + i] += value;
            }
        }

        /** E_ij E_jm + E_mj E_ji for the parameters l_ij and l_mj; 0 for different columns. */
        @Override
        public boolean second(final int k, final int m, final double[] out) {
            if (column[k] != column[m]) {
                return false;
            }
            Arrays.fill(out, 0, n * n, 0);
            out[row[k] * n + row[m]] += 1;
            out[row[m] * n + row[k]] += 1;
            return true;
        }
    }
}
