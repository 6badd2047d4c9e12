package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Tail;

/**
 * Wald's intervals on the scale on which an estimate is nearly normal. Bounds are NaN where the standard error is, or
 * where no intervals are wanted.
 *
 * @param quantile of the standard normal distribution; NaN for no intervals
 */
public record WaldBounds(double quantile) {
    /**
     * @param intervals what is wanted
     * @param confidence confidence level in (0, 1)
     * @return the intervals that stand where a parameter has no profile
     */
    public static WaldBounds of(final VarianceIntervals intervals, final double confidence) {
        return new WaldBounds(intervals.wald() ? Tail.normalQuantile((1 - confidence) / 2) : Double.NaN);
    }

    /**
     * @param value an estimate without a scale of its own, such as a covariance
     * @param stdError of the estimate
     * @return symmetric about it
     */
    public ProfileBounds plain(final double value, final double stdError) {
        final double half = quantile * stdError;
        return new ProfileBounds(value - half, value + half);
    }

    /**
     * @param value a variance
     * @param stdError of the estimate
     * @return on the log scale; NaN where the upper bound is no number any more
     */
    public ProfileBounds variance(final double value, final double stdError) {
        final double factor = Math.exp(quantile * stdError / value);
        return value * factor <= Double.MAX_VALUE ? new ProfileBounds(value / factor, value * factor)
            : ProfileBounds.NONE;
    }

    /**
     * @param rho a correlation
     * @param stdError of the estimate
     * @param least its smallest possible value
     * @return on Fisher's z scale, not below its range
     */
    public ProfileBounds correlation(final double rho, final double stdError, final double least) {
        final double z = (Math.log1p(rho) - Math.log1p(-rho)) / 2;
        final double width = quantile * stdError / ((1 - rho) * (1 + rho));
        return new ProfileBounds(Math.max(least, Math.tanh(z - width)), Math.tanh(z + width));
    }
}
