package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.Profile;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.optimise.HeldCoordinate;

/**
 * The profile-likelihood interval of one parameter: the values at which the root of the excess of -2 log likelihood,
 * minimised over the other parameters, reaches the normal quantile.
 */
final class ProfileInterval {
    private ProfileInterval() {
    }

    /**
     * @param likelihood the criterion
     * @param estimate where it is least, length m
     * @param index which parameter
     * @param confidence confidence level in (0, 1)
     * @param progress asked before each evaluation whether to go on
     * @return the bounds of the parameter; NaN where none is found
     */
    static ProfileBounds of(final MarginalLikelihood likelihood, final double[] estimate, final int index,
        final double confidence, final Progress progress) {
        final MarginalPoint point = likelihood.at(estimate);
        final double[][] covariance = Information.covariance(point, Information.held(likelihood, estimate)).matrix();
        final double stdError = Math.sqrt(covariance[index][index]);
        if (!(stdError > 0)) {
            return ProfileBounds.NONE;
        }
        final double[] regression = new double[estimate.length];
        for (int k = 0; k < regression.length; k++) {
            regression[k] = covariance[k][index] / covariance[index][index];
        }
        final HeldCoordinate minima = new HeldCoordinate(likelihood, likelihood.bounds(-1), likelihood.bounds(1), index,
            estimate, regression, progress);
        return ProfileBounds.along(value -> minima.minimise(value, minima.start(value)).map(found -> {
            minima.take(found);
            return new Profile.Point(found.value() - point.value(), found.gradient()[index]);
        }).orElse(Profile.NONE), estimate[index], likelihood.bounds(-1)[index], likelihood.bounds(1)[index], stdError,
            confidence);
    }
}
