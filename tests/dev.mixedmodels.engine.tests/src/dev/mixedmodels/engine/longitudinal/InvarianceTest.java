package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvarianceTest {
    private static final List<Growth.Row> ROWS = Growth.rows(30, 11);
    private static final String SLOPES = "y ~ time * arm + (1 + time | subject)";

    private static LongitudinalSettings serial(final LongitudinalSettings settings) {
        return settings.withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject");
    }

    static Stream<LongitudinalSettings> models() {
        return Stream.of(Growth.settings(SLOPES), Growth.settings("y ~ time + (time || subject)").withReml(false),
            serial(Growth.settings("y ~ time * arm + (1 | subject)")),
            Growth.settings("y ~ time + (1 | subject)").withVariance("arm", null),
            Growth.settings("y ~ time + (1 | subject)").withVariance(null, "x"));
    }

    private static void assertClose(final double[] expected, final double[] actual, final double relative) {
        assertEquals(expected.length, actual.length);
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], actual[k], relative * Math.max(1e-3, Math.abs(expected[k])), "element " + k);
        }
    }

    private static double[] df(final LongitudinalFit fit) {
        return fit.tables(Progress.NONE, new Warnings()).fixedEffects().stream().mapToDouble(FixedEffectRow::df)
            .toArray();
    }

    @ParameterizedTest
    @MethodSource("models")
    void orderOfRowsDoesNotMatter(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final LongitudinalFit shuffled = Growth.fit(settings, Growth.shuffled(ROWS));
        assertEquals(fit.criterion(), shuffled.criterion(), 1e-13 * Math.abs(fit.criterion()));
        // estimates: root of the criterion's rounding
        assertClose(FitFigures.coefficients(fit), FitFigures.coefficients(shuffled), 1e-11);
        assertClose(FitFigures.covarianceParameters(fit), FitFigures.covarianceParameters(shuffled), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("models")
    void threadsDoNotChangeABit(final LongitudinalSettings settings) throws Exception {
        final ForkJoinPool pool = new ForkJoinPool(3);
        try {
            final LongitudinalFit many = pool.submit(() -> Growth.fit(settings, ROWS)).get();
            final LongitudinalFit one = Growth.fit(settings, ROWS);
            assertEquals(one.criterion(), many.criterion());
            assertArrayEquals(FitFigures.coefficients(one), FitFigures.coefficients(many));
            assertArrayEquals(FitFigures.covarianceParameters(one), FitFigures.covarianceParameters(many));
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void responseMayBeShiftedByAMillionDeviations(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final double shift = 3e6;
        final LongitudinalFit moved =
            Growth.fit(settings, ROWS.stream().map(row -> row.withY(row.y() + shift)).toList());
        final double[] coefficients = FitFigures.coefficients(moved);
        coefficients[0] -= shift;
        assertClose(FitFigures.coefficients(fit), coefficients, 1e-7);
        assertClose(FitFigures.standardErrors(fit), FitFigures.standardErrors(moved), 1e-7);
        assertClose(FitFigures.covarianceParameters(fit), FitFigures.covarianceParameters(moved), 1e-7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-148, 1e-100, 1e-6, 1e6, 1e100, 1e148})
    void responseMayBeInAnyUnit(final double unit) {
        models().forEach(settings -> {
            final LongitudinalFit fit = Growth.fit(settings, ROWS);
            final LongitudinalFit scaled =
                Growth.fit(settings, ROWS.stream().map(row -> row.withY(row.y() * unit)).toList());
            for (int k = 0; k < FitFigures.coefficients(fit).length; k++) {
                assertEquals(1, FitFigures.coefficients(scaled)[k] / FitFigures.coefficients(fit)[k] / unit, 1e-7);
                assertEquals(1, FitFigures.standardErrors(scaled)[k] / FitFigures.standardErrors(fit)[k] / unit, 1e-7);
            }
            for (int k = 0; k < FitFigures.covarianceParameters(fit).length; k++) {
                final boolean variance = scaled.estimate().isVariance(k);
                final double square = variance ? unit * unit : 1;
                final double expected = FitFigures.covarianceParameters(fit)[k] * square;
                assertEquals(expected, FitFigures.covarianceParameters(scaled)[k], 1e-7 * Math.abs(expected));
            }
        });
    }

    /** D of the slope goes with the inverse square of the unit, the covariance with the inverse. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e4})
    void slopeVariableMayBeInAnyUnit(final double unit) {
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), ROWS);
        final LongitudinalFit scaled = Growth.fit(Growth.settings(SLOPES),
            ROWS.stream().map(row -> row.withTime(row.time() * unit)).toList());
        assertEquals(1, FitFigures.coefficients(scaled)[1] / FitFigures.coefficients(fit)[1] * unit, 1e-7);
        final double[] expected = FitFigures.covarianceParameters(fit);
        expected[1] /= unit;
        expected[2] /= unit * unit;
        for (int k = 0; k < expected.length; k++) {
            assertEquals(1, FitFigures.covarianceParameters(scaled)[k] / expected[k], 1e-7);
        }
        assertClose(df(fit), df(scaled), 1e-6);
    }

    /** Times as years: the intercept's variance and covariance move to the new origin, nothing else changes. */
    @Test
    void slopeVariableMayBeShifted() {
        final double shift = 2019.5;
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), ROWS);
        final LongitudinalFit moved = Growth.fit(Growth.settings(SLOPES),
            ROWS.stream().map(row -> row.withTime(row.time() + shift)).toList());
        final double logChange = fit.criterion() - moved.criterion();
        assertEquals(0, logChange, 1e-9 * Math.abs(fit.criterion()));
        final double[] d = FitFigures.covarianceParameters(fit);
        final double[] expected = {d[0] - 2 * shift * d[1] + shift * shift * d[2], d[1] - shift * d[2], d[2], d[3]};
        assertClose(expected, FitFigures.covarianceParameters(moved), 1e-7);
        assertEquals(FitFigures.standardErrors(fit)[1], FitFigures.standardErrors(moved)[1],
            1e-7 * FitFigures.standardErrors(fit)[1]);
        assertEquals(df(fit)[1], df(moved)[1], 1e-6 * df(fit)[1]);
    }

    @Test
    void structuresThatCoincideGiveTheSameFit() {
        // one effect: every structure of D is its variance
        final double expected = Growth.fit(Growth.settings("y ~ time + (1 | subject)"), ROWS).criterion();
        for (final RandomStructure structure : RandomStructure.values()) {
            assertEquals(expected, Growth.fit(Growth.settings("y ~ time + (1 | subject)").withRandom(structure), ROWS)
                .criterion(), 1e-10 * expected);
        }
        // || and DIAGONAL
        assertEquals(Growth.fit(Growth.settings("y ~ time + (time || subject)"), ROWS).criterion(),
            Growth.fit(Growth.settings("y ~ time + (time | subject)").withRandom(RandomStructure.DIAGONAL), ROWS)
                .criterion(), 1e-10 * expected);
    }

    /** Random intercept = compound-symmetric residuals without a random part, where the correlation is positive. */
    @Test
    void randomInterceptEqualsCompoundSymmetry() {
        final LongitudinalFit intercept = Growth.fit(Growth.settings("y ~ time * arm + (1 | subject)"), ROWS);
        final LongitudinalFit symmetric = Growth.fit(Growth.settings("y ~ time * arm")
            .withResidual(ResidualStructure.COMPOUND_SYMMETRY, "time", "subject"), ROWS);
        final double[] d = FitFigures.covarianceParameters(intercept);
        final double[] s = FitFigures.covarianceParameters(symmetric);
        assertEquals(intercept.criterion(), symmetric.criterion(), 1e-9 * Math.abs(intercept.criterion()));
        assertEquals(d[0] + d[1], s[0], 1e-6 * s[0]);
        assertEquals(d[0] / (d[0] + d[1]), s[1], 1e-6);
        assertClose(FitFigures.coefficients(intercept), FitFigures.coefficients(symmetric), 1e-6);
        assertClose(FitFigures.standardErrors(intercept), FitFigures.standardErrors(symmetric), 1e-6);
        assertClose(df(intercept), df(symmetric), 1e-5);
    }

    @Test
    void logLikelihoodsOfNestedModelsAreOrdered() {
        final double identity = value(RandomStructure.IDENTITY);
        final double diagonal = value(RandomStructure.DIAGONAL);
        final double symmetric = value(RandomStructure.COMPOUND_SYMMETRY);
        final double full = value(RandomStructure.UNSTRUCTURED);
        final double slack = 1e-8;
        assertTrue(full <= diagonal + slack && full <= symmetric + slack);
        assertTrue(diagonal <= identity + slack && symmetric <= identity + slack);
        final LongitudinalSettings random = Growth.settings(SLOPES);
        assertTrue(Growth.fit(serial(random), ROWS).criterion() <= Growth.fit(random, ROWS).criterion() + slack);
    }

    private static double value(final RandomStructure structure) {
        return Growth.fit(Growth.settings(SLOPES).withRandom(structure), ROWS).criterion();
    }
}
