package dev.mixedmodels.engine.fit;

import java.util.Arrays;

/**
 * A submodel in which one reported parameter is held at a value.
 *
 * @param coordinates what is free
 * @param start coordinates near the estimate
 * @param lower lower bounds of the coordinates
 * @param upper upper bounds
 */
record Held(FreeCoordinates coordinates, double[] start, double[] lower, double[] upper) {

    /**
     * @param residual the residual model, whose bounds hold for coordinates that stand for an eta by themselves
     * @param coordinates what is free
     * @param nonNegative so many leading coordinates must not be negative
     * @param near a point z near the estimate, and nearly in the submodel
     */
    static Held of(final ResidualModel residual, final AffineCoordinates coordinates, final int nonNegative,
        final double[] near) {
        final int n = coordinates.size();
        final double[] lower = new double[n];
        final double[] upper = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        Arrays.fill(lower, 0, nonNegative, 0);
        final int entries = coordinates.q() * coordinates.q();
        final double[] least = residual.bounds(-1);
        final double[] most = residual.bounds(1);
        for (int k = 0; k < n; k++) {
            for (int e = 0; e < least.length; e++) {
                if (coordinates.directions()[k][entries + e] == 1) {
                    lower[k] = least[e];
                    upper[k] = most[e];
                }
            }
        }
        return new Held(coordinates, coordinates.nearest(near), lower, upper);
    }

    /** A start moved into the bounds. */
    double[] inside(final double[] x) {
        final double[] moved = x.clone();
        for (int k = 0; k < moved.length; k++) {
            moved[k] = Math.min(upper[k], Math.max(lower[k], moved[k]));
        }
        return moved;
    }

    /** The submodel with a further coordinate before the others. */
    Held with(final FreeCoordinates all, final double first, final double least, final double most) {
        return new Held(all, before(first, start), before(least, lower), before(most, upper));
    }

    private static double[] before(final double first, final double[] rest) {
        final double[] all = new double[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
