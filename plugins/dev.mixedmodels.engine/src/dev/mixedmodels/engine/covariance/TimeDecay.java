package dev.mixedmodels.engine.covariance;

/**
 * The correlation f(d) = r^d of two times at a distance d, r = 1 / (1 + exp(-x)), with its derivatives by x: since
 * d log r / dx = 1 - r, f' = d (1 - r) f and f'' = (d (1 - r) - r) f'.
 *
 * @param logR log r
 * @param r the correlation at distance 1
 * @param rest 1 - r, exact where r is near 1
 */
public record TimeDecay(double logR, double r, double rest) {
    /** Below this logit of r, log r is the same. */
    private static final double FLAT = -40;

    /**
     * @param x logit of r
     * @return the decay
     */
    public static TimeDecay of(final double x) {
        final double logR = x < FLAT ? x : -Math.log1p(Math.exp(-x));
        return new TimeDecay(logR, Math.exp(logR), 1 / (1 + Math.exp(x)));
    }

    /**
     * @param d distance
     * @return f
     */
    public double value(final double d) {
        return Math.exp(d * logR);
    }

    /**
     * @param d distance
     * @return f'
     */
    public double first(final double d) {
        return value(d) * d * rest;
    }

    /**
     * @param d distance
     * @return f''
     */
    public double second(final double d) {
        return first(d) * (d * rest - r);
    }
}
