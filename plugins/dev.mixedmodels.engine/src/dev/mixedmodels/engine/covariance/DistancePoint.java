package dev.mixedmodels.engine.covariance;

/**
 * Correlations of rows in space: (1 - c) f(d_ij / range) for rows a distance d_ij apart, with a nugget c for what rows
 * at the same place have not in common. Derivatives are by log range and, second, by c.
 */
final class DistancePoint implements CovariancePoint {
    private final int n;
    private final double shared;
    /** Below the diagonal f, u f' and u^2 f''. */
    private final double[][] f;

    /**
     * @param decay f
     * @param logRange logarithm of the range
     * @param nugget c in [0, 1]
     * @param positions coordinates, each of all rows
     * @param start the first row
     * @param n number of rows
     */
    DistancePoint(final DistanceDecay decay, final double logRange, final double nugget, final double[][] positions,
        final int start, final int n) {
        this.n = n;
        shared = 1 - nugget;
        f = new double[3][n * n];
        final double perRange = Math.exp(-logRange);
        final double[] at = new double[3];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                final double u = distance(positions, start + i, start + j) * perRange;
                decay.at(u, at);
                f[0][i * n + j] = at[0];
                f[1][i * n + j] = u == 0 ? 0 : u * at[1];
                f[2][i * n + j] = u == 0 ? 0 : u * u * at[2];
            }
        }
    }

    /** Euclidean distance of two rows. */
    static double distance(final double[][] positions, final int i, final int j) {
        double distance = 0;
        for (final double[] coordinate : positions) {
            distance = distance == 0 ? Math.abs(coordinate[i] - coordinate[j])
                : Math.hypot(distance, coordinate[i] - coordinate[j]);
        }
        return distance;
    }

    @Override
    public void value(final double[] v) {
        combine(v, 1, shared, 0, 0);
    }

    @Override
    public void first(final int k, final double[] out) {
        combine(out, 0, k == 0 ? 0 : -1, k == 0 ? -shared : 0, 0);
    }

    @Override
    public boolean second(final int k, final int l, final double[] out) {
        if (k == 1 && l == 1) {
            return false;
        }
        final double ofBoth = k == l ? shared : 0;
        combine(out, 0, 0, k == l ? shared : 1, ofBoth);
        return true;
    }

    private void combine(final double[] out, final double diagonal, final double a, final double b, final double c) {
        for (int i = 0; i < n; i++) {
            out[i * n + i] = diagonal;
            for (int j = 0; j < i; j++) {
                final int at = i * n + j;
                out[at] = a * f[0][at] + b * f[1][at] + c * f[2][at];
                out[j * n + i] = out[at];
            }
        }
    }
}
