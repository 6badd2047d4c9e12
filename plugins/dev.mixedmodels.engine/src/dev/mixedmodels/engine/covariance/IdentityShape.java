package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/** The identity matrix: no correlation, no parameter. */
record IdentityShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return 0;
    }

    @Override
    public double[] near(final double[] v) {
        return new double[0];
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final int n = dimension;
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                Arrays.fill(v, 0, n * n, 0);
                for (int i = 0; i < n; i++) {
                    v[i * n + i] = 1;
                }
            }

            @Override
            public void first(final int k, final double[] out) {
                throw new IndexOutOfBoundsException(k);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                throw new IndexOutOfBoundsException(k);
            }
        };
    }
}
