package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * First-order ante-dependence (Gabriel 1962): the correlation of rows i < j is rho_i rho_(i+1) ... rho_(j-1), where
 * rho_k = x_k / sqrt(1 + x_k^2) belongs to the neighbours k and k + 1.
 *
 * @param dimension n, at least 2
 */
record AnteDependenceShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return dimension - 1;
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension;
        final double[] theta = new double[n - 1];
        for (int k = 0; k < n - 1; k++) {
            theta[k] = ParameterMap.inverse(
                v[(k + 1) * n + k] / Math.sqrt(v[k * n + k] * v[(k + 1) * n + k + 1]));
        }
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final ParameterMap[] maps = Arrays.stream(theta).mapToObj(ParameterMap::correlation)
            .toArray(ParameterMap[]::new);
        return new Point(dimension, maps, Arrays.stream(maps).mapToDouble(ParameterMap::value).toArray());
    }

    private record Point(int n, ParameterMap[] maps, double[] rho) implements CovariancePoint {
        @Override
        public void value(final double[] v) {
            products(v, rho, n, -1);
            for (int i = 0; i < n; i++) {
                v[i * n + i] = 1;
            }
        }

        @Override
        public void first(final int k, final double[] out) {
            final double[] factors = rho.clone();
            factors[k] = maps[k].first();
            products(out, factors, k, k);
        }

        @Override
        public boolean second(final int k, final int l, final double[] out) {
            final double[] factors = rho.clone();
            factors[k] = maps[k].first();
            factors[l] = k == l ? maps[k].second() : maps[l].first();
            products(out, factors, Math.min(k, l), Math.max(k, l));
            return true;
        }

        /** Products of the factors between i and j for i <= last and j > first; 0 elsewhere. */
        private void products(final double[] out, final double[] factors, final int last, final int first) {
            Arrays.fill(out, 0, n * n, 0);
            for (int i = 0; i < n - 1 && i <= last; i++) {
                double product = 1;
                for (int j = i + 1; j < n; j++) {
                    product *= factors[j - 1];
                    if (j > first) {
                        out[i * n + j] = product;
                        out[j * n + i] = product;
                    }
                }
            }
        }
    }
}
