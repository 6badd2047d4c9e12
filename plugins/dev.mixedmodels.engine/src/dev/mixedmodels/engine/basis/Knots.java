package dev.mixedmodels.engine.basis;

import java.util.stream.IntStream;

/** The knots of a spline: quantiles of values between their extremes. */
public final class Knots {
    private Knots() {
    }

    /**
     * @param x different values in rising order
     * @param counts how many there are of each
     * @param low the lower outer knot
     * @param high the upper outer knot
     * @param inside number of knots between them
     * @return low, quantiles of the values within the outer knots at equal steps of probability, high
     */
    public static double[] quantiles(final double[] x, final long[] counts, final double low, final double high,
        final int inside) {
        final int[] within = IntStream.range(0, x.length).filter(i -> x[i] >= low && x[i] <= high).toArray();
        final double[] values = IntStream.of(within).mapToDouble(i -> x[i]).toArray();
        final long[] upTo = IntStream.of(within).mapToLong(i -> counts[i]).toArray();
        for (int i = 1; i < upTo.length; i++) {
            upTo[i] += upTo[i - 1];
        }
        final double[] knots = new double[inside + 2];
        knots[0] = low;
        for (int k = 1; k <= inside; k++) {
            knots[k] = within.length == 0 ? Double.NaN : quantile(values, upTo, (double) k / (inside + 1));
        }
        knots[inside + 1] = high;
        return knots;
    }

    /** Hyndman and Fan's quantile of type 7, R's default: linear between the order statistics at (n - 1) p. */
    private static double quantile(final double[] values, final long[] upTo, final double p) {
        final long n = upTo[upTo.length - 1];
        final double at = (n - 1) * p;
        final long below = (long) Math.floor(at + 4 * Math.ulp(at));
        final double part = at - below;
        return part <= 4 * Math.ulp(at) || below + 1 >= n ? value(values, upTo, below)
            : (1 - part) * value(values, upTo, below) + part * value(values, upTo, below + 1);
    }

    /** The value of an order statistic, counted from 0. */
    private static double value(final double[] values, final long[] upTo, final long rank) {
        int i = 0;
        while (upTo[i] <= rank) {
            i++;
        }
        return values[i];
    }
}
