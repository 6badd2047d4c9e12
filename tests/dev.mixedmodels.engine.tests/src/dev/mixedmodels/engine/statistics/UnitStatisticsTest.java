package dev.mixedmodels.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.testing.Distributed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statistics of units from blocks of rows against sums over the rows. */
final class UnitStatisticsTest {
    private static final int P = 3;
    private static final int Q = 2;
    private static final int WIDTH = P + 1 + Q;
    private static final int UNITS = 7;
    /** Products of 200 rows of numbers near 1. */
    private static final double ROUNDING = 1e-12;

    private final double[][] rows = new double[200][WIDTH];
    private final int[] units = new int[rows.length];

    UnitStatisticsTest() {
        final Random random = new Random(15);
        for (int i = 0; i < rows.length; i++) {
            Arrays.setAll(rows[i], c -> random.nextGaussian());
            units[i] = random.nextInt(UNITS - 1); // the last unit has no row
            rows[i][P + 2] = units[i] == 0 ? 2 * rows[i][P + 1] : rows[i][P + 2]; // of rank 1
        }
    }

    /** Rows [x y z] as rows [z x y]. */
    private static double[] turned(final double[][] rows) {
        final double[] turned = new double[rows.length * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], P + 1, turned, i * WIDTH, Q);
            System.arraycopy(rows[i], 0, turned, i * WIDTH + Q, P + 1);
        }
        return turned;
    }

    private UnitStatistics part(final int from, final int to) {
        final UnitStatistics part = new UnitStatistics(Q, P);
        part.add(turned(Arrays.copyOfRange(rows, from, to)), Arrays.copyOfRange(units, from, to));
        return part;
    }

    private GroupReduction inBlocksOf(final int size) {
        return inBlocksOf(size, new UnitStatistics(Q, P));
    }

    private GroupReduction inBlocksOf(final int size, final UnitStatistics all) {
        for (int from = 0; from < rows.length; from += size) {
            all.merge(part(from, Math.min(rows.length, from + size)));
        }
        return all.reduction(UNITS);
    }

    /** Z'Z, Z'[X y] of each unit and [X y]'[X y], which do not depend on the signs of the triangles. */
    private static double[] products(final GroupReduction data) {
        final double[] products = new double[UNITS * Q * WIDTH + (P + 1) * (P + 1)];
        int at = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            for (int c = 0; c < Q; c++) {
                for (int d = 0; d < WIDTH; d++) {
                    for (int m = 0; m < Q; m++) {
                        final int row = unit * Q + m;
                        products[at] += data.r()[row * Q + c]
                            * (d < Q ? data.r()[row * Q + d] : data.t()[row * (P + 1) + d - Q]);
                    }
                    at++;
                }
            }
        }
        for (int a = 0; a <= P; a++) {
            for (int b = 0; b <= a; b++) {
                products[at + a * (P + 1) + b] = data.within()[a * (P + 1) + b];
                for (int i = 0; i < UNITS * Q; i++) {
                    products[at + a * (P + 1) + b] += data.t()[i * (P + 1) + a] * data.t()[i * (P + 1) + b];
                }
            }
        }
        return products;
    }

    private double[] bySums() {
        final double[] products = new double[UNITS * Q * WIDTH + (P + 1) * (P + 1)];
        for (int i = 0; i < rows.length; i++) {
            final double[] x = rows[i];
            for (int c = 0; c < Q; c++) {
                for (int d = 0; d < WIDTH; d++) {
                    products[(units[i] * Q + c) * WIDTH + d] += x[P + 1 + c] * x[d < Q ? P + 1 + d : d - Q];
                }
            }
            for (int a = 0; a <= P; a++) {
                for (int b = 0; b <= a; b++) {
                    products[UNITS * Q * WIDTH + a * (P + 1) + b] += x[a] * x[b];
                }
            }
        }
        return products;
    }

    @Test
    void blocksOfAnySizeGiveTheProductsOfTheRows() {
        for (final int size : new int[] {1, 3, 64, rows.length}) {
            assertArrayEquals(bySums(), products(inBlocksOf(size)), ROUNDING, () -> "blocks of " + size);
        }
    }

    @Test
    void roomForAllUnitsChangesNothing() {
        for (final int size : new int[] {1, 64}) {
            final GroupReduction expected = inBlocksOf(size);
            final GroupReduction found = inBlocksOf(size, new UnitStatistics(Q, P, UNITS));
            assertArrayEquals(products(expected), products(found), 0);
            assertArrayEquals(expected.counts(), found.counts());
        }
        final UnitStatistics sparse = new UnitStatistics(Q, P);
        final UnitStatistics dense = new UnitStatistics(Q, P, UNITS);
        dense.merge(part(0, 100));
        sparse.merge(dense);
        sparse.merge(part(100, rows.length));
        assertArrayEquals(bySums(), products(sparse.reduction(UNITS)), ROUNDING);
    }

    @Test
    void aWholeTriangleSplitsIntoThoseOfTheModel() {
        final UnitStatistics all = new UnitStatistics(WIDTH, -1);
        all.add(turned(rows), units);
        assertArrayEquals(bySums(), products(all.reduction(UNITS).split(Q)), ROUNDING);
    }

    @Test
    void rowsAreCounted() {
        final GroupReduction data = inBlocksOf(13);
        assertEquals(rows.length, data.rows());
        assertArrayEquals(Arrays.stream(units).collect(() -> new int[UNITS], (n, u) -> n[u]++, (a, b) -> { }),
            data.counts());
    }

    @Test
    void theyTravelBetweenMachines() {
        final UnitStatistics all = part(0, 50);
        all.merge(Distributed.copy(part(50, 200)));
        final UnitStatistics here = part(0, 50);
        here.merge(part(50, 200));
        assertArrayEquals(products(here.reduction(UNITS)), products(all.reduction(UNITS)), 0);
    }
}
