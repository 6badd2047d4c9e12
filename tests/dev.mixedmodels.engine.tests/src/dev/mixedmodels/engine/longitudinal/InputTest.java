package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class InputTest {
    private static final List<Growth.Row> ROWS = Growth.rows(12, 5);
    private static final String SLOPES = "y ~ time + (1 + time | subject)";
    private static final String INTERCEPT = "y ~ time + (1 | subject)";

    private static void assertRefused(final LongitudinalSettings settings, final List<Growth.Row> rows,
        final String... parts) {
        final String message = assertThrows(ModelException.class, () -> Growth.fit(settings, rows)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static List<Growth.Row> firstRows(final int perSubject) {
        final List<Growth.Row> rows = new ArrayList<>();
        int seen = 0;
        String last = "";
        for (final Growth.Row row : ROWS) {
            seen = row.subject().equals(last) ? seen + 1 : 1;
            last = row.subject();
            if (seen <= perSubject) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void aSubjectWithOneRowIsFine() {
        final List<Growth.Row> rows = new ArrayList<>(ROWS);
        rows.add(new Growth.Row(12, 1, 1.5, "A", "single"));
        assertTrue(Double.isFinite(Growth.fit(Growth.settings(SLOPES), rows).criterion()));
        assertTrue(Double.isFinite(Growth.fit(Growth.settings(INTERCEPT)
            .withResidual(ResidualStructure.AR1, "time", "subject"), rows).criterion()));
    }

    @Test
    void oneRowForEverySubjectIsRefused() {
        assertRefused(Growth.settings(INTERCEPT), firstRows(1), "\"subject\"", "one row only");
    }

    @Test
    void noMoreRowsThanRandomEffectsAreRefused() {
        assertRefused(Growth.settings(SLOPES), firstRows(2), "at most 2", "random effects (2)");
    }

    @Test
    void oneSubjectIsRefused() {
        assertRefused(Growth.settings(INTERCEPT),
            ROWS.stream().map(r -> new Growth.Row(r.y(), r.time(), r.x(), r.arm(), "one")).toList(), "one subject only");
    }

    @Test
    void aRepeatedTimeIsFineForIndependentResidualsOnly() {
        final List<Growth.Row> rows = new ArrayList<>(ROWS);
        rows.add(ROWS.get(1).withY(ROWS.get(1).y() + 0.3));
        assertTrue(Double.isFinite(Growth.fit(Growth.settings(SLOPES), rows).criterion()));
        for (final ResidualStructure structure : List.of(ResidualStructure.AR1, ResidualStructure.CONTINUOUS_AR1)) {
            assertRefused(Growth.settings(INTERCEPT).withResidual(structure, "time", "subject"), rows, "\"S1\"",
                "\"time\"", Double.toString(ROWS.get(1).time()));
        }
    }

    /** Sandwich errors and influence need more of subjects than the likelihood does, which this variance leaves as it is. */
    @Test
    void aVarianceByOneLevelIsOneVariance() {
        final List<Growth.Row> rows =
            ROWS.stream().map(r -> new Growth.Row(r.y(), r.time(), r.x(), "one", r.subject())).toList();
        final LongitudinalSettings one = Growth.settings(SLOPES).withInference(
            i -> i.withFixedCovariance(FixedCovariance.CR2).withInfluence(InfluenceMethod.ONE_STEP));
        final ModelTables expected = Growth.fit(one, rows).tables(Progress.NONE, new Warnings());
        final ModelTables tables = Growth.fit(one.withVariance("arm", null), rows).tables(Progress.NONE, new Warnings());
        assertEquals(expected.fixedEffects(), tables.fixedEffects());
        assertEquals(expected.influence().stream().map(InfluenceRow::value).toList(),
            tables.influence().stream().map(InfluenceRow::value).toList());
    }

    @Test
    void serialCorrelationNeedsATime() {
        assertRefused(Growth.settings(INTERCEPT).withResidual(ResidualStructure.AR1, null, "subject"), ROWS,
            "Choose the time column");
    }

    @Test
    void textAsTimeIsRefusedWithTheWayOut() {
        assertRefused(Growth.settings(INTERCEPT).withResidual(ResidualStructure.AR1, "arm", "subject"), ROWS,
            "\"arm\" is text", "String to Number");
    }

    @Test
    void unequalGapsUnderArOneAreWarnedOf() {
        final Warnings warnings = new Warnings();
        Growth.fit(Growth.settings(INTERCEPT).withResidual(ResidualStructure.AR1, "time", "subject"), ROWS, warnings);
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("AR(1) in continuous time")));
    }

    @Test
    void randomInterceptWithCompoundSymmetryIsRefused() {
        assertRefused(Growth.settings(INTERCEPT).withResidual(ResidualStructure.COMPOUND_SYMMETRY, "time", "subject"),
            ROWS, "cannot be told apart");
    }

    /** Rows of a subject that add up to a constant: the eigenvalue of their sum tends to 0, the likelihood to infinity. */
    @Test
    void residualsWithoutAMaximumOfTheLikelihoodAreRefused() {
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            final double x = Math.sin(3 * i);
            final double y = Math.cos(5 * i);
            for (int visit = 0; visit < 3; visit++) {
                rows.add(new Growth.Row(visit == 0 ? x : visit == 1 ? y : -x - y, visit, 1, "A", "S" + i));
            }
        }
        assertRefused(Growth.settings("y ~ 1").withResidual(ResidualStructure.COMPOUND_SYMMETRY, "time", "subject"), rows,
            "no maximum", "rho = -0.5");
    }

    /** Two visits at most: intercept variance, residual variance and rho give only a variance and a covariance. */
    @Test
    void randomInterceptWithArOneAndTwoVisitsIsRefusedNamingTheParameters() {
        assertRefused(Growth.settings(INTERCEPT).withResidual(ResidualStructure.AR1, "time", "subject"), firstRows(2),
            "Var((Intercept))", "rho", "Var(Residual)");
    }

    /** The intercept's variance adds to all variances and covariances of the levels alike. */
    @Test
    void anInterceptBesideAllLevelsOfAFactorIsRefusedWithTheWayOut() {
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            final Growth.Row row = ROWS.get(i);
            rows.add(new Growth.Row(row.y(), row.time(), row.x(), i % 2 == 0 ? "A" : "B", row.subject()));
        }
        assertRefused(Growth.settings("y ~ time + (1 + arm || subject)"), rows, "Var((Intercept))", "Var(armA)",
            "write 0 in place of the 1");
        assertTrue(Double.isFinite(Growth.fit(Growth.settings("y ~ time + (0 + arm || subject)"), rows).criterion()));
    }

    @Test
    void constantResponseIsRefused() {
        assertRefused(Growth.settings(INTERCEPT), ROWS.stream().map(row -> row.withY(7)).toList(), "is 7 in all rows");
        assertRefused(Growth.settings("log(y) ~ time + (1 | subject)"), ROWS.stream().map(row -> row.withY(1)).toList(),
            "\"log(y)\" is 0 in all rows");
    }

    @Test
    void responseThatFollowsFromTheCovariatesIsRefused() {
        assertRefused(Growth.settings(INTERCEPT), ROWS.stream().map(row -> row.withY(2 + 3 * row.time())).toList(),
            "exactly");
    }

    @Test
    void slopeThatIsConstantWithinSubjectsIsWarnedOf() {
        final Warnings warnings = new Warnings();
        final List<Growth.Row> rows = ROWS.stream().map(row -> new Growth.Row(row.y(), row.time(),
            row.subject().hashCode() % 7, row.arm(), row.subject())).toList();
        Growth.fit(Growth.settings("y ~ time + x + (1 + x | subject)"), rows, warnings);
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("\"x\" is constant within every subject")));
    }

    @Test
    void slopeThatIsConstantEverywhereIsRefused() {
        final List<Growth.Row> rows = ROWS.stream().map(row -> new Growth.Row(row.y(), row.time(), 4, row.arm(),
            row.subject())).toList();
        assertRefused(Growth.settings("y ~ time + (1 + x | subject)"), rows, "random effect x");
    }

    @Test
    void covariateCollinearWithTimeIsLeftOutAndNamed() {
        final Warnings warnings = new Warnings();
        final List<Growth.Row> rows = ROWS.stream().map(row -> new Growth.Row(row.y(), row.time(), 3 - 2 * row.time(),
            row.arm(), row.subject())).toList();
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ time + x + (1 | subject)"), rows, warnings);
        final List<FixedEffectRow> table = fit.tables(Progress.NONE, warnings).fixedEffects();
        assertEquals(3, table.size());
        assertTrue(Double.isNaN(table.get(2).estimate()));
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("x")));
    }

    @Test
    void powerOfZeroIsRefused() {
        final List<Growth.Row> rows = new ArrayList<>(ROWS);
        assertRefused(Growth.settings(INTERCEPT).withVariance(null, "time"), rows, "\"time\"", "is 0");
    }

    @Test
    void kenwardRogerNeedsRestrictedLikelihood() {
        assertTrue(assertThrows(ModelException.class, () -> Growth.settings(SLOPES).withReml(false)
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER))).getMessage().contains("REML"));
    }

    @Test
    void twoGroupingFactorsAreRefused() {
        assertRefused(Growth.settings("y ~ time + (1 | subject) + (1 | arm)"), ROWS, "Multilevel Model");
    }

    @Test
    void rowsWithoutAResponseArePredicted() {
        final List<Growth.Row> rows = new ArrayList<>(ROWS);
        rows.add(new Growth.Row(Double.NaN, 2, 1, "A", "S1"));
        rows.add(new Growth.Row(Double.NaN, 2, 1, "A", "never seen"));
        rows.add(new Growth.Row(3, Double.NaN, 1, "A", "S1"));
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), rows);
        final IntFunction<FittedRow> fitted = FitFigures.fittedValues(fit);
        final FittedRow known = fitted.apply(ROWS.size());
        final FittedRow unknown = fitted.apply(ROWS.size() + 1);
        assertEquals(known.marginal(), unknown.marginal(), 1e-12);
        assertEquals(unknown.marginal(), unknown.conditional());
        assertFalse(known.marginal() == known.conditional());
        assertTrue(Double.isNaN(known.residual()));
        assertTrue(Double.isNaN(fitted.apply(ROWS.size() + 2).marginal()));
    }

    @Test
    void cancelStopsTheFit() {
        final Progress cancelled = () -> {
            throw new CancellationException();
        };
        assertThrows(CancellationException.class,
            () -> LongitudinalModel.fit(Growth.settings(SLOPES), Growth.frame(ROWS), cancelled, new Warnings()));
    }

    @Test
    void unknownSubjectToBeShownIsNamed() {
        final LongitudinalSettings s = Growth.settings(SLOPES)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false));
        final LongitudinalSettings shown = s.withTables(new TableSettings(List.of(), null, Adjustment.NONE, "nobody"));
        final LongitudinalFit fit = Growth.fit(shown, ROWS);
        assertTrue(assertThrows(ModelException.class, () -> fit.tables(Progress.NONE, new Warnings())).getMessage()
            .contains("\"nobody\""));
    }
}
