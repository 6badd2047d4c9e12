package dev.mixedmodels.engine.result;

/**
 * A least-squares mean or a difference of two. Missing statistics are NaN.
 *
 * @param type {@code Mean} or {@code Difference}
 * @param term the factor or interaction
 * @param level the level, or the first level of a difference
 * @param against the second level of a difference, else empty
 * @param at the visit or time at which, else empty
 * @param estimate the estimate
 * @param stdError its standard error
 * @param df denominator degrees of freedom
 * @param t estimate / stdError
 * @param pValue two-sided
 * @param lower lower confidence bound
 * @param upper upper confidence bound
 * @param adjustedPValue p-value adjusted for the number of comparisons; differences only
 */
public record MeansRow(String type, String term, String level, String against, String at, double estimate,
    double stdError, double df, double t, double pValue, double lower, double upper, double adjustedPValue) {
}
