package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A model with an offset is that of the response less the offset, whose predictions have it added again. */
class OffsetsTest {
    private static final Warnings IGNORED = new Warnings();
    private static final double SAME = 1e-8; // two fits, of responses that are rounded once more

    /** Heights of children whose measurements at some ages are missing; "less" has 2 age + 0.3 taken off. */
    private static Frame frame() {
        final Frame all = GoldenFrame.of(TestData.read("orthodont"), Set.of("Subject", "Sex"));
        final Column age = all.numeric("age");
        final double[] distance = new double[all.rows()];
        final double[] less = new double[all.rows()];
        for (int row = 0; row < distance.length; row++) {
            distance[row] = row % 7 == 3 ? Double.NaN : all.numeric("distance").value(row);
            less[row] = distance[row] - offset(age.value(row));
        }
        return all.with(new NumericColumn("distance", distance)).with(new NumericColumn("less", less));
    }

    private static double offset(final double age) {
        return 2 * age + 0.3;
    }

    private static void assertShifted(final Frame frame, final ModelTables with, final ModelTables without,
        final IntFunction<FittedRow> fitted, final IntFunction<FittedRow> less) {
        assertEquals(deviance(without), deviance(with), SAME);
        for (int i = 0; i < with.fixedEffects().size(); i++) {
            final double error = without.fixedEffects().get(i).stdError();
            assertEquals(without.fixedEffects().get(i).estimate(), with.fixedEffects().get(i).estimate(), SAME * error);
            assertEquals(error, with.fixedEffects().get(i).stdError(), SAME * error);
            assertEquals(without.fixedEffects().get(i).naiveStdError(), with.fixedEffects().get(i).naiveStdError(), SAME);
        }
        double mean = 0;
        int rows = 0;
        for (int row = 0; row < frame.rows(); row++) {
            final double offset = offset(frame.numeric("age").value(row));
            assertEquals(less.apply(row).marginal() + offset, fitted.apply(row).marginal(), SAME);
            assertEquals(less.apply(row).conditional() + offset, fitted.apply(row).conditional(), SAME);
            assertEquals(less.apply(row).residual(), fitted.apply(row).residual(), SAME);
            assertEquals(less.apply(row).normalized(), fitted.apply(row).normalized(), SAME);
            if (!frame.numeric("distance").missing(row)) {
                mean += offset;
                rows++;
            }
        }
        mean /= rows;
        final List<MeansRow> means = new ArrayList<>();
        final List<MeansRow> others = new ArrayList<>();
        with.means().forEach(means::add);
        without.means().forEach(others::add);
        assertTrue(means.stream().anyMatch(row -> row.type().equals("Mean")));
        for (int i = 0; i < means.size(); i++) {
            final double added = means.get(i).type().equals("Mean") ? mean : 0;
            assertEquals(others.get(i).estimate() + added, means.get(i).estimate(), SAME);
            assertEquals(others.get(i).lower() + added, means.get(i).lower(), SAME);
            assertEquals(means.get(i).estimate() / means.get(i).stdError(), means.get(i).t(), SAME);
        }
    }

    private static LongitudinalFit longitudinal(final String formula) {
        return LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formula))
            .withResidual(ResidualStructure.CONTINUOUS_AR1, "age", "Subject"), frame(), Progress.NONE, IGNORED);
    }

    @Test
    void longitudinal() {
        final LongitudinalFit with =
            longitudinal("distance ~ Sex * ns(age, 2) + offset(2 * age + 0.3) + (1 | Subject)");
        final LongitudinalFit without = longitudinal("less ~ Sex * ns(age, 2) + (1 | Subject)");
        assertShifted(frame(), with.tables(Progress.NONE, IGNORED), without.tables(Progress.NONE, IGNORED),
            FitFigures.fittedValues(with), FitFigures.fittedValues(without));
    }

    private static ModelFit marginal(final String formula) {
        return MarginalModel.fit(MarginalSettings.of(Formula.parse(formula),
            new MarginalSettings.Layout("Subject", null, "age", null), VisitStructure.COMPOUND_SYMMETRY), frame(),
            Progress.NONE, IGNORED);
    }

    @Test
    void marginal() {
        final ModelFit with = marginal("distance ~ Sex * ns(age, 2) + offset(2 * age + 0.3)");
        final ModelFit without = marginal("less ~ Sex * ns(age, 2)");
        assertShifted(frame(), with.tables(), without.tables(), Figures.fittedValues(with),
            Figures.fittedValues(without));
    }

    /** A constant is a response like any other where the offset varies: here what is fitted is 5 - distance. */
    @Test
    void aConstantResponseBesideAnOffsetThatVaries() {
        final Frame all = GoldenFrame.of(TestData.read("orthodont"), Set.of("Subject", "Sex"));
        final double[] constant = new double[all.rows()];
        final double[] rest = new double[all.rows()];
        for (int row = 0; row < rest.length; row++) {
            constant[row] = 5;
            rest[row] = 5 - all.numeric("distance").value(row);
        }
        final Frame frame = all.with(new NumericColumn("constant", constant)).with(new NumericColumn("rest", rest));
        final String[] formulas = {"constant ~ age + offset(distance)", "rest ~ age"};
        final double[][] criteria = new double[formulas.length][];
        for (int i = 0; i < formulas.length; i++) {
            criteria[i] = new double[] {
                LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formulas[i] + " + (1 | Subject)")), frame,
                    Progress.NONE, IGNORED).criterion(),
                deviance(MarginalModel.fit(MarginalSettings.of(Formula.parse(formulas[i]),
                    new MarginalSettings.Layout("Subject", null, "age", null), VisitStructure.COMPOUND_SYMMETRY), frame,
                    Progress.NONE, IGNORED).tables())};
        }
        assertArrayEquals(criteria[1], criteria[0], SAME);
        assertEquals(criteria[0][1], criteria[0][0], 1e-6, "a random intercept is compound symmetry");
    }

    private static double deviance(final ModelTables tables) {
        return tables.modelFit().stream().filter(row -> row.statistic().equals("-2 Log Likelihood")).findFirst()
            .orElseThrow().value();
    }

    /** Visits that subjects missed have the offset of the visit, whether there is a row for them or not. */
    @Test
    void unobservedVisits() {
        final Frame all = frame();
        final int[] kept = IntStream.range(0, all.rows()).filter(row -> row % 5 != 2).toArray();
        final double[][] values = new double[3][kept.length];
        final List<String> subjects = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            values[0][i] = all.numeric("distance").value(kept[i]);
            values[1][i] = all.numeric("less").value(kept[i]);
            values[2][i] = all.numeric("age").value(kept[i]);
            subjects.add("s" + kept[i] / 4);
        }
        final Frame frame = new Frame(kept.length, List.of(new NumericColumn("distance", values[0]),
            new NumericColumn("less", values[1]), new NumericColumn("age", values[2]),
            NominalColumn.of("Subject", subjects)));
        final List<List<BlupRow>> blups = new ArrayList<>();
        for (final String formula : List.of("distance ~ 1 + offset(2 * age + 0.3)", "less ~ 1")) {
            final List<BlupRow> rows = new ArrayList<>();
            MarginalModel.fit(MarginalSettings.of(Formula.parse(formula),
                new MarginalSettings.Layout("Subject", "age", null, null), VisitStructure.UNSTRUCTURED), frame, Progress.NONE,
                IGNORED).tables().blups().forEach(rows::add);
            blups.add(rows);
        }
        assertEquals(blups.get(1).size(), blups.get(0).size());
        assertTrue(blups.get(0).size() > 30, blups.get(0).size() + " visits");
        for (int i = 0; i < blups.get(0).size(); i++) {
            final BlupRow row = blups.get(0).get(i);
            assertEquals(blups.get(1).get(i).blup() + offset(Double.parseDouble(row.effect())), row.blup(), 1e-6);
        }
    }
}
