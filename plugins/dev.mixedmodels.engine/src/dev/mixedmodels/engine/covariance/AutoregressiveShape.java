package dev.mixedmodels.engine.covariance;

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
        return new double[] {ParameterMap.inverse(ToeplitzPoint.meanCorrelation(v, dimension, 1))};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return ToeplitzPoint.of(dimension, 1, ParameterMap.correlation(theta[0]).jet(0, 1)::power);
    }
}
