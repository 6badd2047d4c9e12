package dev.mixedmodels.engine.result;

/**
 * A test that means, differences or slopes are equal, or 0. Missing statistics are NaN.
 *
 * @param term the factors and numeric columns
 * @param at where, such as {@code visit = 4}; empty if nowhere in particular
 * @param numDf numerator degrees of freedom
 * @param denDf denominator degrees of freedom
 * @param f the statistic
 * @param pValue upper tail
 */
public record JointTestRow(String term, String at, double numDf, double denDf, double f, double pValue) {
}
