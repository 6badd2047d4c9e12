package dev.mixedmodels.engine.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldCoordinateTest {
    private static final double[] NONE = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};

    /** (a - 1)^2 + (b - sin a)^2, least over b at b = sin a with value (a - 1)^2, b <= 0.9. */
    private static double wave(final double[] x, final double[] g, final double[][] h) {
        final double rest = x[1] - Math.sin(x[0]);
        g[0] = 2 * (x[0] - 1) - 2 * rest * Math.cos(x[0]);
        g[1] = 2 * rest;
        h[0][0] = 2 + 2 * Math.cos(x[0]) * Math.cos(x[0]) + 2 * rest * Math.sin(x[0]);
        h[0][1] = h[1][0] = -2 * Math.cos(x[0]);
        h[1][1] = 2;
        return (x[0] - 1) * (x[0] - 1) + rest * rest;
    }

    private static HeldCoordinate held(final double upper) {
        return new HeldCoordinate(HeldCoordinateTest::wave, NONE, new double[] {9, upper}, 0,
            new double[] {1, Math.sin(1)}, new double[] {1, Math.cos(1)}, Progress.NONE);
    }

    @Test
    void theMinimumAndItsSlopeArePredictedFromTheTangentOn() {
        final HeldCoordinate minima = held(9);
        for (final double a : new double[] {1.1, 1.3, 1.7, 0.8}) {
            final Optimum found = minima.minimise(a, minima.start(a)).orElseThrow();
            minima.take(found);
            // the objective is quadratic in b: a prediction is exact
            assertEquals((a - 1) * (a - 1), found.value(), 1e-14);
            assertEquals(2 * (a - 1), found.gradient()[0], 1e-12);
            assertEquals(Math.sin(a), found.theta()[1], 1e-12);
        }
    }

    /** On the tangent b misses sin a by 0.5 sin(1) 0.001^2. */
    @Test
    void nearTheOverallMinimumOneEvaluationIsEnough() {
        final HeldCoordinate minima = held(9);
        assertEquals(1e-6, minima.minimise(1.001, minima.start(1.001)).orElseThrow().value(), 1e-15);
        assertEquals(1, minima.evaluations());
    }

    @Test
    void startsLieOnTheParabolaWithTheTangentThroughTheLastMinimum() {
        final HeldCoordinate minima = held(9);
        final double last = Math.sin(1) + Math.cos(1) * 0.5 + 3 * 0.25;
        minima.take(new Optimum(new double[] {1.5, last}, 0, new double[2], new boolean[2], new boolean[2], 0, 0, true));
        assertEquals(Math.sin(1) + Math.cos(1) + 3, minima.start(2)[1], 1e-12);
        assertEquals(Math.sin(1) - Math.cos(1), minima.start(0)[1], 1e-12); // on the other side the tangent
    }

    /** b = 0.9 < sin a there. */
    @Test
    void othersStayWithinTheirBounds() {
        final HeldCoordinate minima = held(0.9);
        final double a = 1.4;
        final double rest = 0.9 - Math.sin(a);
        final Optimum found = minima.minimise(a, minima.start(a)).orElseThrow();
        assertEquals((a - 1) * (a - 1) + rest * rest, found.value(), 1e-14);
        assertEquals(2 * (a - 1) - 2 * rest * Math.cos(a), found.gradient()[0], 1e-12);
        assertTrue(found.atUpper()[1]);
    }

    @Test
    void whereTheObjectiveIsNoNumberThereIsNoMinimum() {
        final HeldCoordinate minima = new HeldCoordinate((x, g, h) -> Double.NaN, NONE, new double[] {9, 9}, 0, new double[2],
            null, Progress.NONE);
        assertTrue(minima.minimise(1, Arrays.copyOf(minima.start(1), 2)).isEmpty());
    }
}
