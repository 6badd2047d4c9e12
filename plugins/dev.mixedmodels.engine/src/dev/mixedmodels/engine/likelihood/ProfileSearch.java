package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * Bounds of a profile interval from few evaluations: the square root of the excess is nearly linear in a standard
 * deviation or correlation, so that the secant method with a bracket needs about four values a side.
 */
final class ProfileSearch {
    private static final int MAX_STEPS = 40;
    /** Accuracy of the square root of the excess, so of the bound in standard errors. */
    private static final double ACCURACY = 1e-7;

    private final DoubleUnaryOperator excess;
    private final double target;

    private ProfileSearch(final DoubleUnaryOperator excess, final double target) {
        this.excess = excess;
        this.target = target;
    }

    /**
     * @param excess profiled criterion less its minimum
     * @param estimate where it is 0
     * @param least lower limit of the parameter
     * @param most upper limit, possibly infinite
     * @param stdError a guess of the standard error, positive
     * @param confidence confidence level
     */
    static ProfileBounds of(final DoubleUnaryOperator excess, final double estimate, final double least,
        final double most, final double stdError, final double confidence) {
        final ProfileSearch search = new ProfileSearch(excess,
            Math.sqrt(Tail.chiSquareQuantile(1 - confidence, 1)));
        return new ProfileBounds(search.bound(estimate, least, -stdError), search.bound(estimate, most, stdError));
    }

    /** sqrt(excess) less its target. */
    private double distance(final double x) {
        return Math.sqrt(Math.max(0, excess.applyAsDouble(x))) - target;
    }

    private double bound(final double estimate, final double limit, final double stdError) {
        if (estimate == limit) {
            return limit;
        }
        double inside = estimate;
        double atInside = -target;
        double outside = toward(limit, estimate, target * stdError);
        double atOutside = distance(outside);
        for (int step = 0; atOutside < 0; step++) {
            if (outside == limit) {
                return limit;
            }
            if (step == MAX_STEPS || Double.isNaN(atOutside)) {
                return Double.NaN;
            }
            final double ratio = Math.min(4, Math.max(1.2, 1.05 * target / (atOutside + target)));
            inside = outside;
            atInside = atOutside;
            outside = toward(limit, estimate, ratio * (outside - estimate));
            atOutside = distance(outside);
        }
        return secant(inside, atInside, outside, atOutside);
    }

    private static double toward(final double limit, final double from, final double step) {
        return limit < from ? Math.max(limit, from + step) : Math.min(limit, from + step);
    }

    /** Illinois variant of regula falsi. */
    private double secant(final double a, final double fa, final double b, final double fb) {
        double inside = a;
        double atInside = fa;
        double outside = b;
        double atOutside = fb;
        int side = 0;
        for (int step = 0; step < MAX_STEPS; step++) {
            final double t = Double.isInfinite(atOutside) ? 0.5 : atInside / (atInside - atOutside);
            final double x = inside + t * (outside - inside);
            final double at = distance(x);
            if (Double.isNaN(at) || Math.abs(at) <= ACCURACY || x == inside || x == outside) {
                return Double.isNaN(at) ? Double.NaN : x;
            }
            if (at < 0) {
                inside = x;
                atInside = at;
                atOutside /= side == -1 ? 2 : 1;
                side = -1;
            } else {
                outside = x;
                atOutside = at;
                atInside /= side == 1 ? 2 : 1;
                side = 1;
            }
        }
        return inside;
    }
}
