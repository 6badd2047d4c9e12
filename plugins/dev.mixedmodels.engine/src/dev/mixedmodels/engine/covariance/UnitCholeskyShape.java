package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.Cholesky;

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
        return FactorPoint.of(dimension, theta, false);
    }
}
