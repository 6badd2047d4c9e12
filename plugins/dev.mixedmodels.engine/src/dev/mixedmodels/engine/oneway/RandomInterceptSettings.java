package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;

/**
 * Settings of a Random Intercept ANOVA.
 *
 * @param response name of the response column, for tables and messages
 * @param group name of the grouping column
 * @param method how the variances are estimated
 * @param dfMethod degrees of freedom of the mean
 * @param confidenceLevel percent, between 0 and 100
 * @param varianceIntervals intervals for the variances
 * @param randomTests whether to test sigma2 = 0
 * @param seed of the simulation in the exact test of unbalanced data
 */
public record RandomInterceptSettings(String response, String group, Method method, DfMethod dfMethod,
    double confidenceLevel, VarianceIntervals varianceIntervals, boolean randomTests, long seed) {

    /** How the variances are estimated. */
    public enum Method {
        /** Restricted maximum likelihood. */
        REML,
        /** Maximum likelihood. */
        ML,
        /** Method of moments: mean squares are set to their expectations. */
        ANOVA
    }

    /** Degrees of freedom of the mean. */
    public enum DfMethod {
        /** Satterthwaite, with the observed information. */
        SATTERTHWAITE,
        /** Kenward and Roger (1997), with the expected information; REML only. */
        KENWARD_ROGER,
        /** N - 1. */
        RESIDUAL,
        /** Infinite: the normal distribution. */
        ASYMPTOTIC
    }

    /** Confidence intervals for the variances. */
    public enum VarianceIntervals {
        /** Profile likelihood; with the method of moments its chi-square and Williams-Tukey intervals. */
        PROFILE,
        /** Estimate and standard error on the log scale; with the method of moments on the scale of the estimate. */
        WALD,
        /** None. */
        NONE
    }

    /**
     * @throws ModelException if the confidence level is not between 0 and 100, or if Kenward-Roger is asked for
     *             without REML
     */
    public RandomInterceptSettings {
        if (!(confidenceLevel > 0 && confidenceLevel < 100)) {
            throw new ModelException("The confidence level is " + confidenceLevel
                + " percent; it must lie between 0 and 100, both excluded. 95 is usual.");
        }
        if (dfMethod == DfMethod.KENWARD_ROGER && method != Method.REML) {
            throw new ModelException("Kenward-Roger degrees of freedom exist for REML only, since they correct the "
                + "REML estimates' covariance matrix; the method is " + method
                + ". Choose REML, or Satterthwaite degrees of freedom.");
        }
    }

    /**
     * @param response name of the response column
     * @param group name of the grouping column
     * @param method how the variances are estimated
     * @return the default settings for these
     */
    public static RandomInterceptSettings of(final String response, final String group, final Method method) {
        return new RandomInterceptSettings(response, group, method, DfMethod.SATTERTHWAITE, 95,
            VarianceIntervals.PROFILE, true, 1);
    }

    /** The confidence level in (0, 1). */
    double confidence() {
        return confidenceLevel / 100;
    }
}
