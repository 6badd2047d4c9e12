package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CrossProductsTest {
    private static final int ROWS = 2000;

    /** Columns 1, an offset of 13 digits with a spread of 1, a year, an indicator. */
    private static double[][] table() {
        final Random random = new Random(7);
        return IntStream.range(0, ROWS).mapToObj(i -> new double[]{1, 1e12 + random.nextInt(8) / 8.0,
            2000 + 20 * random.nextDouble(), random.nextInt(2)}).toArray(double[][]::new);
    }

    private static CrossProducts accumulate(final List<double[]> rows) {
        final CrossProducts products = new CrossProducts(new double[]{0, 1e12 + 0.5, 2010, 0});
        rows.forEach(products::add);
        return products;
    }

    @Test
    void centredProductsAreExact() {
        final double[][] table = table();
        final CrossProducts products = accumulate(Arrays.asList(table));
        final MathContext digits = new MathContext(60);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                BigDecimal sum = BigDecimal.ZERO;
                BigDecimal sumI = BigDecimal.ZERO;
                BigDecimal sumJ = BigDecimal.ZERO;
                for (final double[] row : table) {
                    sum = sum.add(new BigDecimal(row[i]).multiply(new BigDecimal(row[j])));
                    sumI = sumI.add(new BigDecimal(row[i]));
                    sumJ = sumJ.add(new BigDecimal(row[j]));
                }
                final double expected =
                    sum.subtract(sumI.multiply(sumJ).divide(BigDecimal.valueOf(ROWS), digits)).doubleValue();
                // one rounding of the double that is returned, and one of each difference from the shift
                assertEquals(expected, products.centred(i, j), 1e-15 * Math.abs(expected) + 1e-13);
            }
        }
    }

    @Test
    void shuffledRowsGiveTheSameNumbers() {
        final List<double[]> rows = Arrays.asList(table());
        final CrossProducts expected = accumulate(rows);
        Collections.shuffle(rows, new Random(3));
        final CrossProducts shuffled = accumulate(rows);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                assertEquals(expected.product(i, j), shuffled.product(i, j), 1e-15 * Math.abs(expected.product(i, j)));
            }
        }
    }

    /** Columns of which one is 0 in half of the rows; each row times its factor, a power of 2, which rounds nothing. */
    @Test
    void rowsByColumnsGiveTheSameNumbers() {
        final double[][] table = table();
        final double[] shift = {0, 1e12 + 0.5, 2010, 0};
        final CrossProducts byColumns = new CrossProducts(shift);
        final CrossProducts byRows = new CrossProducts(new double[5]);
        for (int from = 0; from < ROWS; from += 300) {
            final int first = from;
            final int rows = Math.min(300, ROWS - from);
            final double[][] columns = new double[4][rows];
            for (int i = 0; i < rows; i++) {
                final double root = 1 << (first + i) % 3;
                final double[] row = new double[5];
                row[0] = root;
                for (int j = 0; j < 4; j++) {
                    columns[j][i] = table[first + i][j];
                    row[j + 1] = root * (columns[j][i] - shift[j]);
                }
                byRows.add(row);
            }
            byColumns.add(columns, rows, i -> 1 << (first + i) % 3);
        }
        assertEquals(ROWS, byColumns.count());
        assertEquals(byRows.product(0, 0), byColumns.weight());
        for (int i = 0; i < 4; i++) {
            final double sum = (byColumns.mean(i) - shift[i]) * byColumns.weight();
            // the mean is a double near the shift
            assertEquals(byRows.product(i + 1, 0), sum, 1e-15 * (byColumns.weight() * Math.abs(shift[i]) + Math.abs(sum)));
            for (int j = 0; j <= i; j++) {
                // both are right to the last bit
                assertEquals(byRows.product(i + 1, j + 1), byColumns.product(i, j),
                    1e-15 * Math.abs(byRows.product(i + 1, j + 1)));
            }
        }
    }

    @Test
    void mergedPartsAreTheWhole() {
        final List<double[]> rows = Arrays.asList(table());
        final CrossProducts whole = accumulate(rows);
        final CrossProducts merged = accumulate(rows.subList(0, 700));
        merged.merge(accumulate(rows.subList(700, 701)));
        merged.merge(accumulate(List.of()));
        merged.merge(accumulate(rows.subList(701, ROWS)));
        assertEquals(ROWS, merged.count());
        for (int i = 0; i < 4; i++) {
            assertEquals(whole.mean(i), merged.mean(i), Math.ulp(whole.mean(i)));
            for (int j = 0; j <= i; j++) {
                assertEquals(whole.product(i, j), merged.product(i, j), 1e-15 * Math.abs(whole.product(i, j)));
            }
        }
    }

    @Test
    void quotientsAndRootsHaveTwiceTheDigitsOfADouble() {
        final DoubleDouble third = new DoubleDouble();
        third.add(1);
        third.divide(3, 0);
        assertEquals(1.0 / 3, third.high());
        assertEquals(new BigDecimal(1).divide(new BigDecimal(3), new MathContext(50))
            .subtract(new BigDecimal(third.high())).doubleValue(), third.low(), 1e-32);
        final DoubleDouble root = new DoubleDouble();
        root.add(2);
        root.squareRoot();
        assertEquals(new BigDecimal(2).sqrt(new MathContext(50)).subtract(new BigDecimal(root.high())).doubleValue(),
            root.low(), 1e-31);
        root.addProduct(-root.high(), -root.low(), root.high(), root.low());
        assertEquals(Math.sqrt(2) - 2, root.value(), 1e-15);
    }

    @Test
    void columnsThatDependOnEarlierOnesAreFoundInOrder() {
        final Random random = new Random(5);
        final CrossProducts products = new CrossProducts(new double[]{0, 2010, 4020, 0, 0.1, 0});
        for (int i = 0; i < 50; i++) {
            final double year = 2000 + random.nextInt(20);
            final double x = random.nextGaussian();
            products.add(new double[]{1, year, 2 * year + 1, year + 1e-9 * x, 0.1, 3 * x - 2});
        }
        final OrderedCholesky cholesky = OrderedCholesky.of(products, 6, 1);
        assertArrayEquals(new int[]{0, 1, 5}, cholesky.kept());
        // 2 (year - 2010) + 1 = 2 year + 1 - 4020 + 0 (1)
        assertArrayEquals(new double[]{1, 2}, cholesky.projection(2)[0], 1e-12);
    }
}
