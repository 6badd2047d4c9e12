package dev.mixedmodels.engine.covariance;

/**
 * The same correlation rho between any two of n rows. The matrix has the eigenvalues 1 - rho (n - 1 times) and
 * 1 + (n - 1) rho, so -1/(n-1) < rho < 1; with a = 1/(n-1), rho = (1 + a) / (1 + exp(-x)) - a maps the real line onto
 * that interval (as in mmrm).
 *
 * @param dimension n, at least 2
 */
record CompoundSymmetryShape(int dimension) implements CovarianceStructure {
    private static final double MARGIN = 1e-12;

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
            }
        }
        final double a = 1.0 / (n - 1);
        final double p = (sum * 2 / (n * (n - 1.0)) + a) / (1 + a);
        final double inside = Math.max(MARGIN, Math.min(1 - MARGIN, p));
        return new double[] {Math.log(inside / (1 - inside))};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final double a = 1.0 / (dimension - 1);
        final double p = 1 / (1 + Math.exp(-theta[0]));
        final double q = 1 / (1 + Math.exp(theta[0]));
        final Jet rho = Jet.variable(0, (1 + a) * p - a, (1 + a) * p * q, (1 + a) * p * q * (q - p), 1);
        return ToeplitzPoint.of(dimension, 1, lag -> rho);
    }
}
