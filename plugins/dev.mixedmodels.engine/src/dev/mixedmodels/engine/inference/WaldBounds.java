package dev.mixedmodels.engine.inference;

/**
 * Wald's intervals on the scale on which an estimate is nearly normal. {@code half} is the normal quantile times the
 * standard error; bounds are NaN where it is.
 */
public final class WaldBounds {
    private WaldBounds() {
    }

    /**
     * @param value an estimate without a scale of its own, such as a covariance
     * @param half half the width
     * @return value -+ half
     */
    public static ProfileBounds plain(final double value, final double half) {
        return new ProfileBounds(value - half, value + half);
    }

    /**
     * @param value a variance
     * @param half half the width
     * @return on the log scale; NaN where the upper bound is no number any more
     */
    public static ProfileBounds variance(final double value, final double half) {
        final double factor = Math.exp(half / value);
        return value * factor <= Double.MAX_VALUE ? new ProfileBounds(value / factor, value * factor)
            : new ProfileBounds(Double.NaN, Double.NaN);
    }

    /**
     * @param rho a correlation
     * @param half half the width
     * @param least its smallest possible value
     * @return on Fisher's z scale, not below its range
     */
    public static ProfileBounds correlation(final double rho, final double half, final double least) {
        final double z = (Math.log1p(rho) - Math.log1p(-rho)) / 2;
        final double width = half / ((1 - rho) * (1 + rho));
        return new ProfileBounds(Math.max(least, Math.tanh(z - width)), Math.tanh(z + width));
    }
}
