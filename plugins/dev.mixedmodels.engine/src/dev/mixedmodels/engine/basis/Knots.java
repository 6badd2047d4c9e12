package dev.mixedmodels.engine.basis;

import java.util.Arrays;

/** The knots of a spline: quantiles of values between their extremes. */
public final class Knots {
    private Knots() {
    }

    /**
     * @param sorted values in rising order
     * @param low the lower outer knot
     * @param high the upper outer knot
     * @param inside number of knots between them
     * @return low, quantiles of the values within the outer knots at equal steps of probability, high
     */
    public static double[] quantiles(final double[] sorted, final double low, final double high, final int inside) {
        final double[] within = Arrays.stream(sorted).filter(x -> x >= low && x <= high).toArray();
        final double[] knots = new double[inside + 2];
        knots[0] = low;
        for (int k = 1; k <= inside; k++) {
            knots[k] = within.length == 0 ? Double.NaN : quantile(within, (double) k / (inside + 1));
        }
        knots[inside + 1] = high;
        return knots;
    }

    /**
     * Hyndman and Fan's quantile of type 7, R's default: linear between the order statistics at (n - 1) p.
     *
     * @param sorted values in rising order
     * @param p the probability
     * @return the quantile
     */
    public static double quantile(final double[] sorted, final double p) {
        final double at = (sorted.length - 1) * p;
        final int below = (int) Math.floor(at + 4 * Math.ulp(at));
        final double part = at - below;
        return part <= 4 * Math.ulp(at) || below + 1 >= sorted.length ? sorted[below]
            : (1 - part) * sorted[below] + part * sorted[below + 1];
    }
}
