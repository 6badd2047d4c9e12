package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;

/**
 * Quantiles of a distribution with a log-concave density on the whole line, by Newton's method on the logarithm of the
 * smaller tail. Both log tails are then concave, so that after at most one step the iterates approach the quantile from
 * one side and no bracket is needed.
 */
final class LogConcaveQuantile {
    private static final int MAX_STEPS = 200;
    /** Relative change of the tail by the last step; the error that is left is its square. */
    private static final double TOLERANCE = 1e-8;

    private LogConcaveQuantile() {
    }

    /**
     * @param lower P(U &lt;= u)
     * @param upper P(U &gt; u)
     * @param density density of U
     * @param p probability in (0, 1)
     * @param start first guess
     * @return u with P(U &lt;= u) = p
     */
    static double find(final DoubleUnaryOperator lower, final DoubleUnaryOperator upper,
        final DoubleUnaryOperator density, final double p, final double start) {
        final boolean left = p <= 0.5;
        final double target = left ? p : 1 - p;
        double last = start;
        double u = start;
        for (int i = 0; i < MAX_STEPS; i++) {
            final double tail = (left ? lower : upper).applyAsDouble(u);
            final double slope = density.applyAsDouble(u);
            if (!(tail > 0) || !(slope > 0)) {
                if (Math.abs(u - last) <= Math.ulp(u)) {
                    return u; // beyond the range of doubles
                }
                u = (u + last) / 2;
                continue;
            }
            last = u;
            final double newton = Math.log(target / tail) * tail / slope;
            final double longest = 2 + Math.abs(u) / 2; // far out on the wrong side the tail is flat
            final double step = Math.max(-longest, Math.min(longest, newton));
            u += left ? step : -step;
            if (Math.abs(newton) * slope <= TOLERANCE * tail || Math.abs(step) <= Math.ulp(u)) {
                return u;
            }
        }
        return u;
    }
}
