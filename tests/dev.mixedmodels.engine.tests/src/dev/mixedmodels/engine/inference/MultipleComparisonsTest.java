package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.StudentizedRange;
import dev.mixedmodels.engine.numeric.Tail;
import org.junit.jupiter.api.Test;

class MultipleComparisonsTest {
    private static Contrast[] contrasts(final double df, final double... t) {
        final Contrast[] all = new Contrast[t.length];
        for (int i = 0; i < t.length; i++) {
            all[i] = Contrast.of(t[i], 1, df, 0.95);
        }
        return all;
    }

    @Test
    void theRangeOfTwoIsTheAbsoluteValueOfT() {
        for (final double df : new double[] {1, 2.5, 7, 40, 1000, 1e6, Double.POSITIVE_INFINITY}) {
            for (final double t : new double[] {0.01, 0.5, 2, 6}) {
                final double expected = Tail.tTwoSided(t, df);
                assertEquals(expected, StudentizedRange.upperTail(t * Math.sqrt(2), 2, df), 1e-9 * expected,
                    "t " + t + ", df " + df);
            }
        }
    }

    @Test
    void tailsOfTheRangeAgreeWithR() {
        // R 4.2.2: ptukey(q, k, df, lower.tail = FALSE), itself good to about 1e-10
        assertEquals(1.18147393114284e-01, StudentizedRange.upperTail(3.5, 4, 11.3), 1e-9);
        assertEquals(3.74540626717023e-02, StudentizedRange.upperTail(5, 4, 7), 1e-9);
        assertEquals(8.55211290451408e-07, StudentizedRange.upperTail(9, 4, 40), 1e-12);
        assertEquals(4.81758475509022e-01, StudentizedRange.upperTail(3.5, 10, 3), 1e-9);
        assertEquals(5.88739550444473e-08, StudentizedRange.upperTail(9, 10, 200), 1e-12);
    }

    @Test
    void holmLiesBetweenNoneAndBonferroniAndRises() {
        final Contrast[] family = contrasts(20, 3.5, 1.0, -2.4, 2.2);
        final double[] plain = MultipleComparisons.NONE.adjust(family, 4);
        final double[] holm = MultipleComparisons.HOLM.adjust(family, 4);
        final double[] bonferroni = MultipleComparisons.BONFERRONI.adjust(family, 4);
        assertEquals(4 * plain[0], holm[0], 1e-15);
        assertEquals(3 * plain[2], holm[2], 1e-15);
        assertEquals(2 * plain[3], Math.max(holm[3], 2 * plain[3]), 1e-15);
        assertTrue(holm[3] >= holm[2]);
        for (int i = 0; i < 4; i++) {
            assertTrue(plain[i] <= holm[i] && holm[i] <= bonferroni[i]);
        }
    }

    @Test
    void missingDifferencesAreNotCounted() {
        final Contrast[] family = {Contrast.of(2, 1, 10, 0.95), Contrast.MISSING, Contrast.of(3, 1, 10, 0.95)};
        assertArrayEquals(new double[] {2 * family[0].pValue(), Double.NaN, 2 * family[2].pValue()},
            MultipleComparisons.BONFERRONI.adjust(family, 3), 1e-15);
        assertArrayEquals(new double[] {family[0].pValue(), Double.NaN, 2 * family[2].pValue()},
            MultipleComparisons.HOLM.adjust(family, 3), 1e-15);
    }
}
