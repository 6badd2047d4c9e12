package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * A profile-likelihood interval: the values at which the profiled -2 log likelihood exceeds its minimum by no more than
 * the quantile of chi2(1).
 *
 * @param lower lower bound, the limit of the parameter space where the likelihood allows it
 * @param upper upper bound, likewise
 */
public record ProfileBounds(double lower, double upper) {
    private static final int MAX_STEPS = 60;

    /**
     * @param excess profiled -2 log likelihood at a value of the parameter, less the minimum; NaN where there is none
     * @param estimate where excess is 0
     * @param least lower limit of the parameter, possibly -infinity
     * @param most upper limit of the parameter, possibly infinity
     * @param step length of the first step away from the estimate, positive; it is doubled until the bound is passed
     * @param confidence confidence level in (0, 1)
     * @return the bounds; NaN where none is found
     */
    public static ProfileBounds of(final DoubleUnaryOperator excess, final double estimate, final double least,
        final double most, final double step, final double confidence) {
        final double quantile = Tail.chiSquareQuantile(1 - confidence, 1);
        final DoubleUnaryOperator distance = x -> excess.applyAsDouble(x) - quantile;
        return new ProfileBounds(bound(distance, estimate, least, -step), bound(distance, estimate, most, step));
    }

    private static double bound(final DoubleUnaryOperator distance, final double estimate, final double limit,
        final double firstStep) {
        double inside = estimate;
        double step = firstStep;
        for (int i = 0; i < MAX_STEPS; i++) {
            final double next = step < 0 ? Math.max(limit, inside + step) : Math.min(limit, inside + step);
            final double at = next == estimate ? -1 : distance.applyAsDouble(next);
            if (Double.isNaN(at)) {
                return Double.NaN;
            }
            if (at >= 0) {
                final double origin = inside; // scale of the search: away from the estimate, where values may be 0
                return origin + Roots.find(d -> origin + d == estimate ? -1 : distance.applyAsDouble(origin + d), 0,
                    next - origin);
            }
            if (next == limit) {
                return limit;
            }
            inside = next;
            step *= 2;
        }
        return Double.NaN;
    }
}
