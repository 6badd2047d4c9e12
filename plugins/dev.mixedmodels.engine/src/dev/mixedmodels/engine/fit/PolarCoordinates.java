package dev.mixedmodels.engine.fit;

import java.util.Arrays;

/**
 * Coordinates whose first two are taken in polar form: (t, u, rest) stands for (t cos u, t sin u, rest). So a standard
 * deviation t and a correlation, which depends on u alone, are coordinates, and a correlation of 1 is an ordinary
 * point.
 *
 * @param plane the coordinates that this is the polar form of
 */
record PolarCoordinates(AffineCoordinates plane) implements FreeCoordinates {

    /** The polar form of a point of the plane. */
    static double[] of(final double[] x) {
        final double[] polar = x.clone();
        polar[0] = Math.hypot(x[0], x[1]);
        polar[1] = Math.atan2(x[1], x[0]);
        return polar;
    }

    @Override
    public int q() {
        return plane.q();
    }

    @Override
    public int size() {
        return plane.size();
    }

    @Override
    public double[] at(final double[] x) {
        final double[] flat = x.clone();
        flat[0] = x[0] * Math.cos(x[1]);
        flat[1] = x[0] * Math.sin(x[1]);
        return plane.at(flat);
    }

    /** a d_0 + b d_1 with the first two directions of the plane. */
    private double[] combined(final double a, final double b) {
        final double[] sum = new double[plane.origin().length];
        Arrays.setAll(sum, i -> a * plane.directions()[0][i] + b * plane.directions()[1][i]);
        return sum;
    }

    @Override
    public double[][] tangents(final double[] x) {
        final double[][] tangents = plane.directions().clone();
        tangents[0] = combined(Math.cos(x[1]), Math.sin(x[1]));
        tangents[1] = combined(-x[0] * Math.sin(x[1]), x[0] * Math.cos(x[1]));
        return tangents;
    }

    @Override
    public double[] curvature(final double[] x, final int k, final int l) {
        if (k + l == 1) {
            return combined(-Math.sin(x[1]), Math.cos(x[1]));
        }
        return k == 1 && l == 1 ? combined(-x[0] * Math.cos(x[1]), -x[0] * Math.sin(x[1])) : null;
    }
}
