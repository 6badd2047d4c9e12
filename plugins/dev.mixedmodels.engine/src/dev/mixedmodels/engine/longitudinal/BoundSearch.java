package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * Profile-likelihood bounds in few evaluations, each of which is a fit: the root of the excess over the minimum is
 * nearly linear in a well-chosen parameter, so that secants on it meet the root of the quantile after two or three
 * steps. A bracket keeps them safe.
 */
final class BoundSearch {
    private static final int MAX_EVALUATIONS = 60;
    /** Of the root of the excess, which is about 2 at the bounds: bounds are good to 1e-7 standard errors. */
    private static final double PRECISION = 1e-7;
    /** No step goes further than this times the distance from the estimate before a bracket is found. */
    private static final double GROWTH = 4;
    private static final double WIDTH = 1e-12;

    private final DoubleUnaryOperator excess;
    private final double estimate;
    private final double target;

    private BoundSearch(final DoubleUnaryOperator excess, final double estimate, final double confidence) {
        this.excess = excess;
        this.estimate = estimate;
        target = Math.sqrt(Tail.chiSquareQuantile(1 - confidence, 1));
    }

    /**
     * @param excess profiled -2 log likelihood less its minimum; NaN where there is none
     * @param estimate where it is 0
     * @param least lower limit of the parameter
     * @param most upper limit of the parameter
     * @param step a first step, about a standard error
     * @param confidence confidence level in (0, 1)
     * @return the bounds, a limit where the likelihood allows it; NaN where none is found
     */
    static ProfileBounds of(final DoubleUnaryOperator excess, final double estimate, final double least,
        final double most, final double step, final double confidence) {
        final BoundSearch search = new BoundSearch(excess, estimate, confidence);
        return new ProfileBounds(search.bound(least, -step), search.bound(most, step));
    }

    private double distance(final double x) {
        return Math.sqrt(Math.max(0, excess.applyAsDouble(x))) - target;
    }

    private double bound(final double limit, final double firstStep) {
        if (estimate == limit) {
            return limit;
        }
        double inside = estimate;
        double atInside = -target;
        double outside = Double.NaN;
        double atOutside = Double.NaN;
        double x = within(limit, estimate + target * firstStep);
        for (int i = 0; i < MAX_EVALUATIONS; i++) {
            final double at = x == estimate ? -target : distance(x);
            if (Double.isNaN(at)) {
                return Double.NaN;
            }
            if (Math.abs(at) <= PRECISION || Math.abs(outside - inside) <= WIDTH * Math.abs(inside - estimate)) {
                return x;
            }
            if (at < 0 && x == limit) {
                return limit;
            }
            final double lastX = Double.isNaN(outside) || at > 0 ? inside : outside;
            final double lastAt = Double.isNaN(outside) || at > 0 ? atInside : atOutside;
            if (at < 0) {
                inside = x;
                atInside = at;
            } else {
                outside = x;
                atOutside = at;
            }
            x = next(x, at, lastX, lastAt, inside, outside, limit);
        }
        return x;
    }

    private double next(final double x, final double at, final double lastX, final double lastAt, final double inside,
        final double outside, final double limit) {
        final double secant = x - at * (x - lastX) / (at - lastAt);
        if (!Double.isNaN(outside)) {
            final double low = Math.min(inside, outside);
            final double high = Math.max(inside, outside);
            return secant > low && secant < high ? secant : low / 2 + high / 2;
        }
        final double farthest = estimate + GROWTH * (x - estimate);
        final boolean ahead = (secant - x) * (x - estimate) > 0;
        return within(limit, ahead && Math.abs(secant - estimate) < Math.abs(farthest - estimate) ? secant : farthest);
    }

    private double within(final double limit, final double x) {
        return limit < estimate ? Math.max(limit, x) : Math.min(limit, x);
    }
}
