package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;

/** Confidence intervals for sigma2 and tau2, in the unit of {@link SizeClasses}; NaN where there is none. */
record VarianceBounds(ProfileBounds sigma2, ProfileBounds tau2) {
    static VarianceBounds of(final RandomInterceptSettings settings, final AnovaTable anova, final SizeClasses data,
        final LikelihoodEstimator likelihood, final VarianceEstimates estimates) {
        final double confidence = settings.inference().confidence();
        if (!settings.inference().varianceIntervals().wald()) {
            return new VarianceBounds(ProfileBounds.NONE, ProfileBounds.NONE);
        }
        if (!settings.inference().varianceIntervals().profile()) {
            final WaldBounds wald = WaldBounds.of(settings.inference().varianceIntervals(), confidence);
            final double[] errors = {Math.sqrt(estimates.covariance()[0][0]), Math.sqrt(estimates.covariance()[1][1])};
            if (settings.method() != Method.ANOVA) {
                return new VarianceBounds(wald.variance(estimates.sigma2(), errors[0]),
                    wald.variance(estimates.tau2(), errors[1]));
            }
            final ProfileBounds tau2 = wald.plain(estimates.tau2(), errors[1]);
            return new VarianceBounds(wald.plain(estimates.sigma2(), errors[0]),
                new ProfileBounds(Math.max(0, tau2.lower()), tau2.upper()));
        }
        return settings.method() == Method.ANOVA ? moments(anova, data, confidence)
            : new VarianceProfile(likelihood, estimates).bounds(confidence);
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
            return new VarianceBounds(ProfileBounds.NONE, tau2);
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
