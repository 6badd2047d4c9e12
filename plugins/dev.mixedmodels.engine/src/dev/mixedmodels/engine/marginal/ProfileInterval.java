package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.Arrays;

/**
 * The profile-likelihood interval of one parameter: the values at which the root of the excess of -2 log likelihood,
 * minimised over the other parameters, reaches the normal quantile. That root is nearly linear in the parameter, so
 * that secants through it arrive in a few steps.
 */
final class ProfileInterval {
    private static final int MAX_STEPS = 40;
    private static final int MAX_ITERATIONS = 60;
    private static final double TOLERANCE = 1e-10;
    /** Of the root of the excess, which is a standard normal deviate. */
    private static final double ACCURACY = 2e-6;

    private final MarginalLikelihood likelihood;
    private final double[] estimate;
    private final double[][] covariance;
    private final double minimum;
    private final int index;
    private final Progress progress;

    /**
     * @param likelihood the criterion
     * @param estimate where it is least, length m
     * @param index which parameter
     * @param progress asked before each evaluation whether to go on
     */
    ProfileInterval(final MarginalLikelihood likelihood, final double[] estimate, final int index,
        final Progress progress) {
        this.likelihood = likelihood;
        this.estimate = estimate;
        this.index = index;
        this.progress = progress;
        covariance = Information.covariance(likelihood, estimate).matrix();
        minimum = likelihood.value(estimate, null, null);
    }

    /**
     * @param quantile root of the quantile of chi2(1)
     * @return the bounds of the parameter; NaN where none is found
     */
    ProfileBounds bounds(final double quantile) {
        final double stdError = Math.sqrt(covariance[index][index]);
        if (!(stdError > 0)) {
            return new ProfileBounds(Double.NaN, Double.NaN);
        }
        return new ProfileBounds(bound(-stdError, quantile), bound(stdError, quantile));
    }

    private double bound(final double direction, final double quantile) {
        double[] from = estimate;
        double inside = 0; // distances in units of direction and the roots there
        double insideRoot = 0;
        double outside = Double.NaN;
        double outsideRoot = Double.NaN;
        double at = quantile;
        for (int step = 0; step < MAX_STEPS; step++) {
            final Optimum optimum = constrained(from, estimate[index] + at * direction);
            final double root = optimum == null ? Double.NaN : Math.sqrt(Math.max(0, optimum.value() - minimum));
            if (Math.abs(root - quantile) <= ACCURACY) {
                return estimate[index] + at * direction;
            }
            if (root < quantile) {
                inside = at;
                insideRoot = root;
                from = optimum.theta();
            } else {
                outside = at;
                outsideRoot = root; // NaN where the criterion does not exist
            }
            at = next(inside, insideRoot, outside, outsideRoot, quantile);
        }
        return Double.NaN;
    }

    /** By the secant between the nearest points on both sides; outwards or halfway while there is none. */
    private static double next(final double inside, final double insideRoot, final double outside,
        final double outsideRoot, final double quantile) {
        if (Double.isNaN(outside)) {
            return inside * Math.max(1.001, Math.min(2, 1.02 * quantile / insideRoot));
        }
        if (Double.isNaN(outsideRoot)) {
            return (inside + outside) / 2;
        }
        final double share = (quantile - insideRoot) / (outsideRoot - insideRoot);
        return inside + Math.min(0.999, Math.max(0.001, share)) * (outside - inside);
    }

    /** The minimum with the parameter held; started along the regression of the others on it. Null if there is none. */
    private Optimum constrained(final double[] from, final double value) {
        final int m = estimate.length;
        final double[] lower = new double[m];
        final double[] upper = new double[m];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        lower[index] = value;
        upper[index] = value;
        final double[] start = from.clone();
        for (int k = 0; k < m; k++) {
            start[k] += covariance[k][index] / covariance[index][index] * (value - from[index]);
        }
        start[index] = value;
        if (!Double.isFinite(likelihood.value(start, null, null))) {
            return null;
        }
        return new ProjectedNewton(likelihood, lower, upper, true).minimise(start, MAX_ITERATIONS, TOLERANCE,
            progress);
    }
}
