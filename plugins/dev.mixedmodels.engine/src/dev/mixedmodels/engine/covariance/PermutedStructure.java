package dev.mixedmodels.engine.covariance;

/**
 * A structure over rows in another order: V_ij = U_(o_i)(o_j), so that any row may come first where the first has a
 * parameter of its own.
 *
 * @param inner the family of U
 * @param order place o_i of row i in U
 */
record PermutedStructure(CovarianceStructure inner, int[] order) implements CovarianceStructure {

    @Override
    public int dimension() {
        return inner.dimension();
    }

    @Override
    public int parameters() {
        return inner.parameters();
    }

    @Override
    public double[] near(final double[] v) {
        final int n = order.length;
        final double[] u = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                u[order[i] * n + order[j]] = v[i * n + j];
            }
        }
        return inner.near(u);
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final CovariancePoint point = inner.at(theta);
        final int n = order.length;
        final double[] u = new double[n * n];
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                point.value(u);
                permute(v);
            }

            @Override
            public void first(final int k, final double[] out) {
                point.first(k, u);
                permute(out);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                final boolean other = point.second(k, l, u);
                if (other) {
                    permute(out);
                }
                return other;
            }

            private void permute(final double[] out) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        out[i * n + j] = u[order[i] * n + order[j]];
                    }
                }
            }
        };
    }
}
