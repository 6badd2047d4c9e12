package dev.mixedmodels.engine.compare;

/**
 * A test of one model against another.
 *
 * @param model the larger one
 * @param against the smaller one
 * @param test which test; {@code None} where there is none
 * @param statistic its value
 * @param numDf parameters that the hypothesis takes away, or numerator degrees of freedom
 * @param denDf denominator degrees of freedom of an F test
 * @param pValue upper tail
 * @param error Monte Carlo standard error of a simulated p-value, else NaN
 * @param note the distribution, or why there is no test
 */
public record ComparisonTest(String model, String against, String test, double statistic, double numDf, double denDf,
    double pValue, double error, String note) {
}
