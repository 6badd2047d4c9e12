package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.testing.Figures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that differ by many orders of magnitude more than the rows within them, against the analysis of variance. */
class VariationRatioTest {
    private static final int OUTER = 12;
    private static final int INNER = 5;
    private static final int ROWS = 3;

    /** A balanced nested layout: a, b within a, rows. */
    private static double[][][] nested(final double deviation) {
        final Random random = new Random(11);
        final double[][][] y = new double[OUTER][INNER][ROWS];
        for (final double[][] outer : y) {
            final double a = deviation * random.nextGaussian();
            for (final double[] inner : outer) {
                final double b = deviation * random.nextGaussian();
                for (int i = 0; i < ROWS; i++) {
                    inner[i] = 50 + a + b + random.nextGaussian();
                }
            }
        }
        return y;
    }

    private static Frame frame(final double[][][] y) {
        final List<String> a = new ArrayList<>();
        final List<String> b = new ArrayList<>();
        final List<Double> values = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                for (final double value : y[i][j]) {
                    a.add("a" + i);
                    b.add("b" + j);
                    values.add(value);
                }
            }
        }
        return new Frame(values.size(), List.of(NominalColumn.of("a", a), NominalColumn.of("b", b),
            new NumericColumn("y", values.stream().mapToDouble(Double::doubleValue).toArray())));
    }

    /** Mean squares of the nested layout in decimal arithmetic: of a, of b within a, of rows. */
    private static double[] meanSquares(final double[][][] y) {
        final MathContext digits = new MathContext(50);
        final BigDecimal[] squares = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
        BigDecimal grand = BigDecimal.ZERO;
        final BigDecimal[] outerMeans = new BigDecimal[y.length];
        for (int i = 0; i < y.length; i++) {
            BigDecimal outer = BigDecimal.ZERO;
            final BigDecimal[] means = new BigDecimal[y[i].length];
            for (int j = 0; j < means.length; j++) {
                final BigDecimal[] values = Arrays.stream(y[i][j]).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
                means[j] = Arrays.stream(values).reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(BigDecimal.valueOf(values.length), digits);
                for (final BigDecimal value : values) {
                    squares[2] = squares[2].add(value.subtract(means[j]).pow(2), digits);
                }
                outer = outer.add(means[j]);
            }
            outerMeans[i] = outer.divide(BigDecimal.valueOf(means.length), digits);
            for (final BigDecimal mean : means) {
                squares[1] = squares[1].add(mean.subtract(outerMeans[i]).pow(2), digits);
            }
            grand = grand.add(outerMeans[i]);
        }
        grand = grand.divide(BigDecimal.valueOf(y.length), digits);
        for (final BigDecimal mean : outerMeans) {
            squares[0] = squares[0].add(mean.subtract(grand).pow(2), digits);
        }
        final int inner = y[0].length;
        final int rows = y[0][0].length;
        return new double[] {squares[0].doubleValue() * inner * rows / (y.length - 1),
            squares[1].doubleValue() * rows / (y.length * Math.max(1, inner - 1)),
            squares[2].doubleValue() / (y.length * inner * (rows - 1))};
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e3, 1e8, 1e10})
    void oneLevelIsFittedWhateverTheRatio(final double ratio) {
        final Random random = new Random(5);
        final double[][][] y = new double[30][1][6];
        for (final double[][] unit : y) {
            final double level = 1e-3 * ratio * random.nextGaussian();
            Arrays.setAll(unit[0], i -> level + 1e-3 * random.nextGaussian());
        }
        final double[] squares = meanSquares(y);
        final ModelFit fit = Fits.fit("y ~ 1 + (1 | a)", frame(y), Fits.QUICK);
        // the rounding of the response itself reaches 1e-7 of the residual standard deviation
        near(squares[2], squares[2] * Math.sqrt(2.0 / 150), Fits.parameter(fit, "Residual", "Var(Residual)"), 1e-6);
        near((squares[0] - squares[2]) / 6, Math.sqrt(2 * (squares[0] * squares[0] / 29 + squares[2] * squares[2] / 150))
            / 6, Fits.parameter(fit, "a", "Var((Intercept))"), 1e-9);
        assertEquals(1, Fits.statistic(fit, "Converged").value());
    }

    /** With several levels the residual variance is a small difference of cross-products. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 300, 1e3, 1e4})
    void nestedLevelsAreFittedUpToLargeRatios(final double deviation) {
        final double[][][] y = nested(deviation);
        final double[] squares = meanSquares(y);
        final Warnings warnings = new Warnings();
        final ModelFit fit = Fits.fit("y ~ 1 + (1 | a/b)", frame(y), Fits.QUICK, DesignOptions.DEFAULT, warnings);
        final int[] df = {OUTER - 1, OUTER * (INNER - 1), OUTER * INNER * (ROWS - 1)};
        final double tolerance = deviation < 1e4 ? 1e-6 : 2e-5;
        near(squares[2], squares[2] * Math.sqrt(2.0 / df[2]), Fits.parameter(fit, "Residual", "Var(Residual)"), tolerance);
        near((squares[1] - squares[2]) / ROWS, Math.sqrt(2 * (squares[1] * squares[1] / df[1]
            + squares[2] * squares[2] / df[2])) / ROWS, Fits.parameter(fit, "a/b", "Var((Intercept))"), tolerance);
        near((squares[0] - squares[1]) / ROWS / INNER, Math.sqrt(2 * (squares[0] * squares[0] / df[0]
            + squares[1] * squares[1] / df[1])) / ROWS / INNER, Fits.parameter(fit, "a", "Var((Intercept))"), tolerance);
        assertEquals(1, Fits.statistic(fit, "Converged").value());
        assertTrue(warnings.isEmpty(), warnings.list().toString());
    }

    private static void near(final double expected, final double error, final CovarianceParameterRow row,
        final double tolerance) {
        assertEquals(expected, row.estimate(), tolerance * expected, row.parameter());
        assertEquals(error, row.stdError(), 10 * tolerance * error, row.parameter());
    }

    @Test
    void roundingThatShowsBesideSeveralLevelsIsSaid() {
        final Warnings warnings = new Warnings();
        Fits.fit("y ~ 1 + (1 | a/b)", frame(nested(1e5)), Fits.QUICK, DesignOptions.DEFAULT, warnings);
        assertTrue(warnings.list().get(0).contains("good to about 2 digits"), warnings.list().toString());
        final String message = assertThrows(ModelException.class,
            () -> Fits.fit("y ~ 1 + (1 | a/b)", frame(nested(1e8)), Fits.QUICK)).getMessage();
        assertTrue(message.contains("1e11 times") && message.contains("one level at a time"), message);
    }

    /** A fixed effect or an offset that dwarfs everything else costs no digits either. */
    @ParameterizedTest
    @ValueSource(strings = {"y ~ f + (1 | a/b)", "y ~ 0 + f + (1 | a/b)", "y ~ 0 + f + (1 | a)", "y ~ x + (1 | a)"})
    void largeFixedEffectsDoNotDrownTheRest(final String formula) {
        final boolean factor = formula.contains("f");
        final Frame small = withCovariates(frame(nested(1)), 0, 0);
        final Frame large = withCovariates(frame(nested(1)), factor ? 1 << 20 : 0, factor ? 0 : 1 << 20);
        final ModelFit expected = Fits.fit(formula, small, Fits.QUICK);
        final ModelFit actual = Fits.fit(formula, large, Fits.QUICK);
        for (int i = 0; i < expected.tables().covarianceParameters().size(); i++) {
            final double value = expected.tables().covarianceParameters().get(i).estimate();
            // the response is rounded at 2^-33 of its residual standard deviation
            assertEquals(value, actual.tables().covarianceParameters().get(i).estimate(), 1e-7 * value);
        }
        assertEquals(Fits.statistic(expected, "-2 Log Likelihood").value(),
            Fits.statistic(actual, "-2 Log Likelihood").value(), 1e-6);
    }

    private static Frame withCovariates(final Frame frame, final double ofF, final double ofX) {
        final int n = frame.rows();
        final double[] x = new double[n];
        final double[] y = new double[n];
        final List<String> f = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            f.add(i % 2 == 0 ? "p" : "q");
            x[i] = i % 7;
            y[i] = frame.numeric("y").value(i) + ofF * (1 + i % 2) + ofX * x[i];
        }
        return new Frame(n, List.of(frame.column("a"), frame.column("b"), NominalColumn.of("f", f),
            new NumericColumn("x", x), new NumericColumn("y", y)));
    }

    @Test
    void exactLinesAreRefusedForWhatTheyAre() {
        final double[] y = {12, 13.1, 14.2, 15.3, 16.4, 14, 15.2, 16.4, 17.6, 18.8, 16, 17.3, 18.6, 19.9, 21.2};
        final Frame frame = new Frame(15, List.of(new NumericColumn("y", y),
            new NumericColumn("t", new double[] {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4}),
            NominalColumn.of("id", List.of("1", "1", "1", "1", "1", "2", "2", "2", "2", "2", "3", "3", "3", "3", "3"))));
        final String message = assertThrows(ModelException.class,
            () -> Fits.fit("y ~ t + (1 + t | id)", frame, Fits.QUICK)).getMessage();
        assertTrue(message.contains("\"y\"") && message.contains("but for rounding"), message);
    }

    /** With one level the residuals have a closed form in the estimates. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 3e4, 1e6})
    void normalizedResidualsKeepTheirDigits(final double deviation) {
        final Random random = new Random(8);
        final double[][][] y = new double[20][1][7];
        for (final double[][] unit : y) {
            final double level = deviation * random.nextGaussian();
            Arrays.setAll(unit[0], i -> level + random.nextGaussian());
        }
        final ModelFit fit = Fits.fit("y ~ 1 + (1 | a)", frame(y), Fits.QUICK);
        final double mean = fit.tables().fixedEffects().get(0).estimate();
        final double sigma2 = Fits.parameter(fit, "Residual", "Var(Residual)").estimate();
        final double ratio = Fits.parameter(fit, "a", "Var((Intercept))").estimate() / sigma2;
        int row = 0;
        for (final double[][] unit : y) {
            double sum = 0;
            for (int n = 0; n < unit[0].length; n++) {
                final double deviationOfRow = unit[0][n] - mean;
                final double expected = (deviationOfRow - ratio * sum / (1 + n * ratio))
                    / Math.sqrt(sigma2 * (1 + ratio / (1 + n * ratio)));
                // rounding of the mean, a unit in the last place of the response
                assertEquals(expected, Figures.fittedValues(fit).apply(row++).normalized(),
                    4e-15 * deviation * 10 + 1e-13);
                sum += deviationOfRow;
            }
        }
    }
}
