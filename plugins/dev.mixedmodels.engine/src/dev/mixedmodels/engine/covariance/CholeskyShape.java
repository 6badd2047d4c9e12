package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * V = L L' by the entries of L below the diagonal, row by row. With a unit diagonal, and scaled by a diagonal matrix on
 * both sides, it is any positive definite matrix: V = D L L' D (mmrm's unstructured form). Else the logarithms of the
 * diagonal of L are parameters too, before those below: V is then a quadratic in the entries, which suits a search when
 * visits are almost collinear; but entries have the unit of the response.
 *
 * @param dimension n
 * @param unit whether the diagonal of L is 1
 */
record CholeskyShape(int dimension, boolean unit) implements CovarianceStructure {

    @Override
    public int parameters() {
        return dimension * (dimension - 1) / 2 + (unit ? 0 : dimension);
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension;
        final double[] l = v.clone();
        if (!Cholesky.factor(l, n)) {
            throw new IllegalArgumentException("matrix is not positive definite");
        }
        final double[] theta = new double[parameters()];
        for (int i = 0, k = unit ? 0 : n; i < n; i++) {
            if (!unit) {
                theta[i] = Math.log(l[i * n + i]);
            }
            for (int j = 0; j < i; j++) {
                theta[k++] = l[i * n + j] / (unit ? l[i * n + i] : 1);
            }
        }
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return FactorPoint.of(dimension, theta, !unit);
    }
}
