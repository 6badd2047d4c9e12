package dev.mixedmodels.engine.optimise;

import dev.mixedmodels.engine.common.Progress;
import java.util.Optional;

/**
 * The minimum of an objective over all coordinates but one, as a function of that one. A search starts where the minima
 * so far point to: on the tangent at the overall minimum until another is known on that side, then on the parabola with
 * that tangent through the last one.
 * <p>
 * The mathematics: doc/profile.md beside the sources.
 */
public final class HeldCoordinate {
    private static final int MAX_ITERATIONS = 100;
    /** Half the squared distance from a minimum, in standard errors, from which it is predicted. */
    private static final double TOLERANCE = 1e-5;

    private final Objective objective;
    private final double[] lower;
    private final double[] upper;
    private final int held;
    private final Progress progress;
    private final double[] minimum;
    private final double[] tangent;
    private double[] last;
    private int evaluations;

    /**
     * @param objective the function, with second derivatives
     * @param lower lower bounds of the coordinates
     * @param upper upper bounds
     * @param held the coordinate that is held
     * @param minimum where the objective is least, or near it
     * @param tangent in which direction minima lie from there, by a unit of the held coordinate; null if it is unknown
     * @param progress asked before each evaluation whether to go on
     */
    public HeldCoordinate(final Objective objective, final double[] lower, final double[] upper, final int held,
        final double[] minimum, final double[] tangent, final Progress progress) {
        this.objective = objective;
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.held = held;
        this.minimum = minimum;
        this.tangent = tangent;
        this.progress = progress;
    }

    /** @return evaluations of the objective so far */
    public int evaluations() {
        return evaluations;
    }

    /**
     * @param value of the held coordinate
     * @return where the minimum probably lies
     */
    public double[] start(final double value) {
        final double step = value - minimum[held];
        final double lastStep = last == null ? 0 : last[held] - minimum[held];
        final double share = lastStep * step > 0 ? step / lastStep : 0;
        final double[] x = minimum.clone();
        for (int k = 0; k < x.length; k++) {
            final double slope = tangent == null ? 0 : tangent[k];
            final double rest = share == 0 ? 0 : last[k] - minimum[k] - slope * lastStep;
            x[k] += slope * step + (tangent == null ? share : share * share) * rest;
        }
        x[held] = value;
        return x;
    }

    /**
     * @param value of the held coordinate
     * @param start where the search begins; its held coordinate is not looked at
     * @return the minimum with the derivative by the held coordinate in its gradient; empty if there is none
     */
    public Optional<Optimum> minimise(final double value, final double[] start) {
        final double[] x = start.clone();
        x[held] = value;
        lower[held] = value;
        upper[held] = value;
        final Optional<Optimum> optimum = new ProjectedNewton(objective, lower, upper, true).predicting()
            .minimiseIfPossible(x, MAX_ITERATIONS, TOLERANCE, progress);
        evaluations += optimum.map(Optimum::evaluations).orElse(1);
        return optimum;
    }

    /**
     * @param found the best minimum at its value of the held coordinate, for later starts
     */
    public void take(final Optimum found) {
        last = found.theta();
    }
}
