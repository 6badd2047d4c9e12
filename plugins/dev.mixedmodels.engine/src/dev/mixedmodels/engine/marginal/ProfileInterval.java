package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;

/**
 * The profile-likelihood interval of one parameter: the values at which the root of the excess of -2 log likelihood,
 * minimised over the other parameters, reaches the normal quantile. That root is nearly linear in the parameter, so
 * that secants through it arrive in a few steps.
 */
final class ProfileInterval {
    private static final int MAX_ITERATIONS = 60;
    private static final double TOLERANCE = 1e-10;

    private final MarginalLikelihood likelihood;
    private final double[] estimate;
    private final double[][] covariance;
    private final double minimum;
    private final int index;
    private final Progress progress;
    /** Where the criterion was least at the last value. */
    private double[] last;

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
        last = estimate;
        this.index = index;
        this.progress = progress;
        final MarginalPoint point = likelihood.at(estimate);
        covariance = Information.covariance(point, Information.held(likelihood, estimate)).matrix();
        minimum = point.value();
    }

    /**
     * @param confidence confidence level in (0, 1)
     * @return the bounds of the parameter; NaN where none is found
     */
    ProfileBounds bounds(final double confidence) {
        final double stdError = Math.sqrt(covariance[index][index]);
        return stdError > 0 ? ProfileBounds.of(this::excess, estimate[index], likelihood.bounds(-1)[index],
            likelihood.bounds(1)[index], stdError, confidence) : new ProfileBounds(Double.NaN, Double.NaN);
    }

    private double excess(final double value) {
        final boolean near = Math.abs(value - last[index]) < Math.abs(value - estimate[index]);
        final Optimum optimum = constrained(near ? last : estimate, value);
        if (optimum == null) {
            return Double.NaN;
        }
        last = optimum.theta();
        return optimum.value() - minimum;
    }

    /** The minimum with the parameter held; started along the regression of the others on it. Null if there is none. */
    private Optimum constrained(final double[] from, final double value) {
        final int m = estimate.length;
        final double[] lower = likelihood.bounds(-1);
        final double[] upper = likelihood.bounds(1);
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
