package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.RatioCriterion.Point;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import java.util.function.ToDoubleFunction;

/** Confidence intervals for sigma2 and tau2, in the unit of {@link SizeClasses}; NaN where there is none. */
record VarianceBounds(ProfileBounds sigma2, ProfileBounds tau2) {
    private static final ProfileBounds NONE = new ProfileBounds(Double.NaN, Double.NaN);

    static VarianceBounds of(final RandomInterceptSettings settings, final AnovaTable anova, final SizeClasses data,
        final LikelihoodEstimator likelihood, final Estimates estimates) {
        final double confidence = settings.confidence();
        if (settings.varianceIntervals() == VarianceIntervals.NONE) {
            return new VarianceBounds(NONE, NONE);
        }
        if (settings.varianceIntervals() == VarianceIntervals.WALD) {
            final boolean log = settings.method() != Method.ANOVA;
            final double[][] covariance = estimates.covariance();
            return new VarianceBounds(wald(estimates.sigma2(), covariance[0][0], confidence, log),
                wald(estimates.tau2(), covariance[1][1], confidence, log));
        }
        return settings.method() == Method.ANOVA ? moments(anova, data, confidence)
            : profile(likelihood, estimates, confidence);
    }

    private static ProfileBounds wald(final double estimate, final double variance, final double confidence,
        final boolean log) {
        final double half = Tail.normalQuantile((1 - confidence) / 2) * Math.sqrt(variance);
        return log ? new ProfileBounds(estimate * Math.exp(-half / estimate), estimate * Math.exp(half / estimate))
            : new ProfileBounds(estimate - half, estimate + half);
    }

    /**
     * tau2: SSW / chi-square quantiles, exact. sigma2 of balanced data: Williams (1962) Biometrika 49:278-281 and
     * Tukey (1951), SSB (1 - F quantile / F) / (n chi-square quantile), coverage between 1 - 2 alpha and 1 - alpha,
     * nearly the latter.
     */
    private static VarianceBounds moments(final AnovaTable anova, final SizeClasses data, final double confidence) {
        final double tail = (1 - confidence) / 2;
        final double dfBetween = anova.dfBetween();
        final double dfWithin = anova.dfWithin();
        final ProfileBounds tau2 = new ProfileBounds(data.within / Tail.chiSquareQuantile(tail, dfWithin),
            data.within / Tail.chiSquareQuantile(1 - tail, dfWithin));
        if (!data.balanced()) {
            return new VarianceBounds(NONE, tau2);
        }
        // SSB (1 - F quantile / F) = SSB - F quantile (a - 1) MSW
        final double between = anova.between() / data.unit / data.unit;
        final double unit = dfBetween * data.within / dfWithin;
        final double n = data.largest();
        return new VarianceBounds(new ProfileBounds(
            (between - unit * Tail.fQuantile(tail, dfBetween, dfWithin)) / n
                / Tail.chiSquareQuantile(tail, dfBetween),
            (between - unit * Tail.fQuantile(1 - tail, dfBetween, dfWithin)) / n
                / Tail.chiSquareQuantile(1 - tail, dfBetween)), tau2);
    }

    /** On the criterion that was fitted, the other variance maximised over at each value. */
    private static VarianceBounds profile(final LikelihoodEstimator likelihood, final Estimates e,
        final double confidence) {
        final RatioCriterion criterion = likelihood.criterion();
        final RatioSearch search = likelihood.search();
        final double m = criterion.df();
        final double least = m + criterion.profile(search.minimum());
        final ProfileBounds logs = ProfileBounds.of(log -> {
            final double tau2 = Math.exp(log);
            return m * log - least + minimum(search, p -> p.h() + p.q() / tau2, p -> p.hSlope() + p.qSlope() / tau2);
        }, Math.log(e.tau2()), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1 / Math.sqrt(m), confidence);
        final ProfileBounds sigma2 = ProfileBounds.of(s -> s == 0 ? m + criterion.profile(criterion.at(0)) - least
            : minimum(search, p -> p.h() + m * Math.log(s / p.ratio()) + p.q() * p.ratio() / s,
                p -> p.ratio() * p.hSlope() - m + p.ratio() * (p.q() + p.ratio() * p.qSlope()) / s) - least,
            e.sigma2(), 0, Double.POSITIVE_INFINITY, e.sigma2() > 0 ? e.sigma2() / 2
                : e.tau2() / criterion.data().largest(), confidence);
        return new VarianceBounds(sigma2, new ProfileBounds(Math.exp(logs.lower()), Math.exp(logs.upper())));
    }

    private static double minimum(final RatioSearch search, final ToDoubleFunction<Point> value,
        final ToDoubleFunction<Point> slope) {
        return value.applyAsDouble(search.minimum(value, slope));
    }
}
