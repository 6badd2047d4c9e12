package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

/** Tails against closed forms; relative tolerance 1e-12, two digits tighter than what the node's p-values promise. */
class TailTest {
    private static final double TOLERANCE = 1e-12;

    private static void assertRelative(final double expected, final double actual) {
        assertEquals(1, actual / expected, TOLERANCE, () -> expected + " but was " + actual);
    }

    @Test
    void fWithTwoNumeratorDegreesOfFreedomHasAClosedForm() {
        // P(F > f) = (1 + 2 f / d)^(-d / 2)
        for (final double d : new double[] {0.3, 1, 2.7, 30, 1e4, 1e7}) {
            for (final double f : new double[] {1e-8, 0.01, 1, 7.5, 40, 300}) {
                assertRelative(Math.exp(-d / 2 * Math.log1p(2 * f / d)), Tail.f(f, 2, d));
            }
        }
    }

    @Test
    void tWithOneAndTwoDegreesOfFreedomHasAClosedForm() {
        for (final double t : new double[] {0.01, 0.5, 1, 3, 100, 1e6}) {
            assertRelative(2 / Math.PI * Math.atan(1 / t), Tail.tTwoSided(t, 1));
            final double root = Math.sqrt(2 + t * t); // 1 - t / root, without cancellation
            assertRelative(2 / (root * (root + t)), Tail.tTwoSided(-t, 2));
        }
    }

    @Test
    void tailsOfManyDegreesOfFreedomApproachTheLimit() {
        for (final double d : new double[] {1e8, 0.999e10, 1.001e10, 1e14}) { // both sides of the change of method
            for (final double f : new double[] {0.01, 2, 20}) { // 1e-10: x is so near 1 that the fraction loses digits
                assertEquals(1, Tail.f(f, 2, d) / Math.exp(-d / 2 * Math.log1p(2 * f / d)), 1e-10);
            }
        }
        for (final double t : new double[] {0.5, 2, 5}) {
            assertEquals(1, Tail.tTwoSided(t, 1e14) / (2 * Tail.normal(t)), 1e-11);
        }
        assertRelative(2 * Tail.normal(3), Tail.tTwoSided(3, Double.POSITIVE_INFINITY));
        assertRelative(Tail.chiSquare(12, 4), Tail.f(3, 4, Double.POSITIVE_INFINITY));
    }

    @Test
    void chiSquareWithTwoDegreesOfFreedomIsExponential() {
        for (final double x : new double[] {1e-9, 1, 80, 700}) {
            assertRelative(Math.exp(-x / 2), Tail.chiSquare(x, 2));
        }
        assertEquals(1, Tail.chiSquare(0, 0));
        assertEquals(0, Tail.chiSquare(0.1, 0));
    }

    @Test
    void smallProbabilitiesKeepTheirDigits() {
        // 2 P(T > t) for df = 4: 1 - (3/2) s + s^3 / 2 with s = t / sqrt(4 + t^2), expanded about s = 1
        final double t = 1e5;
        final double c = 4 / (4 + t * t) / (1 + t / Math.sqrt(4 + t * t)); // 1 - s
        final double p = c * c * (1.5 - c / 2);
        assertRelative(p, Tail.tTwoSided(t, 4));
        assertTrue(Tail.normal(37) > 0);
    }

    @Test
    void quantilesInvertTails() {
        for (final double p : new double[] {1e-100, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.999}) {
            assertRelative(p, Tail.normal(Tail.normalQuantile(p)));
            for (final double df : new double[] {0.7, 1, 5, 28.999, 1e6}) {
                assertEquals(1, Tail.tTwoSided(Tail.tQuantile(p / 2, df), df) / p, 1e-10);
                assertEquals(1, Tail.f(Tail.fQuantile(p, 3.3, df), 3.3, df) / p, 1e-10);
                final double chiDf = Math.min(df, 1000); // beyond, x log x in the gamma ratio rounds at 1e-10
                assertEquals(1, Tail.chiSquare(Tail.chiSquareQuantile(p, chiDf), chiDf) / p, 1e-10);
            }
        }
        assertEquals(1.959963984540054, Tail.normalQuantile(0.025), 1e-14);
        assertEquals(-2.570581835636314, Tail.tQuantile(0.975, 5), 1e-13);
    }

    @Test
    void impossibleArgumentsGiveNaN() {
        assertTrue(Double.isNaN(Tail.f(1, 0, 3)));
        assertTrue(Double.isNaN(Tail.f(Double.NaN, 1, 3)));
        assertTrue(Double.isNaN(Tail.fQuantile(0, 1, 3)));
        assertEquals(1, Tail.f(0, 1, 3));
        assertEquals(0, Gamma.regularizedGammaQ(1, Double.MAX_VALUE));
    }
}
