package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.Arrays;

/**
 * Minimises the criterion over theta. As theta is not bounded and the criterion even in the signs of columns of Lambda,
 * an optimum on the boundary of D is an ordinary stationary point; it is then taken exactly, in the family without the
 * vanished columns.
 * <p>
 * The mathematics: doc/boundary.md beside the sources.
 */
final class PlsOptimiser {
    /** What the boundary may cost in -2 log likelihood beyond rounding. */
    private static final double BOUNDARY_COST = 1e-8;
    private static final double ROUNDING = 1e-13;
    /** A squared distance from the optimum, in standard errors, that does not matter. */
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MOST_POLISH = 3;

    private final boolean reml;
    private final int maxIterations;
    private final double tolerance;
    private final Progress progress;

    PlsOptimiser(final boolean reml, final int maxIterations, final double tolerance, final Progress progress) {
        this.reml = reml;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
        this.progress = progress;
    }

    /**
     * @param pls the likelihood; its parameters are those that are free
     * @param theta all parameters, 0 where they are not free
     * @param keep which of all parameters are free
     * @param optimum where the optimiser stopped, over the free parameters
     */
    record Result(PenalisedLeastSquares pls, double[] theta, boolean[] keep, Optimum optimum) {
        double[] free() {
            return optimum.theta();
        }
    }

    Result minimise(final PenalisedLeastSquares pls, final double[] start) {
        final Result inner = run(pls, start);
        for (final double small : new double[] {BoundaryFactors.SMALL, BoundaryFactors.VANISHING}) {
            final BoundaryFactors boundary = BoundaryFactors.near(pls.factors(), inner.free(), small);
            if (boundary.isInterior()) {
                return positive(pls, boundary.theta(), inner);
            }
            final PenalisedLeastSquares smaller = pls.with(pls.factors().subset(boundary.keep()));
            final double[] from = select(boundary.theta(), boundary.keep());
            final Result outer = expand(run(smaller, from), boundary.keep());
            final double allowed = BOUNDARY_COST + ROUNDING * Math.abs(inner.optimum.value());
            if (outer.optimum.value() <= inner.optimum.value() + allowed) {
                return add(outer, inner);
            }
        }
        return inner;
    }

    /** Minimises from a start, without regard to boundaries. */
    Result run(final PenalisedLeastSquares pls, final double[] start) {
        final int m = start.length;
        final PlsCriterion criterion = new PlsCriterion(pls, reml);
        final boolean[] all = new boolean[m];
        Arrays.fill(all, true);
        if (m == 0) {
            final double value = criterion.value(start, null, null);
            return new Result(pls, start, all, new Optimum(start, value, start, new boolean[0], new boolean[0], 0, 1,
                Double.isFinite(value)));
        }
        final double[] lower = new double[m];
        final double[] upper = new double[m];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        final Objective objective = pls.exactCurvature() ? criterion : new SecantObjective(criterion);
        final Optimum optimum =
            new ProjectedNewton(objective, lower, upper, true).minimise(start, maxIterations, tolerance, progress);
        return new Result(pls, optimum.theta(), all, optimum);
    }

    /** Newton steps with exact second derivatives where the approximate ones came to a halt before the optimum. */
    Result polish(final Result result) {
        Result best = result;
        for (int step = 0; step < MOST_POLISH && best.free().length > 0 && !best.pls.exactCurvature(); step++) {
            final int m = best.free().length;
            final PlsCriterion criterion = new PlsCriterion(best.pls, reml);
            final double[] gradient = new double[m];
            final double[][] approximate = new double[m][m];
            criterion.value(best.free(), gradient, approximate);
            final double[] roughly = solve(approximate, gradient);
            if (roughly != null && Matrices.dot(roughly, gradient) < NEGLIGIBLE) {
                break;
            }
            final double[] direction = solve(criterion.exactHessian(progress), gradient);
            if (direction == null || Matrices.dot(direction, gradient) < NEGLIGIBLE) {
                break;
            }
            final double[] theta = best.free().clone();
            for (int a = 0; a < m; a++) {
                theta[a] -= direction[a];
            }
            final double value = criterion.value(theta, gradient, null);
            if (!(value <= best.optimum.value() + Math.max(ROUNDING * Math.abs(value), criterion.rounding()))) {
                break;
            }
            final Optimum o = best.optimum;
            best = withFree(best, new Optimum(theta, value, gradient, o.atLower(), o.atUpper(), o.iterations() + 1,
                o.evaluations() + 2 * m + 1, o.converged()));
        }
        return best;
    }

    private static Result withFree(final Result result, final Optimum optimum) {
        final double[] theta = result.theta.clone();
        int n = 0;
        for (int a = 0; a < theta.length; a++) {
            theta[a] = result.keep[a] ? optimum.theta()[n++] : 0;
        }
        return new Result(result.pls, theta, result.keep, optimum);
    }

    /** H^-1 g; null if H is not positive definite. */
    private static double[] solve(final double[][] hessian, final double[] gradient) {
        final double[][] inverse = Matrices.inversePositiveDefinite(hessian);
        return inverse == null ? null : Matrices.multiply(inverse, gradient);
    }

    /** The same optimum with the signs of its columns made positive, and to the last digit where they are. */
    private static Result positive(final PenalisedLeastSquares pls, final double[] theta,
        final Result from) {
        final Optimum o = from.optimum;
        final double[] gradient = o.gradient().clone();
        boolean turned = false;
        for (int a = 0; a < theta.length; a++) {
            if (theta[a] * o.theta()[a] < 0) {
                gradient[a] = -gradient[a];
                turned = true;
            }
        }
        if (!turned) {
            return from;
        }
        return new Result(pls, theta, from.keep, new Optimum(theta, o.value(), gradient, o.atLower(), o.atUpper(),
            o.iterations(), o.evaluations(), o.converged()));
    }

    /** The one with the smaller criterion; of two that differ by rounding only, the first. */
    static Result better(final Result first, final Result second) {
        final double rounding = ROUNDING * Math.max(1, Math.abs(first.optimum.value()));
        return second.optimum.value() < first.optimum.value() - rounding
            || !first.optimum.converged() && second.optimum.converged()
                && second.optimum.value() <= first.optimum.value() + rounding ? second : first;
    }

    private static double[] select(final double[] theta, final boolean[] keep) {
        int n = 0;
        final double[] kept = new double[theta.length];
        for (int a = 0; a < theta.length; a++) {
            if (keep[a]) {
                kept[n++] = theta[a];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static Result expand(final Result result, final boolean[] keep) {
        return withFree(new Result(result.pls, new double[keep.length], keep, result.optimum), result.optimum);
    }

    private static Result add(final Result result, final Result before) {
        final Optimum o = result.optimum;
        return new Result(result.pls, result.theta, result.keep, new Optimum(o.theta(), o.value(), o.gradient(),
            o.atLower(), o.atUpper(), o.iterations() + before.optimum.iterations(),
            o.evaluations() + before.optimum.evaluations(), o.converged()));
    }
}
