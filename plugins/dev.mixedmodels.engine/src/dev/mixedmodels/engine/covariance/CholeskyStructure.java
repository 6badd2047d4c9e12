package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.Cholesky;

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
        return FactorPoint.of(dimension, theta, true);
    }
}
