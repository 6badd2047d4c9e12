package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingularFitTest {
    private static final String SLOPES = "y ~ time * arm + (1 + time | subject)";

    /** Subjects that differ less than chance has it: residuals that alternate within each subject, no random part. */
    private static List<Growth.Row> alternating() {
        final Random random = new Random(2);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (int visit = 0; visit < 6; visit++) {
                rows.add(new Growth.Row(5 + 0.3 * visit + (visit % 2 == 0 ? 1 : -1) + 0.2 * random.nextGaussian(), visit, 1,
                    i % 2 == 0 ? "A" : "B", "S" + i));
            }
        }
        return rows;
    }

    @Test
    void noVarianceBetweenSubjectsLeavesOrdinaryLeastSquares() {
        final Warnings warnings = new Warnings();
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), alternating());
        final ModelTables tables = fit.tables(Progress.NONE, warnings);
        assertTrue(FitFigures.singular(fit));
        assertTrue(warnings.list().get(0).contains("the variances of (Intercept) and time between subjects of \"subject\" are estimated as 0"));
        for (final FixedEffectRow row : tables.fixedEffects()) {
            assertEquals(row.naiveEstimate(), row.estimate(), 1e-9);
            assertEquals(row.naiveStdError(), row.stdError(), 1e-9);
            assertEquals(56, row.df(), 1e-6); // N - p: only the residual variance varies
        }
        final CovarianceParameterRow variance = tables.covarianceParameters().get(0);
        assertEquals(0, variance.estimate());
        assertTrue(variance.onBoundary() && Double.isNaN(variance.stdError()));
        assertEquals(0, variance.lower());
        assertTrue(variance.upper() > 0);
        tables.blups().forEach(row -> assertEquals(0, row.blup()));
    }

    @Test
    void vanishingSlopesOfDiagonalDAreNamed() {
        final Warnings warnings = new Warnings();
        final List<Growth.Row> rows = new ArrayList<>();
        int i = 0;
        for (final Growth.Row row : alternating()) {
            final int subject = i++ / 6;
            rows.add(row.withY(row.y() + 3 * Math.sin(7 * subject)));
        }
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ time + (time || subject)"), rows);
        fit.tables(Progress.NONE, warnings);
        assertTrue(FitFigures.singular(fit));
        assertTrue(warnings.list().get(0).contains("the variance of time between subjects of \"subject\""));
        assertEquals(0, FitFigures.covarianceParameters(fit)[1]);
        assertTrue(FitFigures.covarianceParameters(fit)[0] > 1);
    }

    /** Slopes proportional to intercepts: correlation 1, both variances positive. */
    @Test
    void perfectCorrelationIsOnTheBoundaryAndKenwardRogerStillExists() {
        final Random random = new Random(6);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            final double u = random.nextGaussian();
            for (int visit = 0; visit < 4; visit++) {
                rows.add(new Growth.Row(5 + 2 * u + visit * (0.5 + 0.6 * u) + random.nextGaussian(), visit, 1,
                    i % 2 == 0 ? "A" : "B", "S" + i));
            }
        }
        final LongitudinalFit fit =
            Growth.fit(Growth.settings(SLOPES).withInference(i -> i.withDf(DfMethod.KENWARD_ROGER)), rows);
        final Warnings warnings = new Warnings();
        final ModelTables tables = fit.tables(Progress.NONE, warnings);
        assertTrue(FitFigures.singular(fit));
        final CovarianceParameterRow correlation = tables.covarianceParameters().stream()
            .filter(row -> row.parameter().startsWith("Corr")).findFirst().orElseThrow();
        assertEquals(1, correlation.estimate());
        assertTrue(correlation.onBoundary());
        assertEquals(1, correlation.upper());
        assertTrue(correlation.lower() > 0 && correlation.lower() < 1);
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("does not vary between subjects")));
        for (final FixedEffectRow row : tables.fixedEffects()) {
            assertTrue(row.df() > 1 && Double.isFinite(row.stdError()));
        }
    }

    /** Far from the origin of time an intercept is huge and a slope small, but neither is 0. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1_489_482_000})
    void whatDoesNotVaryIsTheSameAtAnyOriginOfTime(final double origin) {
        final Random random = new Random(6);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            final double u = random.nextGaussian();
            for (int visit = 0; visit < 4; visit++) {
                rows.add(new Growth.Row(5 + 2 * u + visit * (0.5 + 0.6 * u) + random.nextGaussian(), origin + visit, 1,
                    i % 2 == 0 ? "A" : "B", "S" + i));
            }
        }
        final Warnings warnings = new Warnings();
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ time + (1 + time | subject)"), rows);
        final ModelTables tables = fit.tables(Progress.NONE, warnings);
        final String text = warnings.list().get(0);
        assertTrue(text.contains("the combination (Intercept) ") && !text.contains("estimated as 0"), text);
        final CovarianceParameterRow slope = tables.covarianceParameters().get(3);
        assertEquals("Var(time)", slope.parameter());
        assertEquals(0.5125535, slope.estimate(), 1e-6); // at either origin
    }

    /** Structures share parameters, so that all of D may vanish at once. */
    @ParameterizedTest
    @EnumSource(value = RandomStructure.class, names = {"COMPOUND_SYMMETRY", "IDENTITY"})
    void aStructureWithoutVarianceIsNamedAsThat(final RandomStructure structure) {
        final Warnings warnings = new Warnings();
        Growth.fit(Growth.settings("y ~ time + (1 + time | subject)").withRandom(structure), alternating())
            .tables(Progress.NONE, warnings);
        assertEquals("The fit is singular: the variances of (Intercept) and time between subjects of \"subject\" are "
            + "estimated as 0. This is the best fit to these data, not a failure; a simpler covariance model would do as "
            + "well.", warnings.list().get(0));
    }

    @Test
    void interiorFitsAreNotCalledSingular() {
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), Growth.rows(60, 3));
        assertFalse(FitFigures.singular(fit));
    }

    /** Times as years, slopes in any unit, few subjects, every structure: no random start finds a better fit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noRestartIsBetter(final long seed) {
        final double unit = seed % 2 == 0 ? 1e4 : 1e-4;
        final List<Growth.Row> rows = Growth.rows(4 + (int) seed, seed).stream()
            .map(row -> row.withTime(seed % 3 == 0 ? 2019.5 + row.time() : row.time() * unit)).toList();
        for (final LongitudinalSettings settings : List.of(Growth.settings(SLOPES),
            Growth.settings("y ~ time + (time || subject)").withReml(false),
            Growth.settings("y ~ time + (1 | subject)").withResidual(ResidualStructure.CONTINUOUS_AR1, "time",
                "subject"))) {
            final LongitudinalFit fit = Growth.fit(settings, rows);
            for (int restart = 0; restart < 5; restart++) {
                assertTrue(FitFigures.excessFromRandomStart(fit, 100 * seed + restart) > -1e-6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RandomStructure.class)
    void everyStructureOfDReachesItsBoundary(final RandomStructure structure) {
        final LongitudinalFit fit =
            Growth.fit(Growth.settings("y ~ time + (1 + time | subject)").withRandom(structure), alternating());
        assertTrue(FitFigures.singular(fit));
        final double[] parameters = FitFigures.covarianceParameters(fit);
        for (int k = 0; k < parameters.length - 1; k++) {
            assertEquals(0, parameters[k], 1e-12);
        }
    }
}
