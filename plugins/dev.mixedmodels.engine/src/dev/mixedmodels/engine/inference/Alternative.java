package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Tail;

/** What a test of one parameter is against. */
public enum Alternative {
    /** The parameter is not the value of the hypothesis. */
    TWO_SIDED,
    /** It is greater. */
    GREATER,
    /** It is less. */
    LESS;

    /**
     * @param alpha in (0, 1)
     * @param df degrees of freedom
     * @return where a test of level alpha begins to reject, away from 0
     */
    public double quantile(final double alpha, final double df) {
        return Tail.tQuantile(this == TWO_SIDED ? alpha / 2 : alpha, df);
    }

    /**
     * @param t statistic
     * @param df its degrees of freedom
     * @return p-value
     */
    public double pValue(final double t, final double df) {
        final double both = Tail.tTwoSided(t, df);
        if (this == TWO_SIDED) {
            return both;
        }
        return t > 0 == (this == GREATER) ? both / 2 : 1 - both / 2;
    }
}
