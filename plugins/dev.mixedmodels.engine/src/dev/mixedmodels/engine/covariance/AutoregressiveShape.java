package dev.mixedmodels.engine.covariance;

import java.util.function.IntToDoubleFunction;

/**
 * First-order autoregression over n equally spaced rows: correlation rho^|i-j|, rho = x / sqrt(1 + x^2).
 *
 * @param dimension n, at least 2
 */
record AutoregressiveShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public double[] near(final double[] v) {
        return new double[] {CorrelationMap.inverse(ToeplitzMatrix.meanCorrelation(v, dimension, 1))};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final CorrelationMap map = CorrelationMap.of(theta[0]);
        final double rho = map.rho();
        final IntToDoubleFunction first = m -> m == 0 ? 0 : m * Math.pow(rho, m - 1.0);
        final IntToDoubleFunction second = m -> m < 2 ? 0 : m * (m - 1.0) * Math.pow(rho, m - 2.0);
        final int n = dimension;
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                ToeplitzMatrix.fill(v, n, m -> Math.pow(rho, m));
            }

            @Override
            public void first(final int k, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> first.applyAsDouble(m) * map.first());
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> second.applyAsDouble(m) * map.first() * map.first()
                    + first.applyAsDouble(m) * map.second());
                return true;
            }
        };
    }
}
