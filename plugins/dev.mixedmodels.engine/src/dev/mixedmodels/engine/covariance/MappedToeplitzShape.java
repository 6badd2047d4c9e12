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
        Arrays.setAll(theta, k -> ParameterMap.inverse(ToeplitzPoint.meanCorrelation(v, dimension, k + 1)));
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return ToeplitzPoint.of(dimension, parameters(),
            lag -> ParameterMap.correlation(theta[lag - 1]).jet(lag - 1, parameters()));
    }
}
