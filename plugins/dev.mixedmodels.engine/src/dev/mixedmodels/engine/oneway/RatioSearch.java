package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.oneway.RatioCriterion.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The global minimum over r &gt;= 0 of a function of the {@link RatioCriterion}'s values. Unbalanced data can give the
 * likelihood several local maxima, one of them at 0; so the sign of the slope is followed over a grid in log r, every
 * change from falling to rising is refined to the last digits, and the lowest of the minima is taken.
 * <p>
 * In log r the slopes are sums of logistic functions with poles at imaginary part pi: a step of 1/4 cannot miss a
 * minimum of any depth. The functions are tabulated once; a search evaluates the criterion near its minima only.
 */
final class RatioSearch {
    private static final double STEP = Math.exp(0.25);
    /** The first ratio of the grid times the largest group size: below it everything is nearly linear. */
    private static final double START = 1e-3;

    private final RatioCriterion criterion;
    private final List<Point> grid = new ArrayList<>();
    private int iterations;

    RatioSearch(final RatioCriterion criterion) {
        this.criterion = criterion;
        grid.add(criterion.at(0));
        grid.add(criterion.at(START / criterion.data().largest()));
        final double last = lastMinimum();
        while (grid.get(grid.size() - 1).ratio() < last) {
            extend();
        }
    }

    /**
     * A bound on the minima of the profile. For r at least 1 over the smallest size, r dh/dr &gt;= (a - 1) / 2 and,
     * with B = sum (mean_i - m)^2, r |dq/dr| / q &lt;= B / (r within); B is at most (1 + a) times the scatter about the
     * grand mean.
     */
    private double lastMinimum() {
        final SizeClasses d = criterion.data();
        return Math.max(Math.max(1, 1 / d.size()[0]),
            2 * criterion.df() * (1 + d.groups()) * d.unweightedScatter() / ((d.groups() - 1) * d.within()));
    }

    private void extend() {
        grid.add(criterion.at(grid.get(grid.size() - 1).ratio() * STEP));
    }

    /** Steps of the root finder of the last search. */
    int iterations() {
        return iterations;
    }

    /** The minimum of the profile over tau2. */
    Point minimum() {
        return minimum(criterion::profile, criterion::profileSlope);
    }

    /**
     * @param value the function to minimise; rising from some r on
     * @param slope its derivative in r, or a positive multiple of it
     * @return where it is lowest
     */
    Point minimum(final ToDoubleFunction<Point> value, final ToDoubleFunction<Point> slope) {
        final int before = criterion.evaluations();
        while (slope.applyAsDouble(grid.get(grid.size() - 1)) < 0) {
            extend();
        }
        Point best = null;
        for (int j = 0; j < grid.size(); j++) {
            final boolean rises = slope.applyAsDouble(grid.get(j)) >= 0;
            if (rises && (j == 0 || slope.applyAsDouble(grid.get(j - 1)) < 0)) {
                final Point candidate = j == 0 ? grid.get(0) : criterion.at(Roots.find(
                    r -> slope.applyAsDouble(criterion.at(r)), grid.get(j - 1).ratio(), grid.get(j).ratio()));
                if (best == null || value.applyAsDouble(candidate) < value.applyAsDouble(best)) {
                    best = candidate;
                }
            }
        }
        iterations = criterion.evaluations() - before;
        return best;
    }
}
