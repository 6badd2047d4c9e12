package dev.mixedmodels.engine.bootstrap;

import java.util.Arrays;

/**
 * What the replicates say of a parameter. Without two of them all but the number is NaN.
 * <p>
 * Sources: Davison &amp; Hinkley (1997) Bootstrap Methods and their Application, section 5.3 (percentile interval).
 *
 * @param used how many there are
 * @param mean their mean
 * @param stdError their standard deviation
 * @param lower lower quantile, by linear interpolation (R's type 7)
 * @param upper upper quantile
 * @param shortestLower lower end of the shortest interval that holds the share of them that the confidence level says
 * @param shortestUpper its upper end; the lowest of several
 */
public record BootstrapInterval(int used, double mean, double stdError, double lower, double upper,
    double shortestLower, double shortestUpper) {

    /**
     * @param values estimates of a parameter from the replicates; NaN where it does not exist there
     * @param confidence confidence level in (0, 1)
     * @return what they say
     */
    public static BootstrapInterval of(final double[] values, final double confidence) {
        final double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        final int n = sorted.length;
        if (n < 2) {
            return new BootstrapInterval(n, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        final double shift = sorted[n / 2]; // a large common part leaves no rounding
        final double mean = Arrays.stream(sorted).map(x -> x - shift).sum() / n;
        final double squares = Arrays.stream(sorted).map(x -> (x - shift - mean) * (x - shift - mean)).sum();
        final int inside = Math.min(n, Math.max(2, (int) Math.ceil(confidence * n)));
        int first = 0;
        for (int i = 1; i + inside <= n; i++) {
            if (sorted[i + inside - 1] - sorted[i] < sorted[first + inside - 1] - sorted[first]) {
                first = i;
            }
        }
        return new BootstrapInterval(n, shift + mean, Math.sqrt(squares / (n - 1)),
            quantile(sorted, (1 - confidence) / 2),
            quantile(sorted, (1 + confidence) / 2), sorted[first], sorted[first + inside - 1]);
    }

    private static double quantile(final double[] sorted, final double p) {
        final double at = p * (sorted.length - 1);
        final int below = (int) Math.floor(at);
        final int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
