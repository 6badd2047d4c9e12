package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.longitudinal.HeldParameter.Held;
import dev.mixedmodels.engine.optimise.Objective;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Profile-likelihood intervals on the fitted criterion: with a parameter held at a value, the criterion is minimised
 * over all others. Values and bounds are in the units of the likelihood.
 */
final class ProfileLikelihood {
    private static final double TOLERANCE = 1e-11;
    /** A first step in the logarithm of a variance or the z of a correlation where there is no standard error. */
    private static final double FIRST_STEP = 0.5;
    private static final double LARGEST_Z = 18;
    private static final double MOST_EXTRAPOLATION = 2;
    private static final double NEGLIGIBLE = 0.05;
    private static final double SEARCH_PRECISION = 1e-7;

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

    /** What the profiled criterion exceeds its minimum by; NaN where there is none. */
    private DoubleUnaryOperator excess(final DoubleFunction<Held> submodel) {
        final Path path = new Path();
        return value -> {
            final Held held = submodel.apply(value);
            final AffineCoordinates coordinates = held.coordinates();
            final int n = coordinates.size();
            final double[] x = path.start(value, coordinates.nearest(held.near()));
            final double[] lower = new double[n];
            final double[] upper = new double[n];
            bounds(coordinates, held.nonNegative(), lower, upper);
            final Objective objective = estimate.criterion().absolute(coordinates);
            if (!Double.isFinite(objective.value(x, null, null))) {
                return Double.NaN;
            }
            final Optimum optimum = new ProjectedNewton(objective, lower, upper, true)
                .minimise(x, maxIterations, TOLERANCE, estimate.criterion().progress());
            path.add(value, optimum.theta());
            return optimum.value() - least;
        };
    }

    /**
     * Where the next search begins: on the line through the last two minima. A coordinate that is nearly 0 there starts
     * near the estimate instead, for at a singular D the criterion is stationary in it.
     */
    private static final class Path {
        private double lastValue = Double.NaN;
        private double[] last;
        private double beforeValue;
        private double[] before;

        void add(final double value, final double[] x) {
            if (value != lastValue) {
                before = last;
                beforeValue = lastValue;
                last = x;
                lastValue = value;
            }
        }

        double[] start(final double value, final double[] near) {
            if (before == null) {
                return near;
            }
            final double share = (value - lastValue) / (lastValue - beforeValue);
            final double weight = Math.abs(share) < MOST_EXTRAPOLATION ? share : 0;
            final double[] x = new double[near.length];
            for (int k = 0; k < x.length; k++) {
                x[k] = last[k] + weight * (last[k] - before[k]);
                if (!(Math.abs(last[k]) > NEGLIGIBLE * Math.abs(near[k])) || x[k] * last[k] < 0) {
                    x[k] = near[k];
                }
            }
            return x;
        }
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

    /** Bounds of the variance of effect j of a block, searched for as a standard deviation. */
    ProfileBounds variance(final RandomBlock block, final int j, final double value, final double stdError) {
        final double root = Math.sqrt(value);
        final double step = stdError > 0 ? stdError / (2 * root) : FIRST_STEP * Math.exp(estimate.logScale() / 2);
        final DoubleUnaryOperator excess = block.kind() == RandomStructure.COMPOUND_SYMMETRY ? symmetric(block)
            : excess(sd -> submodels.variance(block, j, sd * sd));
        final ProfileBounds roots =
            BoundSearch.of(excess, root, 0, Double.POSITIVE_INFINITY, step, confidence);
        return new ProfileBounds(roots.lower() * roots.lower(), roots.upper() * roots.upper());
    }

    /** With a common variance held, the least excess over the common correlation, which is a search of its own. */
    private DoubleUnaryOperator symmetric(final RandomBlock block) {
        final double lowest = -1.0 / (block.size() - 1);
        return sd -> {
            final DoubleUnaryOperator excess = excess(rho -> submodels.symmetric(block, sd * sd, rho));
            return new BrentOptimizer(SEARCH_PRECISION, SEARCH_PRECISION).optimize(GoalType.MINIMIZE,
                new MaxEval(maxIterations), new SearchInterval(lowest, 1),
                new UnivariateObjectiveFunction(excess::applyAsDouble)).getValue();
        };
    }

    /** Bounds of the correlation of effects j and k of a block, searched for on the z scale. */
    ProfileBounds correlation(final RandomBlock block, final int j, final int k, final double value,
        final double stdError) {
        final double lowest = block.free() ? -1 : -1.0 / (block.size() - 1);
        final DoubleUnaryOperator excess = excess(rho -> submodels.correlation(block, j, k, rho));
        return mapped(excess, value, lowest, stdError);
    }

    /** Bounds of a residual parameter by its place among them. */
    ProfileBounds residual(final int parameter, final double value, final double stdError) {
        final ResidualModel model = estimate.model().residual();
        final DoubleUnaryOperator excess = excess(v -> submodels.residual(parameter, v));
        if (model.correlated() && parameter == model.names().size() - 1) {
            return mapped(excess, value, model.structure().least(model.maxRows()), stdError);
        }
        if (model.power() && parameter == 1) {
            return BoundSearch.of(excess, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                stdError > 0 ? stdError : FIRST_STEP, confidence);
        }
        final ProfileBounds logs = BoundSearch.of(log -> excess.applyAsDouble(Math.exp(log)), Math.log(value),
            Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, stdError > 0 ? stdError / value : FIRST_STEP,
            confidence);
        return new ProfileBounds(Math.exp(logs.lower()), Math.exp(logs.upper()));
    }

    /** A correlation in (lowest, 1) is searched for as z = log((rho - lowest) / (1 - rho)). */
    private ProfileBounds mapped(final DoubleUnaryOperator excess, final double value, final double lowest,
        final double stdError) {
        final DoubleUnaryOperator fromZ = z -> lowest + (1 - lowest) / (1 + Math.exp(-z));
        final double z = Math.max(-LARGEST_Z, Math.min(LARGEST_Z, Math.log((value - lowest) / (1 - value))));
        final double step =
            stdError > 0 ? stdError * (1 - lowest) / ((value - lowest) * (1 - value)) : FIRST_STEP;
        final ProfileBounds bounds = BoundSearch.of(x -> excess.applyAsDouble(fromZ.applyAsDouble(x)), z, -LARGEST_Z,
            LARGEST_Z, step, confidence);
        return new ProfileBounds(bounds.lower() == -LARGEST_Z ? lowest : fromZ.applyAsDouble(bounds.lower()),
            bounds.upper() == LARGEST_Z ? 1 : fromZ.applyAsDouble(bounds.upper()));
    }
}
