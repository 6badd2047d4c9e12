package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.StudentizedRange;
import java.util.Arrays;
import java.util.Comparator;

/** Adjustments of the p-values of a family of differences for their number. */
public enum MultipleComparisons {
    /** As they are. */
    NONE,
    /** Times the number of differences. */
    BONFERRONI,
    /** Holm (1979) Scand. J. Stat. 6:65-70: the smallest times m, the next times m - 1 and so on, made to rise. */
    HOLM,
    /** Tukey-Kramer: t sqrt(2) is compared with the range of as many means, with each difference's own df. */
    TUKEY;

    /**
     * @param contrasts the differences of one family, missing ones with NaN
     * @param means number of means that are compared
     * @return adjusted p-values
     */
    public double[] adjust(final Contrast[] contrasts, final int means) {
        final double[] p = Arrays.stream(contrasts).mapToDouble(Contrast::pValue).toArray();
        final long m = Arrays.stream(p).filter(value -> !Double.isNaN(value)).count();
        switch (this) {
            case BONFERRONI -> Arrays.setAll(p, i -> Double.isNaN(p[i]) ? p[i] : Math.min(1, m * p[i]));
            case HOLM -> holm(p, m);
            case TUKEY -> Arrays.setAll(p, i -> StudentizedRange.upperTail(
                Math.abs(contrasts[i].t()) * Math.sqrt(2), means, contrasts[i].df()));
            default -> {
                // unadjusted
            }
        }
        return p;
    }

    private static void holm(final double[] p, final long m) {
        final Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i])); // NaN last
        double largest = 0;
        for (int k = 0; k < m; k++) {
            largest = Math.max(largest, Math.min(1, (m - k) * p[order[k]]));
            p[order[k]] = largest;
        }
    }
}
