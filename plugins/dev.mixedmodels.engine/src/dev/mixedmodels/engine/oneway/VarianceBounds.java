package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;

/** Confidence intervals for sigma2 and tau2, in the unit of {@link SizeClasses}; NaN where there is none. */
record VarianceBounds(ProfileBounds sigma2, ProfileBounds tau2) {
    private static final ProfileBounds NONE = new ProfileBounds(Double.NaN, Double.NaN);

    static VarianceBounds of(final RandomInterceptSettings settings, final AnovaTable anova, final SizeClasses data,
        final LikelihoodEstimator likelihood, final VarianceEstimates estimates) {
        final double confidence = settings.inference().confidence();
        if (!settings.inference().varianceIntervals().wald()) {
            return new VarianceBounds(NONE, NONE);
        }
        if (!settings.inference().varianceIntervals().profile()) {
            final boolean log = settings.method() != Method.ANOVA;
            final double[][] covariance = estimates.covariance();
            final ProfileBounds tau2 = wald(estimates.tau2(), covariance[1][1], confidence, log);
            return new VarianceBounds(wald(estimates.sigma2(), covariance[0][0], confidence, log),
                new ProfileBounds(Math.max(0, tau2.lower()), tau2.upper()));
        }
        return settings.method() == Method.ANOVA ? moments(anova, data, confidence)
            : new VarianceProfile(likelihood, estimates).bounds(confidence);
    }

    private static ProfileBounds wald(final double estimate, final double variance, final double confidence,
        final boolean log) {
        final double half = Tail.normalQuantile((1 - confidence) / 2) * Math.sqrt(variance);
        return log ? WaldBounds.variance(estimate, half) : WaldBounds.plain(estimate, half);
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
        final ProfileBounds tau2 = new ProfileBounds(data.within() / Tail.chiSquareQuantile(tail, dfWithin),
            data.within() / Tail.chiSquareQuantile(1 - tail, dfWithin));
        if (!data.balanced()) {
            return new VarianceBounds(NONE, tau2);
        }
        // SSB (1 - F quantile / F) = SSB - F quantile (a - 1) MSW
        final double between = anova.between() / data.unit() / data.unit();
        final double unit = dfBetween * data.within() / dfWithin;
        final double n = data.largest();
        return new VarianceBounds(new ProfileBounds(
            (between - unit * Tail.fQuantile(tail, dfBetween, dfWithin)) / n
                / Tail.chiSquareQuantile(tail, dfBetween),
            (between - unit * Tail.fQuantile(1 - tail, dfBetween, dfWithin)) / n
                / Tail.chiSquareQuantile(1 - tail, dfBetween)), tau2);
    }
}
