package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.StudentizedRange;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
    private static final double[] P = {0.04, 0.001, Double.NaN, 0.03, 0.5};
    private static final double[] NONE = new double[5];

    @Test
    void bonferroniMultipliesByTheNumberOfComparisonsThatExist() {
        assertArrayEquals(new double[] {0.16, 0.004, Double.NaN, 0.12, 1},
            Adjustment.BONFERRONI.adjust(P, NONE, NONE, 4), 1e-15);
        assertArrayEquals(P, Adjustment.NONE.adjust(P, NONE, NONE, 4));
    }

    @Test
    void holmStepsDownAndKeepsTheOrder() {
        assertArrayEquals(new double[] {0.09, 0.004, Double.NaN, 0.09, 0.5},
            Adjustment.HOLM.adjust(P, NONE, NONE, 4), 1e-15);
    }

    @Test
    void theStudentizedRangeOfTwoMeansIsStudentsT() {
        for (final double df : new double[] {1, 1.7, 2, 5, 28.9, 1e3, 1e7, Double.POSITIVE_INFINITY}) {
            for (final double t : new double[] {0.01, 0.7, 2, 5, 12}) {
                final double expected = Tail.tTwoSided(t, df);
                assertEquals(1, StudentizedRange.upperTail(Math.sqrt(2) * t, 2, df) / expected, 1e-9,
                    () -> "t = " + t + ", df = " + df); // 1e-9: log density of s rounds at 1e-16 * df
            }
        }
    }

    @Test
    void knownPointsOfTheStudentizedRange() {
        // R 4.2.2: ptukey(c(3.5, 4, 3), c(3, 4, 5), c(10, 20, Inf), lower.tail = FALSE), good to 1e-10
        assertEquals(0.0771033108386604, StudentizedRange.upperTail(3.5, 3, 10), 1e-9);
        assertEquals(0.0470688518385153, StudentizedRange.upperTail(4, 4, 20), 1e-9);
        assertEquals(0.2108765049635200, StudentizedRange.upperTail(3, 5, Double.POSITIVE_INFINITY), 1e-9);
        // few degrees of freedom are beyond ptukey (0.0375568); both integrals by R's integrate, rel.tol = 1e-11
        assertEquals(0.037555863731169, StudentizedRange.upperTail(11, 20, 3.5), 1e-12);
    }

    @Test
    void tukeyAgreesWithSimulation() {
        final Random random = new Random(5);
        final int sets = 200_000;
        final double q = 3.1;
        int beyond = 0;
        for (int i = 0; i < sets; i++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            double square = 0;
            for (int j = 0; j < 6; j++) {
                final double z = random.nextGaussian();
                least = Math.min(least, z);
                most = Math.max(most, z);
            }
            for (int j = 0; j < 7; j++) {
                final double z = random.nextGaussian();
                square += z * z / 7;
            }
            if (most - least > q * Math.sqrt(square)) {
                beyond++;
            }
        }
        final double p = Adjustment.TUKEY.adjust(new double[1], new double[] {q / Math.sqrt(2)}, new double[] {7}, 6)[0];
        final double error = Math.sqrt(p * (1 - p) / sets);
        assertEquals(p, beyond / (double) sets, 4 * error);
    }

    @Test
    void smallTailsStayPositiveAndFall() {
        double last = 1;
        for (double q = 1; q < 60; q += 3) {
            final double p = StudentizedRange.upperTail(q, 10, 40);
            assertTrue(p > 0 && p < last);
            last = p;
        }
        assertEquals(1, StudentizedRange.upperTail(0, 3, 5));
    }
}
