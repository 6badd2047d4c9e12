package dev.mixedmodels.engine.inference;

import java.util.function.DoubleUnaryOperator;

/**
 * The search for one bound of a profile-likelihood interval. With d(x) = sqrt(excess(x)) - target the bound is the root
 * of d, which is nearly linear in a well-chosen parameter: steps are secants through the last two points until one lies
 * outside, then regula falsi between the points next to the root on either side, in the Illinois variant (Dowell &amp;
 * Jarratt 1971, BIT 11:168-174). Where the excess is no number or infinite, the bracket is halved. An evaluation is
 * often a whole fit; there are at most {@value #MAX_EVALUATIONS}.
 */
final class BoundSearch {
    private static final int MAX_EVALUATIONS = 60;
    /** Of d, whose unit is the standard error of a normal estimate. */
    private static final double ACCURACY = 1e-7;
    /** Width of a bracket, relative to its distance from the estimate, that is as good as a root. */
    private static final double WIDTH = 1e-10;
    /** No step goes further than this times the distance from the estimate before a point outside is found. */
    private static final double GROWTH = 4;

    private final DoubleUnaryOperator excess;
    private final double estimate;
    private final double limit;
    private final double target;
    private double inside;
    private double atInside;
    private double outside = Double.NaN;
    private double atOutside = Double.NaN;
    /** Which end of the bracket moved last: -1 the inner, 1 the outer, 0 before there is one. */
    private int moved;

    /**
     * @param excess profiled -2 log likelihood less its minimum
     * @param estimate where it is 0
     * @param limit of the parameter space in the direction of the search
     * @param target root of the excess at the bound
     */
    BoundSearch(final DoubleUnaryOperator excess, final double estimate, final double limit, final double target) {
        this.excess = excess;
        this.estimate = estimate;
        this.limit = limit;
        this.target = target;
        inside = estimate;
        atInside = -target;
    }

    /**
     * @param step about a standard error, in the direction of the limit
     * @return the bound; the limit where the excess allows it; NaN where there is none
     */
    double from(final double step) {
        if (estimate == limit) {
            return limit;
        }
        double x = toward(estimate + target * step);
        for (int i = 0; i < MAX_EVALUATIONS; i++) {
            final double at = x == estimate ? -target : Math.sqrt(Math.max(0, excess.applyAsDouble(x))) - target;
            if (Math.abs(at) <= ACCURACY) {
                return x;
            }
            if (at < 0 && x == limit) {
                return limit;
            }
            x = next(x, at);
            if (Math.abs(outside - inside) <= WIDTH * Math.abs(outside - estimate)) {
                return Double.isNaN(atOutside) ? Double.NaN : x;
            }
        }
        return Double.NaN;
    }

    /** Takes in a point and proposes the next. */
    private double next(final double x, final double at) {
        final double lastInside = inside;
        final double lastAt = atInside;
        if (at < 0) {
            atOutside /= moved < 0 ? 2 : 1;
            inside = x;
            atInside = at;
            moved = Double.isNaN(outside) ? 0 : -1;
        } else {
            atInside /= moved > 0 ? 2 : 1;
            outside = x;
            atOutside = at;
            moved = 1;
        }
        if (moved == 0) {
            final double secant = x - at * (x - lastInside) / (at - lastAt);
            final double farthest = estimate + GROWTH * (x - estimate);
            return toward((secant - x) * (x - estimate) > 0
                && Math.abs(secant - estimate) < Math.abs(farthest - estimate) ? secant : farthest);
        }
        final double share = Double.isFinite(atOutside) ? atInside / (atInside - atOutside) : 0.5;
        return inside + share * (outside - inside);
    }

    private double toward(final double x) {
        return limit < estimate ? Math.max(limit, x) : Math.min(limit, x);
    }
}
