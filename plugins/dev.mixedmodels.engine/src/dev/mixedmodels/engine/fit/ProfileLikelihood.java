package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.CorrelationParameter;
import dev.mixedmodels.engine.inference.Profile;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.optimise.HeldCoordinate;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Profile-likelihood intervals on the fitted criterion: with a parameter held at a value, the criterion is minimised
 * over all others. Values and bounds are in the units of the likelihood.
 * <p>
 * The mathematics: doc/profile.md beside the sources.
 */
public final class ProfileLikelihood {
    /** A first step in the logarithm of a variance, in a correlation or its angle where there is no standard error. */
    private static final double FIRST_STEP = 0.5;
    /** A correlation that is nearer to 1 is 1. */
    private static final double FULL = 1e-9;
    /** A coordinate of F below this part of the start's starts there. */
    private static final double NEGLIGIBLE = 0.05;
    /**
     * Variance relative to the residual's from which a singular D may leave its boundary: with few subjects far enough
     * to come into another valley,
     */
    private static final double FAR = 0.01;
    /** else so near that one evaluation tells that it stays there. */
    private static final double NEAR = 1e-10;
    /** A parameter whose bounds need more evaluations than this has none. */
    private static final int MAX_EVALUATIONS = 10_000;
    /** With so many subjects the criterion has one minimum, else other starts are tried as well. */
    private static final int MANY_SUBJECTS = 100;

    private final FittedCovariance estimate;
    private final CovarianceModel model;
    private final double[][] d;
    private final double logScale;
    private final List<HeldParameter> starts = new ArrayList<>();
    private final double confidence;
    private final Map<Integer, ProfileBounds> deviations = new HashMap<>();

    /**
     * @param estimate the minimum and the criterion
     * @param confidence confidence level in (0, 1)
     */
    public ProfileLikelihood(final FittedCovariance estimate, final double confidence) {
        this.estimate = estimate;
        this.confidence = confidence;
        model = estimate.model();
        d = model.random().userCovariance(estimate.factor());
        final double[] absolute = estimate.absolute();
        logScale = absolute[absolute.length - 1];
        starts.add(new HeldParameter(model, absolute, absolute, few() ? FAR : NEAR));
        if (few()) {
            estimate.others().forEach(other -> starts.add(new HeldParameter(model, absolute, other, FAR)));
        }
    }

    private boolean few() {
        return estimate.likelihood().units() < MANY_SUBJECTS;
    }

    /**
     * The bounds of the coordinate that is held.
     *
     * @param choice the coordinates from each start
     * @param value the coordinate at the estimate
     * @param step a first step where there is no standard error
     */
    private ProfileBounds bounds(final Function<HeldParameter, Held> choice, final double value, final double step) {
        final Minima minima = new Minima(choice, value);
        final double error = minima.tangent.stdError();
        return ProfileBounds.along(minima, value, minima.held.least(), minima.held.most(), error > 0 ? error : step,
            confidence);
    }

    /**
     * What the criterion with a coordinate held exceeds its minimum by; no number where there is none or it takes too
     * long.
     */
    private final class Minima implements Profile {
        private final List<Held> others;
        private final Held held;
        private final Tangent tangent;
        private final HeldCoordinate path;

        Minima(final Function<HeldParameter, Held> choice, final double value) {
            others = few() ? starts.stream().map(choice).toList() : List.of();
            final Held near = choice.apply(starts.get(0));
            held = near.at(near.held(), value);
            tangent = Tangent.of(estimate, held);
            path = new HeldCoordinate(estimate.likelihood().absolute(held.coordinates()), held.lower(), held.upper(),
                held.held(), held.start(), tangent.direction(), estimate.likelihood().progress());
        }

        @Override
        public Point at(final double value) {
            Optimum best = minimise(value, opened(path.start(value)));
            for (final Held other : others) {
                best = better(best, minimise(value, other.nearest(value)));
            }
            if (best == null) {
                return NONE;
            }
            path.take(best);
            return new Point(best.value() - estimate.minimum().value(), best.gradient()[held.held()]);
        }

        private Optimum minimise(final double value, final double[] start) {
            return path.evaluations() > MAX_EVALUATIONS ? null : path.minimise(value, start).orElse(null);
        }

        /**
         * A coordinate of F that is nearly 0 starts at the estimate, where it is not: at 0 the criterion may be
         * stationary.
         */
        private double[] opened(final double[] x) {
            for (int k = 0; k < x.length - model.residual().size() - 1; k++) {
                final double near = held.start()[k];
                x[k] = k == held.held() || Math.abs(x[k]) > NEGLIGIBLE * Math.abs(near) ? x[k] : near;
            }
            return x;
        }
    }

    private static Optimum better(final Optimum one, final Optimum other) {
        return one == null || other != null && other.value() < one.value() ? other : one;
    }

    /**
     * Bounds of a variance, searched for as a standard deviation.
     *
     * @param block the block of an effect
     * @param j its index there
     * @return the bounds
     */
    public ProfileBounds variance(final RandomBlock block, final int j) {
        final int at = block.first() + j;
        return squares(deviations.computeIfAbsent(at, effect -> bounds(start -> start.variance(block, j),
            estimate.vanishes(block, j) ? 0 : Math.sqrt(d[at][at]),
            FIRST_STEP * Math.exp(logScale / 2) * Math.sqrt(block.unitVariance(j)) / fourthRoot(estimate.likelihood()
            .units()))));
    }

    /** Standard errors of a variance that is 0 are about inverse to the root of the number of units. */
    private static double fourthRoot(final int units) {
        return Math.sqrt(Math.sqrt(units));
    }

    private static ProfileBounds squares(final ProfileBounds roots) {
        return new ProfileBounds(roots.lower() * roots.lower(), roots.upper() * roots.upper());
    }

    /**
     * Bounds of a correlation. Where a variance may be 0 its correlations may be anything.
     *
     * @param block the block of two effects
     * @param j index of one there
     * @param k index of the other
     * @return the bounds
     */
    public ProfileBounds correlation(final RandomBlock block, final int j, final int k) {
        final double least = block.free() ? -1 : -1.0 / (block.size() - 1);
        if (variance(block, j).lower() == 0 || variance(block, k).lower() == 0) {
            return new ProfileBounds(least, 1);
        }
        final int a = block.first() + j;
        final int b = block.first() + k;
        final double r = d[a][b] / Math.sqrt(d[a][a] * d[b][b]);
        final double rho = 1 - Math.abs(r) < FULL ? Math.signum(r) : Math.max(least, r);
        final ProfileBounds angles =
            bounds(start -> start.correlation(block, j, k), HeldParameter.angle(block, rho), FIRST_STEP);
        return sorted(HeldParameter.correlation(block, angles.lower()),
            HeldParameter.correlation(block, angles.upper()));
    }

    private static ProfileBounds sorted(final double one, final double other) {
        return new ProfileBounds(Math.min(one, other), Math.max(one, other));
    }

    /**
     * Bounds of a residual parameter that is a function of one coordinate.
     *
     * @param parameter its place in {@link ResidualModel#names}
     * @return the bounds
     */
    public ProfileBounds residual(final int parameter) {
        final ResidualModel residual = model.residual();
        final CorrelationParameter correlation = residual.correlation(parameter);
        if (correlation != null) {
            return correlation(parameter, correlation);
        }
        final double value = residual.values(estimate.eta(), logScale)[parameter];
        if (parameter >= residual.variances()) {
            return bounds(start -> start.residual(parameter), value, FIRST_STEP);
        }
        if (value == 0) {
            return vanished(parameter);
        }
        final ProfileBounds logs = bounds(start -> start.residual(parameter), Math.log(value), FIRST_STEP);
        return new ProfileBounds(logs.lower() == starts.get(0).residual(parameter).least() ? 0 : Math.exp(logs.lower()),
            Math.exp(logs.upper()));
    }

    /** A correlation is searched for as its eta, which may fall where it rises; its limits are those of eta. */
    private ProfileBounds correlation(final int parameter, final CorrelationParameter correlation) {
        final int eta = model.residual().etaOfParameter(parameter);
        final int rows = model.residual().extent().maxRows();
        final Held held = starts.get(0).residual(parameter);
        final ProfileBounds etas = bounds(start -> start.residual(parameter), estimate.eta()[eta], FIRST_STEP);
        final boolean rises = correlation.map(estimate.eta()[eta], rows).first() > 0;
        final DoubleUnaryOperator value = x -> x == held.least() ? rises ? correlation.least(rows) : correlation.most()
            : x == held.most() ? rises ? correlation.most() : correlation.least(rows) : correlation.map(x, rows)
            .value();
        return sorted(value.applyAsDouble(etas.lower()), value.applyAsDouble(etas.upper()));
    }

    /** A residual variance that is 0 is searched for as a standard deviation. */
    private ProfileBounds vanished(final int parameter) {
        final Profile logs = new Minima(start -> start.residual(parameter), logScale - model.residual()
            .mostLogVarianceRatio());
        return squares(ProfileBounds.along(deviation -> {
            final Profile.Point point = logs.at(2 * Math.log(deviation));
            return new Profile.Point(point.excess(), 2 / deviation * point.slope());
        }, 0, 0, Double.POSITIVE_INFINITY, FIRST_STEP * Math.exp(logScale / 2), confidence));
    }
}
