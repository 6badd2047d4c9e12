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

    /** Estimate plus and minus a normal quantile of standard errors, not below 0. */
    static Bounds wald(final double estimate, final double stdError, final double confidence) {
        final double half = Tail.normalQuantile((1 - confidence) / 2) * stdError;
        return new Bounds(Math.max(0, estimate - half), estimate + half);
    }
}
