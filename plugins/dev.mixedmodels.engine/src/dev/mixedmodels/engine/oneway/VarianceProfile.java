package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.oneway.RatioCriterion.Point;
import dev.mixedmodels.engine.result.ProfileCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How much -2 log likelihood lies above its minimum when one variance is held at a value and the other maximised over.
 * Variances in the unit of {@link SizeClasses}.
 */
final class VarianceProfile {
    private static final int POINTS = 61;
    /** A curve is drawn so much beyond the interval, as a part of its length. */
    private static final double MARGIN = 0.3;

    private final RatioCriterion criterion;
    private final RatioSearch search;
    private final VarianceEstimates estimates;
    private final double m;
    private final double least;

    VarianceProfile(final LikelihoodEstimator likelihood, final VarianceEstimates estimates) {
        criterion = likelihood.criterion();
        search = likelihood.search();
        this.estimates = estimates;
        m = criterion.df();
        least = m + criterion.profile(search.minimum());
    }

    /** At log tau2. */
    double logTau2(final double log) {
        final double tau2 = Math.exp(log);
        return m * log - least + minimum(p -> p.h() + p.q() / tau2, p -> p.hSlope() + p.qSlope() / tau2);
    }

    /** At sigma2, possibly 0. */
    double sigma2(final double s) {
        return s == 0 ? m + criterion.profile(criterion.at(0)) - least
            : minimum(p -> p.h() + m * Math.log(s / p.ratio()) + p.q() * p.ratio() / s,
                p -> p.ratio() * p.hSlope() - m + p.ratio() * (p.q() + p.ratio() * p.qSlope()) / s) - least;
    }

    private double minimum(final ToDoubleFunction<Point> value, final ToDoubleFunction<Point> slope) {
        return value.applyAsDouble(search.minimum(value, slope));
    }

    VarianceBounds bounds(final double confidence) {
        final ProfileBounds logs = ProfileBounds.of(this::logTau2, Math.log(estimates.tau2()),
            Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1 / Math.sqrt(m), confidence);
        final ProfileBounds sigma2 = ProfileBounds.of(this::sigma2, estimates.sigma2(), 0, Double.POSITIVE_INFINITY,
            estimates.sigma2() > 0 ? estimates.sigma2() / 2 : estimates.tau2() / criterion.data().largest(),
            confidence);
        return new VarianceBounds(sigma2, new ProfileBounds(Math.exp(logs.lower()), Math.exp(logs.upper())));
    }

    /**
     * Both curves over their intervals and somewhat beyond, evenly over standard deviations.
     *
     * @param group name of the grouping factor
     * @param confidence confidence level
     * @param own a variance in the response's own unit, NaN where that is no number
     */
    List<ProfileCurve> curves(final String group, final double confidence,
        final DoubleUnaryOperator own) {
        final VarianceBounds bounds = bounds(confidence);
        final List<ProfileCurve> curves = new ArrayList<>();
        curves.add(curve(group, bounds.sigma2(), own, this::sigma2));
        curves.add(curve("Residual", bounds.tau2(), own, tau2 -> tau2 == 0 ? Double.NaN : logTau2(Math.log(tau2))));
        curves.removeIf(c -> c.values().length == 0);
        return curves;
    }

    private static ProfileCurve curve(final String name, final ProfileBounds bounds,
        final DoubleUnaryOperator own, final DoubleUnaryOperator deviance) {
        final double lower = Math.sqrt(Double.isNaN(bounds.lower()) ? 0 : bounds.lower());
        final double upper = Math.sqrt(bounds.upper());
        if (!Double.isFinite(own.applyAsDouble(upper * upper))) {
            return new ProfileCurve(name, new double[0], new double[0]);
        }
        final double from = Math.max(0, lower - MARGIN * (upper - lower));
        final double step = (upper + MARGIN * (upper - lower) - from) / (POINTS - 1);
        final double[] values = new double[POINTS];
        final double[] heights = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            final double variance = (from + i * step) * (from + i * step);
            values[i] = own.applyAsDouble(variance);
            heights[i] = deviance.applyAsDouble(variance);
        }
        return new ProfileCurve(name, values, heights);
    }
}
