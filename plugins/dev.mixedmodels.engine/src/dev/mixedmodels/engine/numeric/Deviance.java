package dev.mixedmodels.engine.numeric;

/**
 * Half the Poisson deviance, D(x, m) = x log(x / m) + m - x, from the difference of its arguments, so that nothing
 * cancels where they are large and close. It is the leading term of the log densities of the Poisson, binomial, gamma
 * and beta families and of their mixtures.
 * <p>
 * Source: Loader (2000) Fast and accurate computation of binomial probabilities, section 3.
 */
public final class Deviance {
    /** Below this the logarithm is expanded in v = t / (2 + t): log(1 + t) = 2 (v + v^3 / 3 + v^5 / 5 ...). */
    private static final double SMALL = 0.1;
    /** From here on the ratio of the arguments says more than their difference. */
    private static final double FAR = 0.5;

    private Deviance() {
    }

    /**
     * @param x not negative, possibly infinite
     * @param m positive; infinite where x is
     * @param excess m - x as exactly as it is known
     * @return x log(x / m) + m - x; its limit 0 for infinite x
     */
    public static double of(final double x, final double m, final double excess) {
        if (x == 0) {
            return excess;
        }
        final double t = excess / x;
        return Math.abs(t) < FAR ? excess * t * kappa(t) : excess - x * Math.log(m / x);
    }

    /**
     * {@link #kappa(double)} where 1 + t is known better than t tells, near -1.
     *
     * @param t at least -1
     * @param ratio 1 + t, positive
     * @return (t - log(1 + t)) / t^2
     */
    public static double kappa(final double t, final double ratio) {
        return Math.abs(t) < FAR ? kappa(t) : (t - Math.log(ratio)) / t / t;
    }

    /**
     * The curvature that is left of the logarithm's quadratic term.
     *
     * @param t greater than -1
     * @return (t - log(1 + t)) / t^2, which is 1/2 at 0
     */
    public static double kappa(final double t) {
        if (Math.abs(t) >= SMALL) {
            return (t - Math.log1p(t)) / t / t;
        }
        final double v = t / (2 + t);
        final double v2 = v * v;
        final double series = 1.0 / 3 + v2 * (1.0 / 5 + v2 * (1.0 / 7 + v2 * (1.0 / 9 + v2 / 11)));
        return (1 - 2 * v * series / (2 + t)) / (2 + t);
    }
}
