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
 * @param designEffect (stdError / naiveStdError)^2
 */
public record FixedEffectRow(String term, double estimate, double stdError, double df, double t, double pValue,
    double lower, double upper, double naiveEstimate, double naiveStdError, double naivePValue, double designEffect) {
}
