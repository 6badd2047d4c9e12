package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntToDoubleFunction;

/**
 * Best linear unbiased predictions of the group effects. With the reliability k = n sigma2 / (tau2 + n sigma2), n
 * the size of the group (the sum of its weights):
 * <pre>
 * BLUP                              k (mean_i - mu)
 * Var(alpha | data), all known      sigma2 (1 - k)
 * Var(BLUP - alpha)                 sigma2 (1 - k) + k^2 Var(mu)
 * Var(mu + BLUP - mu - alpha)       sigma2 (1 - k) + (1 - k)^2 Var(mu)
 * </pre>
 * Intervals take the normal quantile, the variances as known. Nothing is predicted from a negative sigma2.
 * <p>
 * Source: Henderson (1975) Biometrics 31:423-447; Robinson (1991) Statistical Science 6:15-51.
 */
final class BlupPredictor implements Iterable<BlupRow> {
    private final String factor;
    private final GroupedData data;
    private final IntToDoubleFunction deviation;
    private final VarianceEstimates estimates;
    private final double unit;
    private final BinaryUnit own;
    private final double mean;
    private final double quantile;

    /** Deviations of the group means and the mean in the unit of the statistics, the estimates in the given one. */
    BlupPredictor(final RandomInterceptSettings settings, final GroupedData data, final IntToDoubleFunction deviation,
        final double mean, final VarianceEstimates estimates, final double unit) {
        factor = settings.group();
        this.data = data;
        this.deviation = deviation;
        this.mean = mean;
        this.estimates = estimates;
        this.unit = unit;
        own = data.statistics().unit();
        quantile = Tail.normalQuantile((1 - settings.inference().confidence()) / 2);
    }

    /** The BLUP of a group with rows in the unit of the analysis of variance; NaN if sigma2 is negative. */
    double blup(final int group) {
        return estimates.sigma2() < 0 ? Double.NaN
            : estimates.reliability(data.statistics().size(group))
                * (deviation.applyAsDouble(group) - estimates.mean() * unit);
    }

    @Override
    public Iterator<BlupRow> iterator() {
        final GroupStatistics statistics = data.statistics();
        return Arrays.stream(data.order()).filter(g -> g < statistics.groups() && statistics.n(g) > 0)
            .mapToObj(this::row).iterator();
    }

    private BlupRow row(final int group) {
        final long n = data.statistics().n(group);
        final String level = data.levels().get(group);
        if (estimates.sigma2() < 0) {
            return new BlupRow(factor, level, "(Intercept)", Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, Double.NaN, n, Double.NaN);
        }
        final double size = data.statistics().size(group);
        final double k = estimates.reliability(size);
        final double rest = estimates.tau2() / (estimates.tau2() + size * estimates.sigma2()); // 1 - k
        final double conditional = estimates.sigma2() * rest;
        final double blup = blup(group);
        final double error = unit * Math.sqrt(conditional + k * k * estimates.meanVariance());
        return new BlupRow(factor, level, "(Intercept)", own(blup), own(error), own(unit * Math.sqrt(conditional)),
            own(blup - quantile * error), own(blup + quantile * error), own(mean + blup),
            own(unit * Math.sqrt(conditional + rest * rest * estimates.meanVariance())), n, k);
    }

    private double own(final double length) {
        return own.restore(length, 1);
    }
}
