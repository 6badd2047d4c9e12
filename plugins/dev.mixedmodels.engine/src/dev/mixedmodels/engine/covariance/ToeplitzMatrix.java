package dev.mixedmodels.engine.covariance;

import java.util.function.IntToDoubleFunction;

/** Matrices whose entry (i, j) depends on |i - j| only. */
final class ToeplitzMatrix {
    private ToeplitzMatrix() {
    }

    /** Writes the n x n matrix with entry byLag(|i - j|). */
    static void fill(final double[] out, final int n, final IntToDoubleFunction byLag) {
        for (int lag = 0; lag < n; lag++) {
            final double value = byLag.applyAsDouble(lag);
            for (int i = lag; i < n; i++) {
                out[i * n + i - lag] = value;
                out[(i - lag) * n + i] = value;
            }
        }
    }

    /** The mean over all pairs of rows that are lag apart of the correlations of a covariance matrix. */
    static double meanCorrelation(final double[] v, final int n, final int lag) {
        double sum = 0;
        for (int i = lag; i < n; i++) {
            final int j = i - lag;
            sum += v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
        }
        return sum / (n - lag);
    }
}
