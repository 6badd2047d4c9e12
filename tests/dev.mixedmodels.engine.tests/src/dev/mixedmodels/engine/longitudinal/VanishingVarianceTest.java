package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import java.util.function.IntFunction;

/** One residual variance a visit, of which one is estimated as 0. */
class VanishingVarianceTest {
    /** -2 log likelihood of sixvisits at its maximum, in arithmetic of 60 digits, where Var(Residual:6) = 0. */
    private static final double CRITERION = 50.45061195685677;

    private static Frame frame(final int shift) {
        final TestData data = TestData.read("sixvisits");
        final FrameBuilder builder = new FrameBuilder(data.rows());
        final int y = builder.addNumeric("y");
        final int d0 = builder.addNumeric("d0");
        final int d1970 = builder.addNumeric("d1970");
        final int number = builder.addNumeric("number");
        final int visit = builder.addNominal("visit");
        final int id = builder.addNominal("id");
        for (int i = 0; i < data.rows(); i++) {
            builder.number(y, data.numbers("y")[i]);
            builder.number(d0, data.numbers("d0")[i]);
            builder.number(d1970, data.numbers("d1970")[i]);
            builder.number(number, data.numbers("visit")[i]);
            builder.text(visit, "v" + (int) ((data.numbers("visit")[i] + shift) % 6));
            builder.text(id, data.strings("id")[i]);
            builder.endRow();
        }
        return builder.build();
    }

    private static LongitudinalSettings settings(final String time) {
        return Growth.settings("y ~ " + time + " + (" + time + " | id)").withVariance("visit", null)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false));
    }

    private static LongitudinalFit fit(final LongitudinalSettings settings, final Frame frame) {
        return LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings());
    }

    private static CovarianceParameterRow row(final ModelTables tables, final String parameter) {
        return tables.covarianceParameters().stream().filter(r -> r.parameter().equals(parameter)).findFirst()
            .orElseThrow();
    }

    private static double statistic(final ModelTables tables, final String name) {
        return tables.modelFit().stream().filter(r -> r.statistic().equals(name)).mapToDouble(FitStatisticRow::value)
            .findFirst().orElseThrow();
    }

    /** Visit 6 as v0 is the first level, whose variance would be the unit of the others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void theLikelihoodIsRightWhateverTheOriginOfTimeAndTheOrderOfLevels(final int shift) {
        final LongitudinalFit fit = fit(settings("d0"), frame(shift));
        final LongitudinalFit far = fit(settings("d1970"), frame(shift));
        assertEquals(CRITERION, fit.criterion(), 1e-9);
        assertEquals(CRITERION, far.criterion(), 1e-9);
        final ModelTables tables = fit.tables(Progress.NONE, new Warnings());
        final ModelTables farTables = far.tables(Progress.NONE, new Warnings());
        assertEquals(1, statistic(tables, "Converged"));
        assertEquals(1, statistic(farTables, "Converged"));
        for (int visit = 1; visit <= 6; visit++) {
            final String name = "Var(Residual:v" + (visit + shift) % 6 + ")";
            final CovarianceParameterRow one = row(tables, name);
            final CovarianceParameterRow other = row(farTables, name);
            assertEquals(visit == 6, one.onBoundary(), name);
            assertEquals(one.estimate(), other.estimate(), 1e-6 * one.estimate(), name);
            assertEquals(visit == 6, Double.isNaN(one.stdError()), name);
            assertEquals(one.stdError(), other.stdError(), visit == 6 ? 0 : 1e-5 * one.stdError(), name);
        }
        final CovarianceParameterRow vanished = row(tables, "Var(Residual:v" + shift % 6 + ")");
        assertEquals(0, vanished.estimate());
        assertEquals(tables.fixedEffects().get(1).df(), farTables.fixedEffects().get(1).df(), 1e-3);
        assertEquals(tables.fixedEffects().get(1).stdError(), farTables.fixedEffects().get(1).stdError(), 1e-7);
    }

    @Test
    void whatVanishedIsSaidAndItsRowsHaveNoPearsonResidual() {
        final LongitudinalFit fit = fit(settings("d0"), frame(0));
        final Warnings warnings = new Warnings();
        fit.tables(Progress.NONE, warnings);
        assertTrue(warnings.list().toString().contains("Var(Residual:v0) is estimated as 0"), warnings.list()::toString);
        final IntFunction<FittedRow> fitted = FitFigures.fittedValues(fit);
        for (int i = 0; i < 18; i++) {
            assertEquals(i % 6 == 5, Double.isNaN(fitted.apply(i).pearson()));
            assertTrue(Double.isFinite(fitted.apply(i).normalized()));
            assertTrue(i % 6 < 5 || Math.abs(fitted.apply(i).residual()) < 1e-9);
        }
    }

    /** Bounds from the best of 60 random starts at each value; several minima make a single search miss them. */
    @Test
    void profilesFindTheBestOfSeveralMinimaWithinABoundOfWork() {
        final AtomicInteger evaluations = new AtomicInteger();
        final Progress counting = new Progress() {
            @Override
            public void check() {
                evaluations.incrementAndGet();
            }

            @Override
            public void report(final double fraction, final String text) {
                check();
            }
        };
        final LongitudinalSettings settings = settings("number")
            .withInference(i -> i.withVariances(VarianceIntervals.PROFILE, false));
        final LongitudinalFit fit =
            LongitudinalModel.fit(settings, frame(0), counting, new Warnings());
        final ModelTables tables = fit.tables(counting, new Warnings());
        final double[][] bounds = {{0, 6.946354}, {0.02690509, 4.232146}, {0, 3.137827}, {0, 4.665963}, {0, 6.064940}};
        for (int visit = 1; visit <= 5; visit++) {
            final CovarianceParameterRow row = row(tables, "Var(Residual:v" + visit + ")");
            assertEquals(bounds[visit - 1][0], row.lower(), 1e-4 * bounds[visit - 1][0]);
            assertEquals(bounds[visit - 1][1], row.upper(), 1e-4 * bounds[visit - 1][1]);
        }
        final CovarianceParameterRow vanished = row(tables, "Var(Residual:v0)");
        assertEquals(0, vanished.lower());
        assertEquals(3.798022, vanished.upper(), 1e-4);
        assertEquals(0.04155125, row(tables, "Var(number)").lower(), 1e-4);
        assertEquals(5.764861, row(tables, "Var(number)").upper(), 1e-4);
        assertTrue(evaluations.get() < 30_000, evaluations::toString); // two checks an evaluation
    }

    /** Under ML the one row of its level is fitted by the level's own coefficient: its variance may fall for ever. */
    @Test
    void aLevelThatTheMeanReproducesIsRefusedByName() {
        final List<Growth.Row> rows = new ArrayList<>(Growth.rows(12, 5));
        rows.add(new Growth.Row(14.5, 1, 1.5, "single", "S1"));
        final String message = assertThrows(ModelException.class,
            () -> Growth.fit(Growth.settings("y ~ arm + time").withReml(false)
                .withResidual(ResidualStructure.INDEPENDENT, null, "subject").withVariance("arm", null), rows)).getMessage();
        assertTrue(message.contains("no maximum") && message.contains("\"single\" of \"arm\""), message);
    }

    /** A random intercept keeps the row uncertain, so that the likelihood has its maximum where the variance is 0. */
    @Test
    void aLevelThatRandomEffectsKeepFromBeingReproducedIsFitted() {
        final List<Growth.Row> rows = new ArrayList<>(Growth.rows(12, 5));
        rows.add(new Growth.Row(14.5, 1, 1.5, "single", "S1"));
        final LongitudinalFit fit = Growth.fit(
            Growth.settings("y ~ arm + time + (1 | subject)").withReml(false).withVariance("arm", null), rows);
        assertEquals(0, FitFigures.covarianceParameters(fit)[3]);
    }

    /** Under REML that row says nothing about its variance. */
    @Test
    void aVarianceThatNoRowTellsIsRefusedByName() {
        final List<Growth.Row> rows = new ArrayList<>(Growth.rows(12, 5));
        rows.add(new Growth.Row(14.5, 1, 1.5, "single", "S1"));
        final String message = assertThrows(ModelException.class, () -> Growth.fit(
            Growth.settings("y ~ arm + time + (1 | subject)").withVariance("arm", null), rows)).getMessage();
        assertTrue(message.contains("nothing about Var(Residual:single)"), message);
        assertFalse(message.contains("combination"), message);
    }

    /** The smaller model has a minimum of its own far from the larger one's; the value is a dense search's in R. */
    @Test
    void aTestOfARandomEffectTakesTheBestFitWithoutIt() {
        final ModelTables tables =
            fit(settings("number").withInference(i -> i.withVariances(VarianceIntervals.NONE, true)), frame(0))
            .tables(Progress.NONE, new Warnings());
        assertEquals(0.36610387, statistic(tables, "Random id: (Intercept)"), 1e-6);
        final double all = statistic(tables, "All random terms");
        assertTrue(statistic(tables, "Random id: number") <= all && all < 19.55, "no test exceeds that of all terms");
    }
}
