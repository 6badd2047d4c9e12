package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.numeric.CrossProducts;

/** The variance over the rows of a mean W gamma, W the working basis of X. */
public final class MeanVariance {
    private MeanVariance() {
    }

    /**
     * With an intercept and without weights (W'W = N I) it is the sum of squared coefficients of all but the constant.
     *
     * @param gamma coefficients of W, and perhaps others
     * @param intercept whether the first column of W is constant
     * @param rows number of rows
     * @param plain cross-products of W without weights; null where W'W = N I
     * @return the variance, on rows - 1 degrees of freedom
     */
    public static double of(final double[] gamma, final boolean intercept, final double rows,
        final CrossProducts plain) {
        final int first = intercept ? 1 : 0;
        double squares = 0;
        if (plain == null) {
            for (int k = first; k < gamma.length; k++) {
                squares += gamma[k] * gamma[k];
            }
            return squares * rows / (rows - 1);
        }
        for (int k = first; k < gamma.length; k++) {
            for (int l = first; l < gamma.length; l++) {
                squares += gamma[k] * gamma[l] * plain.centred(k, l);
            }
        }
        return Math.max(0, squares) / (rows - 1);
    }
}
