package dev.mixedmodels.engine.covariance;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * A matrix whose entry (i, j) depends on |i - j| only.
 *
 * @param byLag entry at each lag 0 .. n - 1
 */
record ToeplitzPoint(Jet[] byLag) implements CovariancePoint {

    /** The correlation matrix of n rows with the given correlations at the lags from 1. */
    static ToeplitzPoint of(final int n, final int parameters, final IntFunction<Jet> correlation) {
        final Jet[] byLag = new Jet[n];
        Arrays.setAll(byLag, lag -> lag == 0 ? Jet.constant(1, parameters) : correlation.apply(lag));
        return new ToeplitzPoint(byLag);
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

    @Override
    public void value(final double[] v) {
        fill(v, Jet::value);
    }

    @Override
    public void first(final int k, final double[] out) {
        fill(out, entry -> entry.first(k));
    }

    @Override
    public boolean second(final int k, final int l, final double[] out) {
        fill(out, entry -> entry.second(k, l));
        return true;
    }

    private void fill(final double[] out, final ToDoubleFunction<Jet> part) {
        final int n = byLag.length;
        for (int lag = 0; lag < n; lag++) {
            final double value = part.applyAsDouble(byLag[lag]);
            for (int i = lag; i < n; i++) {
                out[i * n + i - lag] = value;
                out[(i - lag) * n + i] = value;
            }
        }
    }
}
