package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Tail;

/**
 * An F test.
 *
 * @param f the statistic, scaled so that it is compared with F(numDf, denDf)
 * @param numDf numerator degrees of freedom: independent rows of the hypothesis
 * @param denDf denominator degrees of freedom, possibly infinite
 * @param pValue upper tail
 */
public record FTest(double f, double numDf, double denDf, double pValue) {
    /** No estimable hypothesis. */
    public static final FTest NONE = new FTest(Double.NaN, 0, Double.NaN, Double.NaN);

    /**
     * @param f the statistic
     * @param numDf numerator degrees of freedom
     * @param denDf denominator degrees of freedom
     * @return the test with its p-value
     */
    public static FTest of(final double f, final double numDf, final double denDf) {
        return new FTest(f, numDf, denDf, Tail.f(f, numDf, denDf));
    }
}
