package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.Arrays;
import java.util.List;

/**
 * Minimises the profiled criterion over D and eta. Newton's method runs over unconstrained factor coordinates, in which
 * every singular D is an ordinary point; where something nearly vanishes, the minimum without it is found and tested
 * for being one among all D, so that a variance of 0 is reported as exactly that.
 * <p>
 * The mathematics: doc/boundary.md beside the sources.
 */
final class Estimator {
    /** Searches after the first, from a singular minimum that is none. */
    private static final int MAX_RESTARTS = 8;
    /** Criteria that differ by less, relative to their size, are the same. */
    private static final double SAME = 1e-10;

    /** With more subjects than this one search is enough. */
    private static final int FEW_SUBJECTS = 100;
    /** Further starts: factor of F, step in eta. */
    private static final double[][] VARIANTS = {{0.1, 0}, {3, 1.5}, {0.3, -1.5}};

    private final CovarianceModel model;
    private final Criterion criterion;
    private final int maxIterations;
    private final double tolerance;
    private int iterations;
    private int evaluations;

    /**
     * @param model the covariance model
     * @param criterion the criterion
     * @param maxIterations of each search
     * @param tolerance of each search
     */
    Estimator(final CovarianceModel model, final Criterion criterion, final int maxIterations,
        final double tolerance) {
        this.model = model;
        this.criterion = criterion;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    /**
     * A minimum with what vanished there.
     *
     * @param at the minimum
     * @param vanished parts of D that are 0
     */
    record Minimum(Optimised at, List<Reduction.Vanished> vanished) {
    }

    int iterations() {
        return iterations;
    }

    int evaluations() {
        return evaluations;
    }

    /**
     * The best minimum from the model's start and, with few subjects, whose criterion may have several minima, from other
     * sizes of D and shapes of the residuals.
     *
     * @return the minimum
     * @throws ModelException if the criterion cannot be computed at any of the starts
     */
    Minimum minimise() {
        final Minimum best = best();
        if (best == null) {
            throw new ModelException("The likelihood cannot be computed anywhere near where its maximum should be, for fixed "
                + "and random effects nearly reproduce the response. Choose fewer fixed effects, or a simpler random part or "
                + "residual structure.");
        }
        return best;
    }

    /** The same, null if the criterion cannot be computed at any of the starts. */
    Minimum best() {
        final double[] start = MomentStart.of(model, criterion, model.residual().start());
        Minimum best = minimise(start);
        if (!severalMinima()) {
            return best;
        }
        final int entries = model.q() * model.q();
        for (final double[] variant : VARIANTS) {
            final double[] other = start.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] = i < entries ? variant[0] * start[i] : start[i] + variant[1] * ((i - entries) % 2 == 0 ? 1 : -1);
            }
            best = better(best, minimise(other));
        }
        return best;
    }

    /** Whether the criterion may have several minima: with few subjects. */
    boolean severalMinima() {
        return criterion.shares().subjects() <= FEW_SUBJECTS;
    }

    /** The lower one of two minima, of which either may be null for none; the first where rounding decides. */
    static Minimum better(final Minimum one, final Minimum other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return same(one.at().value(), other.at().value()) || one.at().value() < other.at().value() ? one : other;
    }

    /** Whether two criteria differ by no more than rounding. */
    static boolean same(final double one, final double other) {
        return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one));
    }

    /**
     * @param start entries of F and eta
     * @return the minimum that the search finds from there; null if the criterion does not exist there
     */
    Minimum minimise(final double[] start) {
        Optimised full = search(model.coordinates(), start);
        if (full == null) {
            return null;
        }
        for (int restart = 0; restart < MAX_RESTARTS; restart++) {
            final int count = model.random().parameters();
            final Reduction reduction = new Reduction(model, Arrays.copyOf(full.optimum().theta(), count));
            if (reduction.vanished().isEmpty()) {
                break;
            }
            final Optimised reduced = search(reduction.coordinates(), with(reduction.factor(), full.z()));
            if (reduced == null) {
                break;
            }
            final double[] improvement = BoundaryCheck.improvement(criterion, reduction, reduced);
            final double slack = SAME * Math.max(1, Math.abs(full.value()));
            if (improvement == null) {
                return reduced.value() <= full.value() + slack ? new Minimum(reduced, reduction.vanished())
                    : new Minimum(full, List.of());
            }
            final Optimised again = search(model.coordinates(), with(improvement, reduced.z()));
            if (again == null || !(again.value() < full.value() - slack)) {
                break;
            }
            full = again;
        }
        return new Minimum(full, List.of());
    }

    private double[] with(final double[] factor, final double[] z) {
        final double[] changed = z.clone();
        System.arraycopy(factor, 0, changed, 0, factor.length);
        return changed;
    }

    /**
     * The minimum over the given coordinates. Residual variances that nearly vanish there are tried at their bound, for
     * on the way to it the criterion hardly changes any more. Null if the criterion does not exist at the start.
     */
    Optimised search(final AffineCoordinates coordinates, final double[] start) {
        final Optimised found = newton(coordinates, start);
        if (found == null) {
            return null;
        }
        final int entries = model.q() * model.q();
        final double[] z = found.z().clone();
        final int[] vanished = model.residual().nearlyVanished(Arrays.copyOfRange(z, entries, z.length));
        if (vanished.length == 0 || !found.optimum().converged()) {
            return found;
        }
        for (final int eta : vanished) {
            z[entries + eta] = model.residual().bounds(-1)[eta];
        }
        final Optimised without = newton(coordinates, z);
        return without != null && without.value() <= found.value() + SAME * Math.max(1, Math.abs(found.value())) ? without : found;
    }

    /** Newton's method over the given coordinates, from the nearest point to a start; null if there is no criterion. */
    private Optimised newton(final AffineCoordinates coordinates, final double[] start) {
        final int n = coordinates.size();
        final int etas = model.residual().size();
        final int factors = n - etas;
        final double[] x = new double[n];
        final double[] lower = new double[n];
        final double[] upper = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        System.arraycopy(model.residual().bounds(-1), 0, lower, factors, etas);
        System.arraycopy(model.residual().bounds(1), 0, upper, factors, etas);
        if (factors == model.random().parameters()) {
            System.arraycopy(model.random().coordinatesOf(coordinates.factor(start)), 0, x, 0, factors);
        } else {
            System.arraycopy(coordinates.nearest(start), 0, x, 0, factors);
        }
        System.arraycopy(start, start.length - etas, x, factors, etas);
        final Optimum optimum = new ProjectedNewton(criterion.profiled(coordinates), lower, upper, true)
            .minimiseIfPossible(x, maxIterations, tolerance, criterion.progress()).orElse(null);
        if (optimum == null) {
            return null;
        }
        iterations += optimum.iterations();
        evaluations += optimum.evaluations();
        return new Optimised(coordinates, coordinates.at(optimum.theta()), optimum);
    }
}
