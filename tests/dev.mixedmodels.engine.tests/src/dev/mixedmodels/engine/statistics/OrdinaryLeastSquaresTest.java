package dev.mixedmodels.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.numeric.Matrices;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OrdinaryLeastSquaresTest {
    /** NIST StRD, Longley: y, x1, ..., x6. */
    private static final double[][] LONGLEY = {{60323, 83.0, 234289, 2356, 1590, 107608, 1947},
        {61122, 88.5, 259426, 2325, 1456, 108632, 1948}, {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
        {61187, 89.5, 284599, 3351, 1650, 110929, 1950}, {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
        {63639, 98.1, 346999, 1932, 3594, 113270, 1952}, {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
        {63761, 100.0, 363112, 3578, 3350, 116219, 1954}, {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
        {67857, 104.6, 419180, 2822, 2857, 118734, 1956}, {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
        {66513, 110.8, 444546, 4681, 2637, 121950, 1958}, {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
        {69564, 114.2, 502601, 3931, 2514, 125368, 1960}, {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
        {70551, 116.9, 554894, 4007, 2827, 130081, 1962}};

    @Test
    void longleyHasItsCertifiedValues() {
        final OrdinaryLeastSquares ols =
            fit("y ~ x1 + x2 + x3 + x4 + x5 + x6", LONGLEY, "y", "x1", "x2", "x3", "x4", "x5", "x6");
        assertRelative(new double[]{-3482258.63459582, 15.0618722713733, -0.358191792925910E-01, -2.02022980381683,
            -1.03322686717359, -0.511041056535807E-01, 1829.15146461355}, ols.coefficients(), 2e-14);
        assertRelative(new double[]{890420.383607373, 84.9149257747669, 0.334910077722432E-01, 0.488399681651699,
            0.214274163161675, 0.226073200069370, 455.478499142212}, ols.standardErrors(), 2e-14);
        assertEquals(836424.055505915, ols.residualSumOfSquares(), 1e-8);
        assertEquals(304.854073561965, Math.sqrt(ols.s2()), 1e-12);
        assertEquals(9, ols.df());
        // R 4.2.2, summary(lm(Employed ~ ., longley))
        assertEquals(0.8631408328092, ols.pValues()[1], 1e-10);
        assertEquals(0.0030368033416, ols.pValues()[6], 1e-12);
    }

    /** NIST StRD, Wampler2: y = 1 + 0.1 x + ... + 0.00001 x^5 exactly; residual variance 0. */
    @Test
    void polynomialOfDegreeFiveWithoutError() {
        final double[][] rows = IntStream.rangeClosed(0, 20).mapToObj(x ->
            new double[]{1 + x * (0.1 + x * (0.01 + x * (1e-3 + x * (1e-4 + x * 1e-5)))), x}).toArray(double[][]::new);
        final OrdinaryLeastSquares ols =
            fit("y ~ x + I(x^2) + I(x^3) + I(x^4) + I(x^5)", rows, "y", "x");
        assertRelative(new double[]{1, 0.1, 0.01, 1e-3, 1e-4, 1e-5}, ols.coefficients(), 1e-11); // y itself is rounded
    }

    @Test
    void yearsAndTheirSquaresEqualExactArithmetic() {
        final Random random = new Random(11);
        final double[][] rows = IntStream.range(0, 60).mapToObj(i -> {
            final double year = 2015 + random.nextInt(40) / 8.0;
            return new double[]{1e9 + 3 * (year - 2017) + random.nextInt(64) / 16.0, year, random.nextInt(16) * 1e6};
        }).toArray(double[][]::new);
        final OrdinaryLeastSquares ols = fit("y ~ t + I(t^2) + z", rows, "y", "t", "z");
        final double[][] x = new double[rows.length][];
        final double[] y = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            x[i] = new double[]{1, rows[i][1], rows[i][1] * rows[i][1], rows[i][2]};
            y[i] = rows[i][0];
        }
        final BigDecimal[][] solved = exact(x, y);
        final double s2 = solved[4][0].doubleValue() / (rows.length - 4);
        for (int j = 0; j < 4; j++) {
            assertEquals(1, ols.coefficients()[j] / solved[j][4].doubleValue(), 1e-12);
            assertEquals(1, ols.standardErrors()[j] / Math.sqrt(s2 * solved[j][j].doubleValue()), 1e-10);
        }
        assertEquals(1, ols.s2() / s2, 1e-12);
    }

    @Test
    void aHugeOffsetOfTheResponseOnlyMovesTheIntercept() {
        final double[][] shifted = Matrices.copy(LONGLEY);
        for (final double[] row : shifted) {
            row[0] = row[0] / 1024 + (1L << 40); // exact in a double
        }
        final String[] names = {"y", "x1", "x2", "x3", "x4", "x5", "x6"};
        final OrdinaryLeastSquares plain = fit("y ~ x1 + x6", LONGLEY, names);
        final OrdinaryLeastSquares ols = fit("y ~ x1 + x6", shifted, names);
        for (int j = 1; j < 3; j++) {
            assertEquals(1, 1024 * ols.coefficients()[j] / plain.coefficients()[j], 1e-12);
            assertEquals(1, 1024 * ols.standardErrors()[j] / plain.standardErrors()[j], 1e-12);
        }
    }

    @Test
    void shuffledRowsAgreeToThirteenDigits() {
        final List<double[]> rows = new ArrayList<>(List.of(LONGLEY));
        Collections.shuffle(rows, new Random(1));
        final String[] names = {"y", "x1", "x2", "x3", "x4", "x5", "x6"};
        final OrdinaryLeastSquares expected = fit("y ~ x1 + x2 + I(x6^2)", LONGLEY, names);
        final OrdinaryLeastSquares shuffled = fit("y ~ x1 + x2 + I(x6^2)", rows.toArray(double[][]::new), names);
        assertRelative(expected.coefficients(), shuffled.coefficients(), 1e-13);
        assertRelative(expected.standardErrors(), shuffled.standardErrors(), 1e-13);
    }

    @Test
    void redundantColumnsAreNamedWithWhatTheyAreMadeOf() {
        final double[][] rows = IntStream.range(0, 12).mapToObj(i -> new double[]{i % 5, i, i * i % 7,
            2 * i - 0.5 * (i * i % 7) + 3, 7}).toArray(double[][]::new);
        final Warnings warnings = new Warnings();
        final ModelDesign design = design("y ~ a + b + c + d", rows, warnings, "y", "a", "b", "c", "d");
        assertEquals(List.of("(Intercept)", "a", "b"), design.fixed().names());
        assertEquals(List.of("(Intercept)", "a", "b", "c", "d"), design.fixed().allNames());
        assertEquals(List.of("c = 3 (Intercept) + 2 a - 0.5 b", "d = 7 (Intercept)"), design.fixed().redundancies());
        assertEquals(1, warnings.list().size());
        assertArrayEquals(new int[] {0, 1, 2}, design.fixed().kept());
    }

    /** A cubic in years has 3e-7 of its spread left after the square; a copy with rounding has nothing left. */
    @Test
    void powersOfYearsAreKeptAndRoundedCopiesAreNot() {
        final double[][] rows = IntStream.range(0, 40).mapToObj(i -> new double[]{i % 7, 2000 + i / 2.0,
            (2000 + i / 2.0) / 3, i % 4 + 0.1 * 3}).toArray(double[][]::new);
        assertEquals(List.of("(Intercept)", "t", "I(t^2)", "I(t^3)", "b"),
            design("y ~ t + I(t^2) + I(t^3) + c + b", rows, new Warnings(), "y", "t", "c", "b").fixed().names());
        assertEquals(List.of("b0.3", "b1.3", "b2.3", "b3.3", "t", "I(t^2)", "I(t^3)"), ModelDesign.of(
            frame(rows, "y", "t", "c", "b").with(NominalColumn.of("b", IntStream.range(0, 40)
                .mapToObj(i -> i % 4 + ".3").toList())).with(new NumericColumn("perB",
                    IntStream.range(0, 40).mapToDouble(i -> 1e6 + (i % 4) / 3.0).toArray())),
            Formula.parse("y ~ 0 + b + perB + t + I(t^2) + I(t^3) + c"), DesignOptions.DEFAULT, new Warnings())
            .fixed().names());
    }

    @Test
    void asManyCoefficientsAsRowsLeaveNoVariance() {
        final OrdinaryLeastSquares ols = fit("y ~ x", new double[][]{{1, 1}, {2, 3}}, "y", "x");
        assertArrayEquals(new double[]{0.5, 0.5}, ols.coefficients(), 1e-15);
        assertTrue(Double.isNaN(ols.s2()) && Double.isNaN(ols.standardErrors()[0]) && Double.isNaN(ols.pValues()[0]));
    }

    @Test
    void theWorkingBasisIsOrthogonalAndTransformsBack() {
        final ModelDesign design = design("y ~ x1 + x6 + I(x6^2) + I(x6^3)", LONGLEY, new Warnings(), "y", "x1", "x2",
            "x3", "x4", "x5", "x6");
        final int p = design.fixed().columns();
        assertEquals(5, p);
        final double[][] w = new double[LONGLEY.length][p];
        final double[][] x = new double[LONGLEY.length][p];
        for (int i = 0; i < w.length; i++) {
            design.fixed().basisRow(i, w[i]);
            design.fixed().row(i, x[i]);
            assertEquals(1, w[i][0], 1e-15);
        }
        final double[][] gram = Matrices.multiply(Matrices.transpose(w), w);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                assertEquals(i == j ? w.length : 0, gram[i][j], 1e-5); // x6^3 keeps nine digits after x6 and x6^2
            }
        }
        final double[] gamma = {3, -1, 0.5, 2, 0.25};
        final double[] beta = design.fixed().basis().coefficients(gamma);
        final double[] l = {1, 2, -3, 0.5, 1};
        assertEquals(1, Matrices.dot(l, beta)
            / Matrices.dot(design.fixed().basis().contrast(l), gamma), 1e-12);
        final double[][] t = design.fixed().basis().matrix();
        double logT = 0;
        for (int i = 0; i < p; i++) {
            logT += Math.log(t[i][i]);
        }
        assertEquals(-2 * logT, design.fixed().basis().logDeterminant(), 1e-9);
        assertEquals(Matrices.dot(x[7], beta), Matrices.dot(w[7], gamma), 1e-3); // x'beta itself cancels
    }

    /** (X'X)^-1, b as column p, RSS in row p, all with 80 digits, by elimination of [X'X I X'y]. */
    private static BigDecimal[][] exact(final double[][] x, final double[] y) {
        final MathContext digits = new MathContext(80);
        final int p = x[0].length;
        final BigDecimal[][] a = new BigDecimal[p][2 * p + 1];
        BigDecimal rss = BigDecimal.ZERO;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= 2 * p; j++) {
                a[i][j] = j == p + i ? BigDecimal.ONE : BigDecimal.ZERO;
                for (int r = 0; r < x.length && (j < p || j == 2 * p); r++) {
                    a[i][j] = a[i][j].add(new BigDecimal(x[r][i]).multiply(new BigDecimal(j < p ? x[r][j] : y[r])));
                }
            }
        }
        for (int k = 0; k < p; k++) {
            for (int j = 2 * p; j >= k; j--) {
                a[k][j] = a[k][j].divide(a[k][k], digits);
            }
            for (int i = 0; i < p; i++) {
                final BigDecimal factor = a[i][k];
                for (int j = k; j <= 2 * p && i != k; j++) {
                    a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], digits), digits);
                }
            }
        }
        for (int r = 0; r < x.length; r++) {
            BigDecimal residual = new BigDecimal(y[r]);
            for (int j = 0; j < p; j++) {
                residual = residual.subtract(a[j][2 * p].multiply(new BigDecimal(x[r][j])));
            }
            rss = rss.add(residual.multiply(residual, digits));
        }
        final BigDecimal[][] result = new BigDecimal[p + 1][p + 1];
        for (int i = 0; i < p; i++) {
            System.arraycopy(a[i], p, result[i], 0, p + 1);
        }
        result[p][0] = rss;
        return result;
    }

    private static OrdinaryLeastSquares fit(final String formula, final double[][] rows, final String... names) {
        return OrdinaryLeastSquares.of(design(formula, rows, new Warnings(), names).fixed());
    }

    private static ModelDesign design(final String formula, final double[][] rows, final Warnings warnings,
        final String... names) {
        return ModelDesign.of(frame(rows, names), Formula.parse(formula), DesignOptions.DEFAULT, warnings);
    }

    private static Frame frame(final double[][] rows, final String... names) {
        final List<NumericColumn> columns = new ArrayList<>();
        for (int j = 0; j < names.length; j++) {
            final int column = j;
            columns.add(new NumericColumn(names[j],
                IntStream.range(0, rows.length).mapToDouble(i -> rows[i][column]).toArray()));
        }
        return new Frame(rows.length, columns);
    }

    private static void assertRelative(final double[] expected, final double[] actual, final double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(1, actual[i] / expected[i], tolerance);
        }
    }
}
