package dev.mixedmodels.engine.result;

/**
 * A best linear unbiased prediction. Missing statistics are NaN.
 *
 * @param group the grouping factor
 * @param level the level; of a nested factor outer to inner, {@code A/1}
 * @param effect the random effect, {@code (Intercept)} or a column
 * @param blup the prediction of the effect
 * @param stdError square root of the prediction error variance, uncertainty of the fixed effects included
 * @param conditionalStdDev square root of Var(effect | data) with all parameters known
 * @param lower lower bound of the prediction interval
 * @param upper upper bound of the prediction interval
 * @param coefficient the group's own coefficient, fixed effect + BLUP
 * @param coefficientStdError standard error of prediction of that coefficient
 * @param n rows of the level
 * @param reliability how far the level's own data are believed, see {@link #reliability}
 */
public record BlupRow(String group, String level, String effect, double blup, double stdError,
    double conditionalStdDev, double lower, double upper, double coefficient, double coefficientStdError, long n,
    double reliability) {

    /**
     * A prediction with a normal interval, the covariance parameters taken as known.
     *
     * @param group the grouping factor
     * @param level the level
     * @param effect the random effect
     * @param blup the prediction
     * @param error variance of its error
     * @param conditional Var(effect | data), all parameters known
     * @param variance Var(effect)
     * @param coefficient fixed effect + BLUP; NaN if there is none
     * @param coefficientError variance of its error
     * @param quantile normal quantile of the interval
     * @param n rows of the level
     * @return the row
     */
    public static BlupRow of(final String group, final String level, final String effect, final double blup,
        final double error, final double conditional, final double variance, final double coefficient,
        final double coefficientError, final double quantile, final long n) {
        final double half = quantile * Math.sqrt(error);
        return new BlupRow(group, level, effect, blup, Math.sqrt(error), Math.sqrt(conditional), blup - half,
            blup + half, coefficient, Math.sqrt(Math.max(0, coefficientError)), n, reliability(conditional, variance));
    }

    /**
     * The reliability of a prediction: 1 = as observed, 0 = pulled fully to the mean. An effect whose variance is
     * estimated as 0 is pulled fully to the mean.
     *
     * @param conditional Var(effect | data), all parameters known
     * @param variance Var(effect)
     * @return 1 - conditional / variance in [0, 1], 0 for a variance of 0; NaN for a negative variance
     */
    public static double reliability(final double conditional, final double variance) {
        if (variance == 0) {
            return 0;
        }
        return variance > 0 ? Math.max(0, Math.min(1, 1 - conditional / variance)) : Double.NaN;
    }
}
