package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.longitudinal.HeldParameter.Held;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Profile-likelihood intervals on the fitted criterion: with a parameter held at a value, the criterion is minimised
 * over all others. Values and bounds are in the units of the likelihood.
 */
final class ProfileLikelihood {
    private static final double TOLERANCE = 1e-11;
    /** A first step in the logarithm of a variance or the z of a correlation where there is no standard error. */
    private static final double FIRST_STEP = 0.5;
    private static final double LARGEST_Z = 18;

    private final Estimate estimate;
    private final HeldParameter submodels;
    private final int maxIterations;
    private final double least;
    private final double confidence;

    ProfileLikelihood(final Estimate estimate, final int maxIterations, final double confidence) {
        this.estimate = estimate;
        this.maxIterations = maxIterations;
        this.confidence = confidence;
        submodels = new HeldParameter(estimate);
        least = estimate.atMinimum().value();
    }

    /**
     * What the profiled criterion exceeds its minimum by. Each search starts near the estimate: another search may have
     * ended at a singular D, where the criterion is stationary in the coordinate that is 0.
     */
    private DoubleUnaryOperator excess(final DoubleFunction<Held> submodel) {
        return value -> {
            final Held held = submodel.apply(value);
            final AffineCoordinates coordinates = held.coordinates();
            final int n = coordinates.size();
            final double[] x = coordinates.nearest(held.near());
            final double[] lower = new double[n];
            final double[] upper = new double[n];
            bounds(coordinates, held.nonNegative(), lower, upper);
            final Optimum optimum = new ProjectedNewton(estimate.criterion().absolute(coordinates), lower, upper, true)
                .minimise(x, maxIterations, TOLERANCE, estimate.criterion().progress());
            return optimum.value() - least;
        };
    }

    /** Coordinates that stand for an eta by themselves have its bounds. */
    private void bounds(final AffineCoordinates coordinates, final int nonNegative, final double[] lower,
        final double[] upper) {
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        Arrays.fill(lower, 0, nonNegative, 0);
        final int entries = estimate.model().q() * estimate.model().q();
        final double[] least = estimate.model().residual().bounds(-1);
        final double[] most = estimate.model().residual().bounds(1);
        for (int k = 0; k < coordinates.size(); k++) {
            for (int e = 0; e < least.length; e++) {
                if (coordinates.directions()[k][entries + e] == 1) {
                    lower[k] = least[e];
                    upper[k] = most[e];
                }
            }
        }
    }

    /** Bounds of the variance of effect j of a block; NaN where they are not profiled (compound symmetry). */
    ProfileBounds variance(final RandomBlock block, final int j, final double value, final double stdError) {
        if (block.kind() == RandomStructure.COMPOUND_SYMMETRY) {
            return new ProfileBounds(Double.NaN, Double.NaN);
        }
        final double step = stdError > 0 ? stdError : FIRST_STEP * Math.exp(estimate.logScale());
        return ProfileBounds.of(excess(v -> submodels.variance(block, j, v)), value, 0, Double.POSITIVE_INFINITY, step,
            confidence);
    }

    /** Bounds of the correlation of effects j and k of a block, searched for on the z scale. */
    ProfileBounds correlation(final RandomBlock block, final int j, final int k, final double value) {
        final double lowest = block.free() ? -1 : -1.0 / (block.size() - 1);
        final DoubleUnaryOperator excess = excess(rho -> submodels.correlation(block, j, k, rho));
        return mapped(excess, value, lowest, z -> lowest + (1 - lowest) / (1 + Math.exp(-z)),
            rho -> Math.log((rho - lowest) / (1 - rho)));
    }

    /** Bounds of a residual parameter by its place among them. */
    ProfileBounds residual(final int parameter, final double value, final double stdError) {
        final ResidualModel model = estimate.model().residual();
        final DoubleUnaryOperator excess = excess(v -> submodels.residual(parameter, v));
        if (model.correlated() && parameter == model.names().size() - 1) {
            final double lowest = switch (model.structure()) {
                case CONTINUOUS_AR1 -> 0;
                case COMPOUND_SYMMETRY -> -1.0 / Math.max(1, model.maxRows() - 1);
                default -> -1;
            };
            return mapped(excess, value, lowest, z -> lowest + (1 - lowest) / (1 + Math.exp(-z)),
                rho -> Math.log((rho - lowest) / (1 - rho)));
        }
        if (model.power() && parameter == 1) {
            return ProfileBounds.of(excess, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                stdError > 0 ? stdError : FIRST_STEP, confidence);
        }
        final ProfileBounds logs = ProfileBounds.of(log -> excess.applyAsDouble(Math.exp(log)), Math.log(value),
            Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, stdError > 0 ? stdError / value : FIRST_STEP,
            confidence);
        return new ProfileBounds(Math.exp(logs.lower()), Math.exp(logs.upper()));
    }

    private ProfileBounds mapped(final DoubleUnaryOperator excess, final double value, final double lowest,
        final DoubleUnaryOperator fromZ, final DoubleUnaryOperator toZ) {
        final double z = Math.max(-LARGEST_Z, Math.min(LARGEST_Z, toZ.applyAsDouble(value)));
        final ProfileBounds bounds = ProfileBounds.of(x -> excess.applyAsDouble(fromZ.applyAsDouble(x)), z,
            -LARGEST_Z, LARGEST_Z, FIRST_STEP, confidence);
        return new ProfileBounds(bounds.lower() == -LARGEST_Z ? lowest : fromZ.applyAsDouble(bounds.lower()),
            bounds.upper() == LARGEST_Z ? 1 : fromZ.applyAsDouble(bounds.upper()));
    }
}
