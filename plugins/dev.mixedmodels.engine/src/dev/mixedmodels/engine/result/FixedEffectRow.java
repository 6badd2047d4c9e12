package dev.mixedmodels.engine.result;

/**
 * A coefficient of the mean. Missing statistics are NaN.
 *
 * @param term the coefficient's name as lme4 gives it, {@code (Intercept)}, {@code SexFemale}, {@code age:SexFemale}
 * @param estimate the generalised least squares estimate
 * @param stdError its standard error under the chosen method
 * @param df denominator degrees of freedom, possibly infinite
 * @param t estimate / stdError
 * @param pValue two-sided, from the upper tail of t with df
 * @param lower lower confidence bound
 * @param upper upper confidence bound
 * @param naiveEstimate ordinary least squares as if all rows were independent
 * @param naiveStdError its standard error, with s2 = RSS / (N - p)
 * @param naivePValue its two-sided p-value, N - p degrees of freedom
 * @param designEffect see {@link #designEffect}
 */
public record FixedEffectRow(String term, double estimate, double stdError, double df, double t, double pValue,
    double lower, double upper, double naiveEstimate, double naiveStdError, double naivePValue, double designEffect) {

    /**
     * @param stdError standard error under the model
     * @param naiveStdError that of ordinary least squares
     * @return by what factor the variance is larger than the naive one, (stdError / naiveStdError)^2; NaN where the
     *         naive one is 0
     */
    public static double designEffect(final double stdError, final double naiveStdError) {
        final double ratio = stdError / naiveStdError;
        return naiveStdError > 0 ? ratio * ratio : Double.NaN;
    }
}
