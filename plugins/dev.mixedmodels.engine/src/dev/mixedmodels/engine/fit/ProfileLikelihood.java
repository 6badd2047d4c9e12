package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.CorrelationParameter;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.optimise.Objective;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Profile-likelihood intervals on the fitted criterion: with a parameter held at a value, the criterion is minimised
 * over all others. Values and bounds are in the units of the likelihood.
 */
public final class ProfileLikelihood {
    private static final double TOLERANCE = 1e-12;
    /** A first step in the logarithm of a variance or the z of a correlation where there is no standard error. */
    private static final double FIRST_STEP = 0.5;
    private static final double LARGEST_Z = 18;
    private static final double MOST_EXTRAPOLATION = 2;
    private static final double NEGLIGIBLE = 0.05;
    private static final int MAX_ITERATIONS = 100;
    /** A parameter whose bounds need more evaluations than this has none. */
    private static final int MAX_EVALUATIONS = 10_000;
    /** With so many subjects the criterion has one minimum, else other starts are tried as well. */
    private static final int MANY_SUBJECTS = 100;

    private final FittedCovariance estimate;
    private final CovarianceModel model;
    private final double logScale;
    private final List<HeldParameter> submodels = new ArrayList<>();
    private final double confidence;

    /**
     * @param estimate the minimum and the criterion
     * @param confidence confidence level in (0, 1)
     */
    public ProfileLikelihood(final FittedCovariance estimate, final double confidence) {
        this.estimate = estimate;
        this.confidence = confidence;
        model = estimate.model();
        final double[] absolute = estimate.absolute();
        logScale = absolute[absolute.length - 1];
        submodels.add(new HeldParameter(model, absolute, absolute));
        if (few()) {
            estimate.others().forEach(other -> submodels.add(new HeldParameter(model, absolute, other)));
        }
    }

    private boolean few() {
        return estimate.likelihood().units() < MANY_SUBJECTS;
    }

    /** What the profiled criterion exceeds its minimum by; NaN where there is none or it takes too long. */
    private DoubleUnaryOperator excess(final BiFunction<HeldParameter, Double, Held> submodel) {
        final Path path = new Path();
        return new DoubleUnaryOperator() {
            private int evaluations;

            @Override
            public double applyAsDouble(final double value) {
                final Held near = submodel.apply(submodels.get(0), value);
                Optimum best = search(near, path.start(value, near.start()));
                for (int i = 0; i < submodels.size() && few(); i++) {
                    final Held held = submodel.apply(submodels.get(i), value);
                    best = better(best, i > 0 || path.begun() ? search(held, held.start()) : null);
                }
                if (best == null) {
                    return Double.NaN;
                }
                path.add(value, best.theta());
                return best.value() - estimate.minimum().value();
            }

            private Optimum search(final Held held, final double[] start) {
                final Objective objective = estimate.likelihood().absolute(held.coordinates());
                if (evaluations > MAX_EVALUATIONS || !Double.isFinite(objective.value(held.inside(start), null, null))) {
                    return null;
                }
                final Optimum optimum = new ProjectedNewton(objective, held.lower(), held.upper(), true).valueOnly()
                    .minimise(start, MAX_ITERATIONS, TOLERANCE, estimate.likelihood().progress());
                evaluations += optimum.evaluations();
                return optimum;
            }
        };
    }

    private static Optimum better(final Optimum one, final Optimum other) {
        return one == null || other != null && other.value() < one.value() ? other : one;
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

        boolean begun() {
            return before != null;
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

    /**
     * Bounds of a variance, searched for as a standard deviation.
     *
     * @param block the block of an effect
     * @param j its index there
     * @param value its variance at the estimate
     * @param stdError standard error of the variance, NaN if unknown
     * @return the bounds
     */
    public ProfileBounds variance(final RandomBlock block, final int j, final double value, final double stdError) {
        final double root = Math.sqrt(value);
        final double step = stdError > 0 ? stdError / (2 * root)
            : FIRST_STEP * Math.exp(logScale / 2) * Math.sqrt(block.unitVariance(j));
        final DoubleUnaryOperator excess = excess((held, sd) -> held.variance(block, j, sd * sd));
        final ProfileBounds roots =
            ProfileBounds.of(excess, root, 0, Double.POSITIVE_INFINITY, step, confidence);
        return new ProfileBounds(roots.lower() * roots.lower(), roots.upper() * roots.upper());
    }

    /**
     * Bounds of a correlation, searched for on the z scale.
     *
     * @param block the block of two effects
     * @param j index of one there
     * @param k index of the other
     * @param value their correlation at the estimate
     * @param stdError its standard error, NaN if unknown
     * @return the bounds
     */
    public ProfileBounds correlation(final RandomBlock block, final int j, final int k, final double value,
        final double stdError) {
        final double lowest = block.free() ? -1 : -1.0 / (block.size() - 1);
        final DoubleUnaryOperator excess = excess((held, rho) -> held.correlation(block, j, k, rho));
        final double without = Math.min(without(block, j), without(block, k));
        return mapped(rho -> Math.min(without, excess.applyAsDouble(rho)), value, lowest, stdError);
    }

    /** Where a variance is 0 its correlations may be anything: no correlation has a larger excess than this. */
    private double without(final RandomBlock block, final int j) {
        final double value = excess((held, v) -> held.variance(block, j, v)).applyAsDouble(0);
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    /**
     * Bounds of a residual parameter that is a function of one coordinate.
     *
     * @param parameter its place in {@link ResidualModel#names}
     * @param value its estimate
     * @param stdError standard error of the estimate, NaN if unknown
     * @return the bounds
     */
    public ProfileBounds residual(final int parameter, final double value, final double stdError) {
        final ResidualModel residual = model.residual();
        final DoubleUnaryOperator excess = excess((held, v) -> held.residual(parameter, v));
        final CorrelationParameter correlation = residual.correlation(parameter);
        if (correlation == CorrelationParameter.RANGE) {
            return range(excess, value, stdError);
        }
        if (correlation != null) {
            return mapped(excess, value, correlation.least(residual.extent().maxRows()), stdError);
        }
        if (residual.power() && parameter == 1) {
            return ProfileBounds.of(excess, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                stdError > 0 ? stdError : FIRST_STEP, confidence);
        }
        if (value == 0) {
            final ProfileBounds roots = ProfileBounds.of(sd -> excess.applyAsDouble(sd * sd), 0, 0, Double.POSITIVE_INFINITY,
                FIRST_STEP * Math.exp(logScale / 2), confidence);
            return new ProfileBounds(0, roots.upper() * roots.upper());
        }
        final double least = logScale - residual.mostLogVarianceRatio();
        final ProfileBounds logs = ProfileBounds.of(log -> excess.applyAsDouble(Math.exp(log)), Math.log(value),
            residual.variances() > 1 ? least : Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
            stdError > 0 ? stdError / value : FIRST_STEP, confidence);
        return new ProfileBounds(logs.lower() == least ? 0 : Math.exp(logs.lower()), Math.exp(logs.upper()));
    }

    /** A range is searched for as its logarithm; its limits are 0 and infinity. */
    private ProfileBounds range(final DoubleUnaryOperator excess, final double value, final double stdError) {
        final int at = model.residual().shapes();
        final double least = model.residual().bounds(-1)[at];
        final double most = model.residual().bounds(1)[at];
        final ProfileBounds logs = ProfileBounds.of(x -> excess.applyAsDouble(Math.exp(x)), Math.max(least, Math.log(value)),
            least, most, stdError > 0 ? stdError / value : FIRST_STEP, confidence);
        return new ProfileBounds(logs.lower() == least ? 0 : Math.exp(logs.lower()),
            logs.upper() == most ? Double.POSITIVE_INFINITY : Math.exp(logs.upper()));
    }

    /** A correlation in (lowest, 1) is searched for as z = log((rho - lowest) / (1 - rho)). */
    private ProfileBounds mapped(final DoubleUnaryOperator excess, final double value, final double lowest,
        final double stdError) {
        final DoubleUnaryOperator fromZ = z -> lowest + (1 - lowest) / (1 + Math.exp(-z));
        final double z = Math.max(-LARGEST_Z, Math.min(LARGEST_Z, Math.log((value - lowest) / (1 - value))));
        final double step =
            stdError > 0 ? stdError * (1 - lowest) / ((value - lowest) * (1 - value)) : FIRST_STEP;
        final ProfileBounds bounds = ProfileBounds.of(x -> excess.applyAsDouble(fromZ.applyAsDouble(x)), z, -LARGEST_Z,
            LARGEST_Z, step, confidence);
        return new ProfileBounds(bounds.lower() == -LARGEST_Z ? lowest : fromZ.applyAsDouble(bounds.lower()),
            bounds.upper() == LARGEST_Z ? 1 : fromZ.applyAsDouble(bounds.upper()));
    }
}
