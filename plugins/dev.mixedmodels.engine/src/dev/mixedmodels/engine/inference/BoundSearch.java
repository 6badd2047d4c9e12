package dev.mixedmodels.engine.inference;

/**
 * The search for one bound of a profile-likelihood interval. With d(x) = sqrt(excess(x)) - target the bound is the root
 * of d, which is nearly linear in a well-chosen parameter: steps follow the parabola in d through the last two points
 * with the slope at the last, or the secant where the slope is unknown. As soon as a point lies outside, a step that
 * leaves the bracket gives way to regula falsi in the Illinois variant (Dowell &amp; Jarratt 1971, BIT 11:168-174).
 * Where the excess is no number or infinite, the bracket is halved. An evaluation is often a whole fit; there are at
 * most {@value #MAX_EVALUATIONS}.
 * <p>
 * The mathematics: doc/profile.md beside the sources.
 */
final class BoundSearch {
    private static final int MAX_EVALUATIONS = 60;
    /** Of d, whose unit is the standard error of a normal estimate. */
    private static final double ACCURACY = 1e-7;
    /** From a d of this size a step with the slope leads to a root of that accuracy: what it misses is of order d^2. */
    private static final double NEAR = 3e-4;
    /**
     * Standard errors by which the first step with the slope and a step that also knows the standard error may differ
     * for the second to be a root: it misses what this is of a higher order of smallness.
     */
    private static final double AGREEMENT = 1e-6;
    /** Only of a first point with a d below this such steps are compared. */
    private static final double CLOSE = 0.1;
    /** Width of a bracket, relative to its distance from the estimate, that is as good as a root. */
    private static final double WIDTH = 1e-10;
    /** No step goes further than this times the distance from the estimate before a point outside is found. */
    private static final double GROWTH = 4;

    private final Profile profile;
    private final double estimate;
    private final double limit;
    private final double target;
    private double inside;
    private double atInside;
    private double outside = Double.NaN;
    private double atOutside = Double.NaN;
    /** Which end of the bracket moved last: -1 the inner, 1 the outer, 0 before there is one. */
    private int moved;
    /** The point evaluated last. */
    private double last;
    private double atLast;

    /**
     * @param profile the profile
     * @param estimate where its excess is 0
     * @param limit of the parameter space in the direction of the search
     * @param target root of the excess at the bound
     */
    BoundSearch(final Profile profile, final double estimate, final double limit, final double target) {
        this.profile = profile;
        this.estimate = estimate;
        this.limit = limit;
        this.target = target;
        inside = estimate;
        atInside = -target;
        last = estimate;
        atLast = -target;
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
            final Profile.Point point = x == estimate ? new Profile.Point(0, Double.NaN) : profile.at(x);
            final double root = Math.sqrt(Math.max(0, point.excess()));
            final double at = root - target;
            if (Math.abs(at) <= ACCURACY || at < 0 && x == limit) {
                return x;
            }
            final double slope = point.slope() / (2 * root);
            final double cubic = i == 0 && x != limit ? cubic(x, at, slope, step) : Double.NaN;
            final double parabola = parabola(x, at, slope);
            final double next = next(x, at, parabola);
            if (next == parabola && Math.abs(at) <= NEAR) {
                return next;
            }
            if (next == parabola && Math.abs(at) <= CLOSE && Math.abs(cubic - parabola) <= AGREEMENT * Math.abs(step)) {
                return toward(cubic);
            }
            x = next;
            if (Math.abs(outside - inside) <= WIDTH * Math.abs(outside - estimate)) {
                return Double.isNaN(atOutside) ? Double.NaN : x;
            }
        }
        return Double.NaN;
    }

    /** Where the parabola x(d) through the last two points, with the slope of d at the last, has d = 0. */
    private double parabola(final double x, final double at, final double slope) {
        final double change = last - x - (atLast - at) / slope;
        final double bend = change * (at / (atLast - at)) * (at / (atLast - at));
        final double newton = x - at / slope;
        last = x;
        atLast = at;
        return Math.abs(bend) < Math.abs(newton - x) ? newton + bend : newton;
    }

    /**
     * Where the cubic x(d) through the estimate and the first point, with the slopes at both, has d = 0.
     *
     * @param step dx/dd at the estimate if it is a standard error
     */
    private double cubic(final double x, final double at, final double slope, final double step) {
        final double width = at + target;
        final double secant = (x - estimate) / width;
        final double bend = (1 / slope - secant) / width;
        final double third = (step + 1 / slope - 2 * secant) / (width * width);
        return x - at / slope + at * at * (bend + third * target);
    }

    /** Takes in a point and proposes the next: that of the parabola unless it leads astray. */
    private double next(final double x, final double at, final double parabola) {
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
            final double guess = Double.isNaN(parabola) ? x - at * (x - lastInside) / (at - lastAt) : parabola;
            final double farthest = estimate + GROWTH * (x - estimate);
            return toward((guess - x) * (x - estimate) > 0
                && Math.abs(guess - estimate) < Math.abs(farthest - estimate) ? guess : farthest);
        }
        if ((parabola - inside) * (outside - parabola) > 0) {
            return parabola;
        }
        final double share = Double.isFinite(atOutside) ? atInside / (atInside - atOutside) : 0.5;
        return inside + share * (outside - inside);
    }

    private double toward(final double x) {
        return limit < estimate ? Math.max(limit, x) : Math.min(limit, x);
    }
}
