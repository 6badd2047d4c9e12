package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;

/**
 * Everything that the output tables are made of. Estimates and intervals are in the unit of {@link SizeClasses}, which
 * is measured in the unit of the group statistics, which is measured in the response's own; {@link #own} leads back.
 *
 * @param settings of the run
 * @param data what was fitted
 * @param anova sums of squares, in the unit of the group statistics
 * @param classes the groups by size
 * @param estimates by the chosen method
 * @param restricted the REML fit when the chosen method's or the tests need it, else null
 * @param bounds intervals for the variances
 * @param mean inference on mu, in the unit of the group statistics
 */
record OneWayFit(RandomInterceptSettings settings, GroupedData data, AnovaTable anova, SizeClasses classes,
    VarianceEstimates estimates, VarianceEstimates restricted, VarianceBounds bounds, Contrast mean) {

    /** An estimate in the response's own unit to a power; NaN if that is out of the range of doubles. */
    double own(final double x, final int power) {
        return new BinaryUnit(anova.unit().exponent() + Math.getExponent(classes.unit())).restore(x, power);
    }

    /** sigma2 / (sigma2 + tau2); NaN where a negative sigma2 brings it below -1. */
    double intraclassCorrelation() {
        return intraclassCorrelation(estimates);
    }

    static double intraclassCorrelation(final VarianceEstimates estimates) {
        final double icc = estimates.intraclassCorrelation();
        return Math.abs(icc) <= 1 ? icc : Double.NaN;
    }

    /** The mean of other estimates from groups of these sizes, in the response's own unit. */
    double mean(final VarianceEstimates other) {
        return anova.unit().restore(anova.grandMean() + (anova.grandMeanLow() + other.mean() * classes.unit()), 1);
    }

    /** Variance of the estimate of mu in the unit of the classes, Kenward and Roger's where it is chosen. */
    double meanVariance() {
        final double stdError = mean.stdError() / classes.unit();
        return stdError * stdError;
    }

    /** Whether variances are out of the range of doubles. */
    boolean outOfRange() {
        return Double.isNaN(own(estimates.tau2(), 2));
    }

    boolean moments() {
        return settings.method() == Method.ANOVA;
    }

    boolean negative() {
        return estimates.sigma2() < 0;
    }
}
