package dev.mixedmodels.engine.basis;

import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.stream.LongStream;

/**
 * One function: a number less a centre, over a scale.
 *
 * @param centre what is taken off
 * @param scale what it is divided by, positive
 */
public record Scaling(double centre, double scale) implements Basis {
    /**
     * The mean and the standard deviation of values, as R's {@code scale} takes them.
     *
     * @param x one or more values
     * @param counts how many there are of each
     * @param center whether the mean is taken off; else the scale is the root of the sum of squares over n - 1
     * @param scale whether it is divided
     * @return the scaling; its scale is 0, or NaN of one value, if there is nothing to divide by
     */
    public static Scaling of(final double[] x, final long[] counts, final boolean center, final boolean scale) {
        final double mean = center ? mean(x, counts) : 0;
        if (!scale) {
            return new Scaling(mean, 1);
        }
        final DoubleDouble squares = new DoubleDouble();
        for (int i = 0; i < x.length; i++) {
            squares.addProduct(counts[i], (x[i] - mean) * (x[i] - mean));
        }
        return new Scaling(mean, Math.sqrt(squares.value() / (LongStream.of(counts).sum() - 1)));
    }

    static double mean(final double[] x, final long[] counts) {
        final DoubleDouble sum = new DoubleDouble();
        for (int i = 0; i < x.length; i++) {
            sum.addProduct(counts[i], x[i]);
        }
        return sum.value() / LongStream.of(counts).sum();
    }

    @Override
    public double value(final int column, final double x) {
        return (x - centre) / scale;
    }
}
