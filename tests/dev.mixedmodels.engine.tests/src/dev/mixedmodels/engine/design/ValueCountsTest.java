package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            part.add(Arrays.copyOfRange(x, from, Math.min(x.length, from + block)));
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

    @ParameterizedTest
    @ValueSource(doubles = {0, 1000, -4, 1e300})
    void neitherOrderNorBlocksMatter(final double offset) {
        final double[] x = normal(offset, 2);
        x[7] = offset * 1.001; // late ones widen the range
        x[ROWS - 7] = -1e5;
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
        assertEquals(ROWS, Arrays.stream(blocks.counts()).sum());
        for (int i = 1; i < blocks.values().length; i++) {
            assertTrue(blocks.values()[i - 1] < blocks.values()[i], "rising");
        }
    }

    /** Cells are intervals that hold their value; those of a wider range are unions of them, and they are not too many. */
    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1", "2000, 2020", "1e6, 1000000.01", "-7, -6.9", "-1e308, 1e308", "1e-320, 1e-310", "5e-324, 1",
        "-3e-310, 2e-312", "1e-3, 1e9", "0.5, 1", "0.4999999, 1"})
    void cellsOfAWiderRangeAreUnions(final double least, final double greatest) {
        final ValueCells cells = ValueCells.of(least, greatest);
        assertTrue(cells.size() > 0 && cells.size() <= 1 << 18, () -> "size " + cells.size());
        final SplittableRandom random = new SplittableRandom(4);
        final double[] x = random.doubles(2000).map(u -> least + u * greatest - u * least).sorted().toArray();
        for (final double by : new double[] {1, 1.0001, 1.5, 2, 1000, 1e300}) {
            for (int side = 0; side < 3; side++) {
                final double a = side == 0 ? least : Math.max(-Double.MAX_VALUE, Math.min(least / by, least * by));
                final double b = side == 1 ? greatest : Math.min(Double.MAX_VALUE, Math.max(greatest / by, greatest * by));
                final ValueCells wider = ValueCells.of(a, b);
                for (int i = 0; i < x.length; i++) {
                    final int place = cells.place(x[i]);
                    assertTrue(place >= 0 && place < cells.size() && (i == 0 || place >= cells.place(x[i - 1])));
                    assertEquals(place, cells.place(cells.value(place)));
                    assertEquals(x[i], cells.value(place), Math.max(Math.abs(x[i]) * 0x1p-13,
                        Math.max(0x1p-1035, Math.max(Math.abs(least), Math.abs(greatest)) * 0x1p-27)));
                    assertEquals(wider.place(x[i]), wider.place(cells.value(place)));
                }
            }
        }
    }

    /** Values of a cell differ by less than a thousandth of the standard deviation near the quartiles. */
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
