package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Values that are counted while rows stream by, against sorting all of them. */
class ValueCountsTest {
    private static final int ROWS = 200_000;

    private static double[] normal(final double offset, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(ROWS).map(u -> offset + Math.log(u / (1 - u))).toArray();
    }

    private static ValueCounts of(final double[] x, final boolean exact, final int block) {
        final ValueCounts all = new ValueCounts(exact);
        for (int from = 0; from < x.length; from += block) {
            final ValueCounts part = new ValueCounts(exact);
            for (int i = from; i < Math.min(x.length, from + block); i++) {
                part.add(x[i]);
            }
            all.merge(part);
        }
        return all;
    }

    @Test
    void exactCountsAreThoseOfSortedValues() {
        final double[] x = normal(0, 1);
        for (int i = 0; i < x.length; i += 3) {
            x[i] = Math.rint(x[i]); // many equal ones, 0 and -0 among them
        }
        final ValueCounts.Sorted found = of(x, true, 1 << 14).sorted();
        final double[] sorted = Arrays.stream(x).map(v -> v + 0.0).sorted().toArray();
        assertArrayEquals(Arrays.stream(sorted).distinct().toArray(), found.values());
        assertEquals(ROWS, Arrays.stream(found.counts()).sum());
        for (int rank = 0; rank < ROWS; rank += 997) {
            assertEquals(sorted[rank], found.at(rank));
        }
    }

    @Test
    void neitherOrderNorBlocksMatter() {
        final double[] x = normal(1000, 2);
        final double[] reversed = x.clone();
        for (int i = 0; i < x.length; i++) {
            reversed[i] = x[x.length - 1 - i];
        }
        final ValueCounts.Sorted blocks = of(x, false, 1 << 14).sorted();
        for (final ValueCounts.Sorted other : new ValueCounts.Sorted[] {of(x, false, 777).sorted(), of(x, false, ROWS).sorted(),
            of(reversed, false, 1 << 14).sorted()}) {
            assertArrayEquals(blocks.values(), other.values());
            assertArrayEquals(blocks.counts(), other.counts());
        }
        assertTrue(blocks.values().length > 1 << 14 && blocks.values().length <= 1 << 16, "bounded");
    }

    /** Of 65,536 values at most neighbours differ by less than a thousandth of the standard deviation near the quartiles. */
    @Test
    void quartilesOfManyValuesAreClose() {
        for (final double offset : new double[] {0, -5, 1e6}) {
            final double[] x = normal(offset, 3);
            final double[] sorted = Arrays.stream(x).sorted().toArray();
            final ColumnSummary summary = of(x, false, 1 << 14).summary("x");
            assertNull(summary.distinct());
            assertEquals(sorted[0], summary.quantiles()[0]);
            assertEquals(sorted[ROWS - 1], summary.quantiles()[4]);
            for (int quarter = 1; quarter < 4; quarter++) {
                assertEquals(sorted[quarter * ROWS / 4], summary.quantiles()[quarter], 2e-3);
            }
        }
    }

    @Test
    void fewValuesAreToldOneByOne() {
        final double[] x = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = i % 20 - 10;
        }
        assertArrayEquals(Arrays.stream(x).distinct().toArray(), of(x, false, 1 << 14).summary("x").distinct());
        x[ROWS / 2] = 1e300;
        assertNull(of(x, false, 1 << 14).summary("x").distinct());
    }
}
