package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Level;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fit says of itself: notes where they apply and only there, remedies by the words of the dialog. */
class RemarksTest {
    /** Columns y, x, a (so many units), b in each a, f (three levels), atA (a number for each unit of a), k (0 or 1). */
    private static Frame frame(final int outer, final int inner, final int rows, final double between) {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int a = builder.addNominal("a");
        final int b = builder.addNominal("b");
        final int f = builder.addNominal("f");
        final int at = builder.addNumeric("atA");
        final int k = builder.addNumeric("k");
        final Random random = new Random(17);
        int row = 0;
        for (int i = 0; i < outer; i++) {
            final double u = between * random.nextGaussian();
            for (int j = 0; j < inner; j++) {
                final double v = between * random.nextGaussian();
                for (int r = 0; r < rows; r++, row++) {
                    final double z = random.nextGaussian();
                    builder.number(y, u + v + 0.4 * z + random.nextGaussian());
                    builder.number(x, z);
                    builder.text(a, "a" + i);
                    builder.text(b, "b" + j);
                    builder.text(f, "f" + row % 3);
                    builder.number(at, i * i - 3);
                    builder.number(k, row % 2);
                    builder.endRow();
                }
            }
        }
        return builder.build();
    }

    private static String refusal(final String formula, final Frame frame) {
        return assertThrows(ModelException.class, () -> Fits.fit(formula, frame, Fits.QUICK)).getMessage();
    }

    private static String warnings(final String formula, final Frame frame) {
        final Warnings warnings = new Warnings();
        Fits.fit(formula, frame, Fits.QUICK, DesignOptions.DEFAULT, warnings);
        return String.join("\n", warnings.list());
    }

    @Test
    void theOnlyVarianceOnItsBoundaryIsNoOtherOne() {
        final ModelFit fit = Fits.fit("Yield ~ 1 + (1 | Batch)", Fits.frame("dyestuff2"), Fits.DEFAULT);
        assertEquals(0, Fits.parameter(fit, "Batch", "Var((Intercept))").estimate());
        for (final String test : List.of("Random Batch", "All random terms")) {
            assertEquals(1, Fits.statistic(fit, test).pValue());
            assertFalse(Fits.statistic(fit, test).note().contains("another"), Fits.statistic(fit, test).note());
        }
        final FitStatisticRow icc = Fits.statistic(fit, "Intraclass Correlation Batch");
        assertEquals(0, icc.value());
        assertFalse(icc.note().contains("interval") || icc.note().contains("NaN"), icc.note());
        assertTrue(Double.isNaN(Fits.statistic(fit, "Intraclass Correlation Batch Lower Bound").value()));
    }

    @Test
    void anotherVarianceOnItsBoundaryIsNoted() {
        final ModelFit fit =
            Fits.fit("Yield ~ 1 + (1 | Batch) + (1 | half)", twoHalves(), Fits.DEFAULT);
        assertEquals(0, Fits.parameter(fit, "half", "Var((Intercept))").estimate());
        assertTrue(Fits.statistic(fit, "Random Batch").note().contains("another variance is on its boundary"));
        assertFalse(Fits.statistic(fit, "Random half").note().contains("another"));
    }

    /** Dyestuff with a crossed factor that explains nothing. */
    private static Frame twoHalves() {
        final Frame dyestuff = Fits.frame("dyestuff");
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("Yield");
        final int batch = builder.addNominal("Batch");
        final int half = builder.addNominal("half");
        for (int i = 0; i < dyestuff.rows(); i++) {
            builder.number(y, dyestuff.numeric("Yield").value(i));
            builder.text(batch, "B" + i / 5);
            builder.text(half, "h" + i % 2);
            builder.endRow();
        }
        return builder.build();
    }

    @Test
    void crossedFactorsGivenAsNestedLevelsNameTheSetting() {
        final Frame penicillin = Fits.frame("penicillin");
        final LevelSpecification nested = new LevelSpecification("diameter", List.of(), List.of(),
            List.of(new Level("plate", List.of(), RandomStructure.UNSTRUCTURED),
                new Level("sample", List.of(), RandomStructure.UNSTRUCTURED)), false, List.of());
        final String message = assertThrows(ModelException.class, () -> MultilevelModel.fit(
            Fits.QUICK.apply(MultilevelSettings.of(nested)), penicillin, Progress.NONE, new Warnings())).getMessage();
        assertTrue(message.contains("\"plate/sample\"") && message.contains("switch on \"Crossed\""), message);
        assertTrue(refusal("diameter ~ 1 + (1 | plate/sample)", penicillin).contains("(1 | plate) + (1 | sample)"));
    }

    @Test
    void levelsOfAFactorStayCorrelatedBehindADoubleBar() {
        final Frame frame = frame(12, 3, 4, 1);
        final String text = warnings("y ~ f + (0 + f || a)", frame);
        assertTrue(text.contains("double bar") && text.contains("levels of f stay correlated"), text);
        assertFalse(text.contains("write 0 in place of the 1"), text);
        assertTrue(warnings("y ~ f + (1 + f || a)", frame).contains("write 0 in place of the 1"));
        assertFalse(warnings("y ~ x + (1 + x || a)", frame).contains("double bar"));
    }

    @Test
    void aTestThatAllMeansAreZeroSaysSo() {
        final Frame frame = frame(12, 3, 4, 1);
        final ModelFit without = Fits.fit("y ~ 0 + f + x:f + (1 | a)", frame, Fits.QUICK);
        assertEquals(3, Fits.statistic(without, "Fixed f").numDf());
        assertTrue(Fits.statistic(without, "Fixed f").note().contains("means of all levels are 0, not that they are equal"));
        assertTrue(Fits.statistic(without, "Fixed f:x").note().contains("slopes of all levels are 0"));
        final ModelFit with = Fits.fit("y ~ f * x + (1 | a)", frame, Fits.QUICK);
        for (final String term : List.of("f", "x", "f:x")) {
            assertEquals("Type III F test.", Fits.statistic(with, "Fixed " + term).note());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"y ~ atA + k + (1 | a)", "y ~ x + atA + (1 | a)", "y ~ x + atA + I(atA^2) + (1 + x | a)"})
    void fixedEffectsThatGiveEveryUnitACoefficientLeaveNoVariance(final String formula) {
        final int units = formula.contains("^") ? 3 : 2;
        final String message = refusal(formula, frame(units, 3, 5, 1));
        assertTrue(message.contains("every unit of \"a\" (" + units + ")") && message.contains("not determined"), message);
        // with one unit more a variance is left
        Fits.fit(formula, frame(units + 1, 3, 5, 1), Fits.QUICK);
    }

    @Test
    void randomEffectsThatAreAsManyAsRowsAreRefused() {
        assertTrue(refusal("y ~ 1 + (1 + x | a)", frame(10, 1, 2, 1)).contains("at most 2"));
        assertTrue(refusal("y ~ f + k + (1 + x | a)", frame(2, 1, 3, 1)).contains("as many as the 6 rows"));
        assertTrue(refusal("y ~ 1 + (f | a)", frame(4, 1, 3, 1)).contains("than random effects ((Intercept), ff1, ff2)"));
    }

    @Test
    void aSearchThatReachesItsLimitNamesTheSetting() {
        final Warnings warnings = new Warnings();
        final ModelFit fit = Fits.fit("y ~ x + (1 + x | a/b)", frame(12, 3, 4, 1),
            settings -> Fits.QUICK.apply(settings).withEstimation(e -> new EstimationSettings(true, 1, 1e-12)),
            DesignOptions.DEFAULT, warnings);
        assertEquals(0, Fits.statistic(fit, "Converged").value());
        assertTrue(String.join("\n", warnings.list()).contains("raise \"Iterations at most\""));
    }

    /** Nearly singular D: a Wald interval on the log scale has no upper bound that is a number. */
    @Test
    void boundsThatAreNoNumbersAreMissing() {
        final Random random = new Random(3);
        for (int run = 0; run < 4; run++) {
            final ModelFit fit = Fits.fit("y ~ 1 + (0 + f | a)", frame(5 + run, 2, 6, 0.05 * random.nextDouble()),
                settings -> settings.withInference(i -> i.withVariances(VarianceIntervals.WALD, false)));
            for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
                assertFalse(Double.isInfinite(row.upper()) || Double.isInfinite(row.lower()), row.toString());
                assertFalse(Math.abs(row.correlation()) > 1, row.toString());
            }
        }
    }

    @Test
    void sharesOfVarianceStayShares() {
        // fixed effects that explain nothing: Snijders and Bosker's reduction of variance is negative
        final ModelFit fit = Fits.fit("y ~ k + (1 | a)", frame(15, 2, 3, 1), Fits.QUICK);
        final FitStatisticRow rows = Fits.statistic(fit, "R2 Snijders-Bosker rows");
        assertTrue(rows.value() >= 0);
        assertTrue(rows.value() > 0 || rows.note().contains("taken as 0"), rows.note());
    }

    /** An intercept alone has nothing to be correlated with: diagonal or not, by columns or formula, it is one model. */
    @Test
    void anInterceptAloneIsTheSameHoweverItIsWritten() {
        final Frame frame = Fits.frame("dyestuff");
        final ModelFit columns = MultilevelModel.fit(MultilevelSettings.of(new LevelSpecification("Yield", List.of(),
            List.of(), List.of(new Level("Batch", List.of(), RandomStructure.DIAGONAL)), false, List.of())), frame,
            Progress.NONE, new Warnings());
        assertTrue(Fits.statistic(columns, "Formula").note().startsWith("Yield ~ 1 + (1 | Batch)."));
        for (final String formula : List.of("Yield ~ 1 + (1 | Batch)", "Yield ~ 1 + (1 || Batch)")) {
            final ModelFit other = Fits.fit(formula, frame, Fits.DEFAULT, DesignOptions.DEFAULT, new Warnings());
            assertEquals(columns.tables().modelFit().subList(1, columns.tables().modelFit().size()),
                other.tables().modelFit().subList(1, other.tables().modelFit().size()), formula);
        }
    }
}
