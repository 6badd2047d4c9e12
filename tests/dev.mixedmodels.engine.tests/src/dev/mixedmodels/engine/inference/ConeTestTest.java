package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConeTestTest {
    private static final int SIMULATIONS = 20_000;

    private static double[] orthant(final double[] x) {
        final double[] nearest = x.clone();
        for (int k = 0; k < nearest.length; k++) {
            nearest[k] = Math.max(0, nearest[k]);
        }
        return nearest;
    }

    /** With independent information the orthant has binomial weights. */
    @Test
    void orthantHasBinomialWeights() {
        final double[][] information = {{2, 0, 0}, {0, 0.5, 0}, {0, 0, 7}};
        for (final double t : new double[] {0.1, 1, 4, 12, 60}) {
            final double expected = ChiBarSquare.upperTail(t, 1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0);
            final ConeTest.PValue p = new ConeTest(information, ConeTestTest::orthant).upperTail(t, SIMULATIONS, 1);
            assertEquals(expected, p.value(), 4 * p.error());
            assertEquals(0, p.error() / p.value(), 0.05); // accurate in the far tail too
        }
    }

    /** Two correlated parameters: the weights are 1/2 - angle, 1/2, angle with cos(2 pi angle) = -correlation. */
    @Test
    void orthantOfCorrelatedParametersHasTheWeightsOfItsAngle() {
        final double r = 0.6; // of the information, so that the estimates' correlation is -r
        final double[][] information = {{1, r}, {r, 1}};
        final double angle = Math.acos(r) / (2 * Math.PI); // of the cone in the metric of the information
        for (final double t : new double[] {0.5, 3, 20}) {
            final double expected = ChiBarSquare.upperTail(t, 0.5 - angle, 0.5, angle);
            final ConeTest.PValue p = new ConeTest(information, ConeTestTest::orthant).upperTail(t, SIMULATIONS, 2);
            assertEquals(expected, p.value(), 4 * p.error());
        }
    }

    @Test
    void aHalfLineIsHalfAndHalf() {
        final ConeTest.PValue p = new ConeTest(new double[][] {{3}}, ConeTestTest::orthant).upperTail(2, SIMULATIONS, 3);
        assertEquals(ChiBarSquare.halfAndHalf(2, 1), p.value(), 4 * p.error());
    }

    @Test
    void statisticZeroHasProbabilityOne() {
        assertEquals(1, new ConeTest(new double[][] {{3}}, ConeTestTest::orthant).upperTail(0, 10, 3).value());
    }
}
