package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.inference.EstimationSettings;
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
public final class CovarianceSearch {
    /** Searches after the first, from a singular minimum that is none. */
    private static final int MAX_RESTARTS = 8;
    /** Criteria that differ by less, relative to their size, are the same. */
    private static final double SAME = 1e-10;

    /** Half the squared distance from a minimum, in standard errors, from which its value is predicted. */
    private static final double PREDICTED = 1e-8;

    /** With more subjects than this one search is enough. */
    private static final int FEW_SUBJECTS = 100;
    /** Further starts: factor of F, step in eta. */
    private static final double[][] VARIANTS = {{0.1, 0}, {3, 1.5}, {0.3, -1.5}};

    private final CovarianceModel model;
    private final Likelihood likelihood;
    private final EstimationSettings settings;
    private boolean valueOnly;
    private int iterations;
    private int evaluations;

    /**
     * @param model the covariance model
     * @param likelihood the criterion
     * @param settings limits of each search
     */
    public CovarianceSearch(final CovarianceModel model, final Likelihood likelihood,
        final EstimationSettings settings) {
        this.model = model;
        this.likelihood = likelihood;
        this.settings = settings;
    }

    /**
     * What is wanted is the value at the minimum, for a test: searches stop where the next step is so small that it
     * need not be looked at, and estimates are right to 1e-4 standard errors.
     *
     * @return this
     */
    public CovarianceSearch forValue() {
        valueOnly = true;
        return this;
    }

    public int iterations() {
        return iterations;
    }

    public int evaluations() {
        return evaluations;
    }

    /**
     * The best minimum from the model's start and, with few subjects, whose criterion may have several minima, from
     * other sizes of D and shapes of the residuals, and from D without one of its blocks.
     *
     * @return the minimum
     * @throws ModelException if the criterion cannot be computed at any of the starts
     */
    public Minimum minimise() {
        final Minimum best = best();
        if (best == null) {
            throw new ModelException("The likelihood cannot be computed anywhere near where its maximum should be, for "
                + "fixed and random effects nearly reproduce the response. Choose fewer fixed effects, or a simpler "
                + "random part or residual structure.");
        }
        return best;
    }

    /** The same, null if the criterion cannot be computed at any of the starts. */
    public Minimum best() {
        final double[] start = likelihood.start(model, model.residual().start());
        Minimum best = minimise(start);
        final int entries = model.q() * model.q();
        for (final double[] variant : severalMinima() ? VARIANTS : new double[0][]) {
            final double[] other = start.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] = i < entries ? variant[0] * start[i] : start[i] + variant[1] * ((i - entries) % 2 == 0
                    ? 1 : -1);
            }
            best = better(best, minimise(other));
        }
        final int blocks = model.random().blocks().size();
        for (int block = 0; block < blocks && blocks > 1 && severalMinima(); block++) {
            best = better(best, minimise(without(block, start)));
        }
        return best == null || valueOnly ? best : likelihood.polished(best);
    }

    /**
     * The same start without a block of random effects: the search finds the minimum without it and goes on from there.
     */
    private double[] without(final int block, final double[] start) {
        final int entries = model.q() * model.q();
        final double[] x = new double[model.coordinates().size()];
        final double[] factors = model.random().coordinatesOf(Arrays.copyOf(start, entries));
        System.arraycopy(factors, 0, x, 0, factors.length);
        System.arraycopy(start, entries, x, factors.length, x.length - factors.length);
        int first = 0;
        for (final RandomBlock before : model.random().blocks().subList(0, block)) {
            first += before.structure().parameters();
        }
        Arrays.fill(x, first, first + model.random().blocks().get(block).structure().parameters(), 0);
        return model.coordinates().at(x);
    }

    /**
     * @param start where another search ended
     * @return the minimum near it or, if that search does not converge, the best one; null if there is none
     */
    public Minimum again(final double[] start) {
        final Minimum near = minimise(start);
        if (near == null || !near.optimum().converged()) {
            return better(near, best());
        }
        return valueOnly ? near : likelihood.polished(near);
    }

    /** Whether the criterion may have several minima: with few subjects. */
    public boolean severalMinima() {
        return likelihood.units() <= FEW_SUBJECTS;
    }

    /** The lower one of two minima, of which either may be null for none; the first where rounding decides. */
    public static Minimum better(final Minimum one, final Minimum other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return same(one.value(), other.value()) || one.value() < other.value() ? one : other;
    }

    /** Whether two criteria differ by no more than rounding. */
    public static boolean same(final double one, final double other) {
        return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one));
    }

    /**
     * @param start entries of F and eta
     * @return the minimum that the search finds from there; null if the criterion does not exist there
     */
    public Minimum minimise(final double[] start) {
        Minimum full = search(model.coordinates(), List.of(), start);
        for (int restart = 0; full != null && restart < MAX_RESTARTS; restart++) {
            final Reduction reduction =
                new Reduction(model, Arrays.copyOf(full.optimum().theta(), model.random().parameters()));
            final Minimum reduced = reduction.vanished().isEmpty() ? null
                : search(reduction.coordinates(), reduction.vanished(), with(reduction.factor(), full.z()));
            if (reduced == null) {
                return full;
            }
            final double slack = SAME * Math.max(1, Math.abs(full.value()));
            final double[] improvement = BoundaryCheck.improvement(likelihood, reduced);
            if (improvement == null) {
                return reduced.value() <= full.value() + slack ? reduced : full;
            }
            final Minimum again = search(model.coordinates(), List.of(), with(improvement, reduced.z()));
            if (again == null || !(again.value() < full.value() - slack)) {
                return full;
            }
            full = again;
        }
        return full;
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
    private Minimum search(final AffineCoordinates coordinates, final List<Vanished> vanished, final double[] start) {
        final Minimum found = newton(coordinates, vanished, start);
        if (found == null) {
            return null;
        }
        final int entries = model.q() * model.q();
        final double[] z = found.z().clone();
        final int[] small = model.residual().nearlyVanished(Arrays.copyOfRange(z, entries, z.length));
        if (small.length == 0 || !found.optimum().converged()) {
            return found;
        }
        for (final int eta : small) {
            z[entries + eta] = model.residual().bounds(-1)[eta];
        }
        final Minimum without = newton(coordinates, vanished, z);
        return without != null && without.value() <= found.value() + SAME * Math.max(1, Math.abs(found.value()))
            ? without : found;
    }

    /** Newton's method over the given coordinates, from the nearest point to a start; null if there is no criterion. */
    private Minimum newton(final AffineCoordinates coordinates, final List<Vanished> vanished, final double[] start) {
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
        final ProjectedNewton newton = new ProjectedNewton(likelihood.profiled(coordinates), lower, upper, true);
        final Optimum optimum = (valueOnly ? newton.predicting() : newton).minimiseIfPossible(x,
            settings.maxIterations(), valueOnly ? PREDICTED : settings.tolerance(), likelihood.progress()).orElse(null);
        if (optimum == null) {
            return null;
        }
        iterations += optimum.iterations();
        evaluations += optimum.evaluations();
        return new Minimum(coordinates, coordinates.at(optimum.theta()), optimum, vanished);
    }
}
