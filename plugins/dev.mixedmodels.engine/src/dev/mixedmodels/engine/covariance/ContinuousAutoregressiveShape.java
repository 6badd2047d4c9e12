package dev.mixedmodels.engine.covariance;

import java.util.function.DoubleUnaryOperator;

/**
 * Correlation r^(|t_i - t_j| / unit) over the real times of one subject, r = 1 / (1 + exp(-x)) in (0, 1): the dense
 * form of what the likelihood evaluates through its tridiagonal inverse. With a unit near the usual gap the parameter
 * x does not depend on how time is measured.
 *
 * @param times the n times, all different, in rising or falling order
 * @param unit the distance at which the correlation is r, positive
 */
record ContinuousAutoregressiveShape(double[] times, double unit) implements CovarianceStructure {
    private static final double LARGEST_START = 1 - 1e-12;

    @Override
    public int dimension() {
        return times.length;
    }

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public double[] near(final double[] v) {
        final int n = times.length;
        double sum = 0;
        int pairs = 0;
        for (int i = 1; i < n; i++) {
            final double correlation = v[i * n + i - 1] / Math.sqrt(v[i * n + i] * v[(i - 1) * n + i - 1]);
            if (correlation > 0) {
                sum += Math.log(Math.min(correlation, LARGEST_START)) * unit / Math.abs(times[i] - times[i - 1]);
                pairs++;
            }
        }
        final double log = pairs == 0 ? -1 : sum / pairs;
        return new double[] {log - Math.log(-Math.expm1(log))};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final TimeDecay decay = TimeDecay.of(theta[0]);
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                fill(v, decay::value);
            }

            @Override
            public void first(final int k, final double[] out) {
                fill(out, decay::first);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                fill(out, decay::second);
                return true;
            }
        };
    }

    private void fill(final double[] out, final DoubleUnaryOperator byDistance) {
        final int n = times.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i * n + j] = byDistance.applyAsDouble(Math.abs(times[i] - times[j]) / unit);
            }
        }
    }
}
