package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Models whose mean is 0: lme4 1.1-31 for the values. */
class NoFixedEffectsTest {
    private static final Warnings IGNORED = new Warnings();

    private static Frame twoFactors() {
        return new Frame(9, List.of(new NumericColumn("fixefA", new double[] {1, 0, 1, 0, 1, 0, 1, 0, 1}),
            new NumericColumn("fixefB", new double[] {0, 1, 0, 1, 0, 1, 0, 1, 0}),
            new NumericColumn("groupA", new double[] {1, 0, 1, 0, 2, 0, 2, 0, 2}),
            new NumericColumn("groupB", new double[] {0, 1, 0, 1, 0, 2, 0, 2, 0}),
            new NumericColumn("y", new double[] {0.3, -0.4, 1.2, 0.7, -1.1, 0.2, 0.9, -0.6, 0.5})));
    }

    private static Frame sleepstudy() {
        return GoldenFrame.of(TestData.read("sleepstudy"), Set.of("Subject"));
    }

    private static ModelFit multilevel(final String formula, final Frame frame, final DfMethod method,
        final Warnings warnings) {
        return MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
            .withInference(i -> i.withDf(method)), frame, Progress.NONE,
            warnings);
    }

    private static FitStatisticRow statistic(final ModelTables tables, final String name) {
        return tables.modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow();
    }

    private static double estimate(final ModelTables tables, final int index) {
        return tables.covarianceParameters().get(index).estimate();
    }

    private static void assertEmptyMean(final ModelTables tables) {
        assertTrue(tables.fixedEffects().isEmpty());
        assertFalse(tables.means().iterator().hasNext());
        assertEquals(0, statistic(tables, "R2 Marginal").value());
        assertTrue(Double.isNaN(statistic(tables, "Condition Number").value()));
    }

    @ParameterizedTest
    @EnumSource(value = DfMethod.class, mode = Mode.EXCLUDE,
        names = {"BETWEEN_WITHIN", "KNAPP_HARTUNG", "KNAPP_HARTUNG_AD_HOC"})
    void twoFactorsWithoutAnyFixedEffect(final DfMethod method) {
        final Warnings warnings = new Warnings();
        final ModelTables tables = multilevel("y ~ 0 + (0 + fixefA | groupA) + (0 + fixefB | groupB)", twoFactors(),
            method, warnings).tables();
        assertEquals(0, estimate(tables, 0));
        assertEquals(0, estimate(tables, 1));
        assertEquals(0.538888888888889, estimate(tables, 2), 1e-12);
        assertEquals(19.9766807462, statistic(tables, "-2 Log Likelihood").value(), 1e-9);
        assertEmptyMean(tables);
        assertTrue(String.join(" ", warnings.list()).contains("no fixed effect, so that the mean is 0"));
        assertTrue(statistic(tables, "Formula").note().contains("y = Z_1 b_1 + Z_2 b_2 + e"));
    }

    @Test
    void slopesThatVaryAboutZero() {
        final ModelTables multilevel =
            multilevel("Reaction ~ 0 + (Days | Subject)", sleepstudy(), DfMethod.SATTERTHWAITE, IGNORED).tables();
        final LongitudinalFit longitudinal = LongitudinalModel.fit(LongitudinalSettings.of(
            Formula.parse("Reaction ~ 0 + (Days | Subject)")), sleepstudy(), Progress.NONE, IGNORED);
        final ModelTables other = longitudinal.tables(Progress.NONE, IGNORED);
        // lme4's optimiser stops at 7e-6 of the variances
        final double[] expected = {63770.510548, 2642.604623, 0.877408198, 142.246343, 654.941865};
        for (int i = 0; i < expected.length; i++) {
            final CovarianceParameterRow row = multilevel.covarianceParameters().get(i);
            assertEquals(expected[i], row.estimate(), 2e-5 * expected[i]);
            assertEquals(row.estimate(), estimate(other, i), 1e-7 * row.estimate());
            assertEquals(row.stdError(), other.covarianceParameters().get(i).stdError(), 1e-5 * row.stdError());
        }
        assertEquals(statistic(multilevel, "-2 Log Likelihood").value(), statistic(other, "-2 Log Likelihood").value(),
            1e-8);
        assertEmptyMean(multilevel);
        assertEmptyMean(other);
        assertEquals(multilevel.blups().iterator().next().stdError(), other.blups().iterator().next().stdError(), 1e-6);
        assertEquals(FitFigures.fittedValues(longitudinal).apply(3).marginal(), 0);
    }

    @Test
    void correlatedResidualsAboutZero() {
        final LongitudinalFit fit = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("Reaction ~ 0"))
            .withResidual(ResidualStructure.COMPOUND_SYMMETRY, "Days", "Subject"), sleepstudy(), Progress.NONE, IGNORED);
        final ModelTables longitudinal = fit.tables(Progress.NONE, IGNORED);
        final ModelTables intercepts =
            multilevel("Reaction ~ 0 + (1 | Subject)", sleepstudy(), DfMethod.SATTERTHWAITE, IGNORED).tables();
        final ModelTables marginal = MarginalModel.fit(MarginalSettings.of(Formula.parse("Reaction ~ 0"),
            new MarginalSettings.Layout("Subject", "Days", null, null), VisitStructure.COMPOUND_SYMMETRY), sleepstudy(),
            Progress.NONE, IGNORED).tables();
        final double criterion = statistic(intercepts, "-2 Log Likelihood").value();
        assertEquals(criterion, statistic(longitudinal, "-2 Log Likelihood").value(), 1e-8 * criterion);
        assertEquals(criterion, statistic(marginal, "-2 Log Likelihood").value(), 1e-8 * criterion);
        assertTrue(marginal.fixedEffects().isEmpty());
    }

    @Test
    void aMeanWhoseColumnsAreAllZeroIsNoMean() {
        final Frame frame = twoFactors().with(new NumericColumn("zero", new double[9]));
        final Warnings warnings = new Warnings();
        final ModelTables tables =
            multilevel("y ~ 0 + zero + (0 + fixefA | groupA)", frame, DfMethod.SATTERTHWAITE, warnings).tables();
        assertTrue(Double.isNaN(tables.fixedEffects().get(0).estimate()));
        assertTrue(String.join(" ", warnings.list()).contains("zero = 0"), warnings.list().toString());
    }
}
