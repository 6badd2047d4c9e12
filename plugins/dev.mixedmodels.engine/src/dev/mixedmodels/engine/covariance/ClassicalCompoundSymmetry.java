package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * Compound symmetry in the classical notation V = c J + gamma I, with theta = (c, gamma): the form in which c and gamma
 * have intervals. Positive definite for gamma &gt; 0 and c &gt; -gamma / n only, which is not enforced.
 *
 * @param dimension n, at least 2
 */
record ClassicalCompoundSymmetry(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return 2;
    }

    @Override
    public double[] near(final double[] v) {
        return new double[] {v[1], v[0] - v[1]};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final int n = dimension;
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                fill(v, theta[0], theta[1]);
            }

            @Override
            public void first(final int k, final double[] out) {
                fill(out, k == 0 ? 1 : 0, k);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                return false;
            }

            private void fill(final double[] out, final double common, final double own) {
                Arrays.fill(out, 0, n * n, common);
                for (int i = 0; i < n; i++) {
                    out[i * n + i] += own;
                }
            }
        };
    }
}
