package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Tail;

/**
 * A confidence interval.
 *
 * @param lower lower bound
 * @param upper upper bound, possibly infinite
 */
record Bounds(double lower, double upper) {
    static final Bounds NONE = new Bounds(Double.NaN, Double.NaN);

    /**
     * From the standard error on the log scale, by the delta method: estimate exp(-+ z se / estimate).
     *
     * @param estimate an estimate of a positive parameter
     * @param stdError its standard error
     * @param confidence confidence level in (0, 1)
     * @return the interval; none where the estimate is 0 or infinite
     */
    static Bounds wald(final double estimate, final double stdError, final double confidence) {
        final double factor = Math.exp(Tail.normalQuantile((1 - confidence) / 2) * stdError / estimate);
        return estimate > 0 && estimate < Double.POSITIVE_INFINITY ? new Bounds(estimate / factor, estimate * factor)
            : NONE;
    }
}
