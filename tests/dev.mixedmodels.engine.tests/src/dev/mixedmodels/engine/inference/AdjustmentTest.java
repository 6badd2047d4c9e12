package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.StudentizedRange;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdjustmentTest {
    private static final double[] P = {0.04, 0.001, Double.NaN, 0.03, 0.5};

    private static Comparisons family(final double[] p, final double[] t, final double[] df, final int means) {
        return new Comparisons(p, t, df, Alternative.TWO_SIDED, means, null);
    }

    private static double[] adjusted(final Adjustment adjustment, final double[] p) {
        return adjustment.adjust(family(p, null, null, 0), Progress.NONE);
    }

    @Test
    void bonferroniMultipliesByTheNumberOfComparisonsThatExist() {
        assertArrayEquals(new double[] {0.16, 0.004, Double.NaN, 0.12, 1},
            adjusted(Adjustment.BONFERRONI, P), 1e-15);
        assertArrayEquals(P, adjusted(Adjustment.NONE, P));
    }

    @Test
    void holmStepsDownAndKeepsTheOrder() {
        assertArrayEquals(new double[] {0.09, 0.004, Double.NaN, 0.09, 0.5},
            adjusted(Adjustment.HOLM, P), 1e-15);
    }

    /** A comparison at the bound of its interval has an adjusted p-value of alpha, but for the root of the tail that was sought. */
    @ParameterizedTest
    @EnumSource(value = Adjustment.class, mode = EnumSource.Mode.EXCLUDE, names = {"HOLM", "FDR"})
    void intervalsEndWhereAdjustedTestsBeginToReject(final Adjustment adjustment) {
        final double[][] covariance = {{2, 1.1, 0.3}, {1.1, 3, 0.2}, {0.3, 0.2, 1}};
        final double[] df = {4.5, 17, Double.POSITIVE_INFINITY};
        for (final Alternative alternative : Alternative.values()) {
            if (alternative != Alternative.TWO_SIDED && !adjustment.oneSided()) {
                continue;
            }
            final double[] p = {0.5, 0.5, 0.5};
            final double[] bounds = adjustment.critical(new Comparisons(p, null, df, alternative, 3, () -> covariance), 0.1,
                Progress.NONE);
            for (int i = 0; i < df.length; i++) {
                final double t = alternative == Alternative.LESS ? -bounds[i] : bounds[i];
                p[i] = alternative.pValue(t, df[i]);
                final double[] others = {t, t, t};
                final double adjusted = adjustment.adjust(new Comparisons(p, others, df, alternative, 3, () -> covariance),
                    Progress.NONE)[i];
                assertEquals(0.1, adjusted, 1e-9, alternative.toString());
            }
        }
    }

    @Test
    void theStudentizedRangeOfTwoMeansIsStudentsT() {
        final StudentizedRange range = new StudentizedRange(2);
        for (final double df : new double[] {1, 1.7, 2, 5, 28.9, 1e3, 1e7, Double.POSITIVE_INFINITY}) {
            for (final double t : new double[] {0.01, 0.7, 2, 5, 12}) {
                final double expected = Tail.tTwoSided(t, df);
                assertEquals(1, range.upperTail(Math.sqrt(2) * t, df) / expected, 1e-9,
                    () -> "t = " + t + ", df = " + df); // 1e-9: log density of s rounds at 1e-16 * df
            }
        }
    }

    @Test
    void knownPointsOfTheStudentizedRange() {
        // R 4.2.2: ptukey(c(3.5, 4, 3), c(3, 4, 5), c(10, 20, Inf), lower.tail = FALSE), good to 1e-10
        assertEquals(0.0771033108386604, new StudentizedRange(3).upperTail(3.5, 10), 1e-9);
        assertEquals(0.0470688518385153, new StudentizedRange(4).upperTail(4, 20), 1e-9);
        assertEquals(0.2108765049635200, new StudentizedRange(5).upperTail(3, Double.POSITIVE_INFINITY), 1e-9);
        // few degrees of freedom are beyond ptukey (0.0375568); both integrals by R's integrate, rel.tol = 1e-11
        assertEquals(0.037555863731169, new StudentizedRange(20).upperTail(11, 3.5), 1e-12);
    }

    @Test
    void manyMeansWithFewDegreesOfFreedom() {
        // both integrals by R's integrate, rel.tol = 1e-9: the range of many means is sharp against a broad density of s
        assertEquals(0.0616189281074, new StudentizedRange(60).upperTail(60, 1), 1e-11);
        assertEquals(0.0243122552523, new StudentizedRange(200).upperTail(60, 1.5), 1e-11);
        assertEquals(2.35664149689e-4, new StudentizedRange(200).upperTail(100, 3), 1e-13);
    }

    @Test
    void noStatisticAndNoDegreesOfFreedomAreTooExtreme() {
        final StudentizedRange range = new StudentizedRange(5);
        double last = 1;
        for (final double q : new double[] {0, 1e-300, 1e-3, 1, 30, 1e3, 1e30, 1e300, Double.POSITIVE_INFINITY}) {
            for (final double df : new double[] {1e-300, 1e-3, 1, 50, 1e9, 1e300, Double.POSITIVE_INFINITY}) {
                final double p = range.upperTail(q, df);
                assertTrue(p >= 0 && p <= 1, () -> p + " at " + q + " with " + df);
            }
            assertTrue(range.upperTail(q, 1) <= last);
            last = range.upperTail(q, 1);
        }
        // with one degree of freedom the tail falls like 1 / q: E(range) sqrt(2 / pi) / q, E(range) = 2.32592894728
        assertEquals(1, range.upperTail(1e9, 1) / (2.32592894728 * Math.sqrt(2 / Math.PI) * 1e-9), 1e-10);
    }

    @Test
    void aLongFamilyCanBeCancelled() {
        final double[] t = new double[1770];
        final int[] checks = {0};
        final Progress cancelled = () -> {
            if (++checks[0] > 100) {
                throw new CancellationException();
            }
        };
        assertThrows(CancellationException.class, () -> Adjustment.TUKEY.adjust(family(t, t, t, 60), cancelled));
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
        final double p = Adjustment.TUKEY.adjust(
            family(new double[1], new double[] {q / Math.sqrt(2)}, new double[] {7}, 6), Progress.NONE)[0];
        final double error = Math.sqrt(p * (1 - p) / sets);
        assertEquals(p, beyond / (double) sets, 4 * error);
    }

    @Test
    void smallTailsStayPositiveAndFall() {
        final StudentizedRange range = new StudentizedRange(10);
        double last = 1;
        for (double q = 1; q < 60; q += 3) {
            final double p = range.upperTail(q, 40);
            assertTrue(p > 0 && p < last);
            last = p;
        }
        assertEquals(1, new StudentizedRange(3).upperTail(0, 5));
    }
}
