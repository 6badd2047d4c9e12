package dev.mixedmodels.engine.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PolarCoordinatesTest {
    private static final double STEP = 1e-5;

    private static PolarCoordinates random(final Random random) {
        final double[][] directions = new double[4][];
        for (int k = 0; k < directions.length; k++) {
            directions[k] = random.doubles(5, -1, 1).toArray();
        }
        return new PolarCoordinates(new AffineCoordinates(2, random.doubles(5).toArray(), directions));
    }

    @Test
    void tangentsAndCurvatureAreDerivativesOfThePoint() {
        final Random random = new Random(3);
        final PolarCoordinates coordinates = random(random);
        final double[] x = {0.8, 1.1, -0.3, 0.4};
        final double[][] tangents = coordinates.tangents(x);
        for (int k = 0; k < x.length; k++) {
            final double[] above = x.clone();
            final double[] below = x.clone();
            above[k] += STEP;
            below[k] -= STEP;
            final double[] difference = coordinates.at(above);
            for (int i = 0; i < difference.length; i++) {
                difference[i] = (difference[i] - coordinates.at(below)[i]) / (2 * STEP);
            }
            assertArrayEquals(difference, tangents[k], 1e-9); // STEP^2 and rounding over STEP
            for (int l = 0; l < x.length; l++) {
                final double[] curvature = coordinates.curvature(x, l, k);
                for (int i = 0; i < difference.length; i++) {
                    assertEquals((coordinates.tangents(above)[l][i] - coordinates.tangents(below)[l][i]) / (2 * STEP),
                        curvature == null ? 0 : curvature[i], 1e-9);
                }
            }
        }
    }

    @Test
    void thePolarFormOfAPointIsThatPoint() {
        final PolarCoordinates coordinates = random(new Random(4));
        final double[] flat = {-0.5, 0.7, 0.2, -0.9};
        assertArrayEquals(coordinates.plane().at(flat), coordinates.at(PolarCoordinates.of(flat)), 1e-15);
    }
}
