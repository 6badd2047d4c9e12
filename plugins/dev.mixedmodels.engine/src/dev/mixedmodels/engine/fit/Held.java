package dev.mixedmodels.engine.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coordinates of a covariance model one of which stands for a reported parameter, so that this is held where that is.
 *
 * @param coordinates all of them, log s included
 * @param held which one
 * @param start the estimate, but that what vanished there is a little above 0
 * @param lower lower bounds of the coordinates
 * @param upper upper bounds
 */
record Held(FreeCoordinates coordinates, int held, double[] start, double[] lower, double[] upper) {
    /** A search does not start at an end of an angle, where the criterion is stationary. */
    private static final double AWAY = 0.05;

    /**
     * @param residual the residual model, whose bounds hold for coordinates that stand for an eta by themselves
     * @param coordinates all coordinates
     * @param held which of them is held
     * @param near the estimate, or near it
     */
    static Held of(final ResidualModel residual, final AffineCoordinates coordinates, final int held,
        final double[] near) {
        final int n = coordinates.size();
        final double[] lower = new double[n];
        final double[] upper = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
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
        return new Held(coordinates, held, coordinates.nearest(near), lower, upper);
    }

    /** The same within other bounds of a coordinate. */
    Held within(final int k, final double least, final double most) {
        final Held bounded = new Held(coordinates, held, start, lower.clone(), upper.clone());
        bounded.lower[k] = least;
        bounded.upper[k] = most;
        return bounded;
    }

    /** The polar form of affine coordinates, a coordinate of which is held. */
    Held polar(final int k) {
        return new Held(new PolarCoordinates((AffineCoordinates) coordinates), k, PolarCoordinates.of(start), lower,
            upper);
    }

    /**
     * Affine coordinates (x_0, x_1, x_2, rest) as (alpha x_2 + beta x_0, beta x_1, x_2, rest).
     */
    Held sheared(final double alpha, final double beta) {
        final AffineCoordinates plain = (AffineCoordinates) coordinates;
        final double[][] directions = plain.directions().clone();
        directions[0] = Arrays.stream(directions[0]).map(d -> d / beta).toArray();
        directions[1] = Arrays.stream(directions[1]).map(d -> d / beta).toArray();
        directions[2] = directions[2].clone();
        Arrays.setAll(directions[2], i -> directions[2][i] - alpha * directions[0][i]);
        final double[] x = start.clone();
        x[0] = alpha * x[2] + beta * x[0];
        x[1] *= beta;
        return new Held(new AffineCoordinates(plain.q(), plain.origin(), directions), held, x, lower, upper);
    }

    /** The same with a coordinate a little away from its bounds at the start. */
    Held awayFromBounds(final int k) {
        return at(k, Math.max(lower[k] + AWAY, Math.min(upper[k] - AWAY, start[k])));
    }

    /** The same with another value of a coordinate at the start. */
    Held at(final int k, final double value) {
        final double[] moved = start.clone();
        moved[k] = value;
        return new Held(coordinates, held, moved, lower, upper);
    }

    /**
     * The point nearest to the start, in F, eta and log s, with another value of the held coordinate, to first order.
     */
    double[] nearest(final double value) {
        final double[] x = start.clone();
        x[held] = value;
        final double[] z = coordinates.at(x);
        final List<double[]> free = new ArrayList<>(List.of(coordinates.tangents(x)));
        free.remove(held);
        final double[] step = new AffineCoordinates(coordinates.q(), z, free.toArray(new double[0][]))
            .nearest(coordinates.at(start));
        for (int k = 0; step != null && k < step.length; k++) {
            x[k < held ? k : k + 1] += step[k];
        }
        return x;
    }

    /** The least value of the held coordinate. */
    double least() {
        return lower[held];
    }

    /** Its largest value. */
    double most() {
        return upper[held];
    }
}
