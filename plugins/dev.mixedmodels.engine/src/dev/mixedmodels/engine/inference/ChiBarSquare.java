package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Tail;

/**
 * Mixtures of chi-square distributions, the null distribution of likelihood ratios when the hypothesis puts variances
 * on their boundary. Source: Self &amp; Liang (1987) JASA 82:605-610; Stram &amp; Lee (1994) Biometrics 50:1171-1177.
 */
public final class ChiBarSquare {
    private ChiBarSquare() {
    }

    /**
     * @param statistic the likelihood ratio statistic; rounding below 0 counts as 0
     * @param weights weights[k] is the weight of chi2(k); they add up to 1
     * @return P(T &gt;= statistic), which is 1 at 0
     */
    public static double upperTail(final double statistic, final double... weights) {
        if (statistic <= 0) {
            return 1;
        }
        double p = 0;
        for (int k = 1; k < weights.length; k++) {
            if (weights[k] > 0) {
                p += weights[k] * Tail.chiSquare(statistic, k);
            }
        }
        return Double.isNaN(statistic) ? Double.NaN : p;
    }

    /**
     * The mixture for one effect out of q whose covariances go with it: half chi2(q - 1), half chi2(q).
     *
     * @param statistic the likelihood ratio statistic
     * @param q parameters that vanish, at least 1
     * @return P(T &gt;= statistic), which is 1 at 0
     */
    public static double halfAndHalf(final double statistic, final int q) {
        final double[] weights = new double[q + 1];
        weights[q - 1] = 0.5;
        weights[q] = 0.5;
        return upperTail(statistic, weights);
    }
}
