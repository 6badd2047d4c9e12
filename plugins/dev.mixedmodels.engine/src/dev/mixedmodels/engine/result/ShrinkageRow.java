package dev.mixedmodels.engine.result;

/**
 * The shrinkage estimate of one unit. Missing statistics are NaN.
 *
 * @param unit name of the unit
 * @param observed the unit's own estimate
 * @param observedStdError its standard error
 * @param priorMean E(theta) before the unit's data are seen
 * @param shrinkage weight of the prior mean in the posterior mean: 0 as observed, 1 fully pooled
 * @param mean posterior mean
 * @param stdDeviation posterior standard deviation
 * @param lower lower bound of the equal-tailed posterior interval
 * @param upper its upper bound
 * @param rank expected rank of theta among the units, 1 = smallest
 * @param rankLower lower bound of the posterior interval of the rank
 * @param rankUpper its upper bound
 * @param exceedance P(theta &gt; threshold | data)
 * @param observedLower lower bound of the confidence interval of the unit's own estimate
 * @param observedUpper its upper bound
 * @param marginalMean posterior mean without any prior, by Robbins or Tweedie
 * @param marginalStdError its standard error
 */
public record ShrinkageRow(String unit, double observed, double observedStdError, double priorMean, double shrinkage,
    double mean, double stdDeviation, double lower, double upper, double rank, double rankLower, double rankUpper,
    double exceedance, double observedLower, double observedUpper, double marginalMean, double marginalStdError) {

    /**
     * @param unit name of a unit of which nothing can be said
     * @return its row
     */
    public static ShrinkageRow missing(final String unit) {
        final double none = Double.NaN;
        return new ShrinkageRow(unit, none, none, none, none, none, none, none, none, none, none, none, none,
            none, none, none, none);
    }
}
