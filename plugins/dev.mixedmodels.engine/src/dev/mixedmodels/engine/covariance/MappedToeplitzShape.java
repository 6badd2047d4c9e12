package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * Toeplitz correlations rho_1 .. rho_(n-1) by lag, each through rho = x / sqrt(1 + x^2), so that one of them can be
 * held. Not every x gives a positive definite matrix, so the criterion is maximised over {@link ToeplitzShape}
 * instead.
 *
 * @param dimension n, at least 2
 */
record MappedToeplitzShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return dimension - 1;
    }

    @Override
    public double[] near(final double[] v) {
        final double[] theta = new double[dimension - 1];
        Arrays.setAll(theta, k -> CorrelationMap.inverse(ToeplitzMatrix.meanCorrelation(v, dimension, k + 1)));
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final CorrelationMap[] maps = CorrelationMap.of(theta);
        final int n = dimension;
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                ToeplitzMatrix.fill(v, n, m -> m == 0 ? 1 : maps[m - 1].rho());
            }

            @Override
            public void first(final int k, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> m == k + 1 ? maps[k].first() : 0);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                if (k == l) {
                    ToeplitzMatrix.fill(out, n, m -> m == k + 1 ? maps[k].second() : 0);
                }
                return k == l;
            }
        };
    }
}
