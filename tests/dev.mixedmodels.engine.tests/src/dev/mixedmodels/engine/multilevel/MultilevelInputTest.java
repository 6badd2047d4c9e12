package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Level;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Figures;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tables and settings as users have them: what is wrong is said, and what is unusual works. */
class MultilevelInputTest {
    private static final int N = 120;
    private static final UnaryOperator<MultilevelSettings> QUICK = Fits.QUICK;

    /** Columns y, x, board, school, unique (school in its own numbering), one, row, same (as board). */
    private static Frame frame(final IntFunction<String> board) {
        final FrameBuilder builder = new FrameBuilder(N);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int b = builder.addNominal("board");
        final int s = builder.addNominal("school");
        final int unique = builder.addInteger("unique");
        final int one = builder.addNominal("one");
        final int row = builder.addInteger("row");
        final int same = builder.addNominal("same");
        final int constant = builder.addNumeric("constant");
        final Random random = new Random(3);
        final double[] effect = random.doubles(24, -2, 2).toArray();
        for (int i = 0; i < N; i++) {
            final int school = i % 24;
            builder.number(y, 5 + effect[school] + effect[school / 4] + random.nextGaussian());
            builder.number(x, random.nextGaussian() + school);
            if (board.apply(school / 4) != null) {
                builder.text(b, board.apply(school / 4));
            }
            builder.text(s, "school " + school % 4);
            builder.integer(unique, school);
            builder.text(one, "only");
            builder.integer(row, i);
            builder.text(same, "S" + school / 4);
            builder.number(constant, 7);
            builder.endRow();
        }
        return builder.build();
    }

    private static Frame frame() {
        return frame(k -> "board " + k);
    }

    private static Warnings fit(final ModelSpecification model, final Frame frame) {
        final Warnings warnings = new Warnings();
        MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(model)), frame, Progress.NONE, warnings);
        return warnings;
    }

    private static LevelSpecification levels(final String... columns) {
        return new LevelSpecification("y", List.of("x"), List.of(),
            java.util.Arrays.stream(columns).map(c -> new Level(c, List.of(), RandomStructure.UNSTRUCTURED)).toList(),
            false, List.of());
    }

    private static ModelSpecification formula(final String text) {
        return new ModelSpecification.ByFormula(Formula.parse(text));
    }

    private static void refused(final ModelSpecification model, final Frame frame, final String... parts) {
        final String message =
            assertThrows(ModelException.class, () -> fit(model, frame)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void whatCannotBeFittedIsRefusedWithTheLevelNamed() {
        refused(levels("one", "school"), frame(), "one", "one unit only");
        refused(levels("board", "row"), frame(), "board/row", "one row only");
        refused(formula("y ~ x + (1 | board) + (1 | same)"), frame(), "board", "same", "same units");
        refused(formula("y ~ x + (1 + constant | board)"), frame(), "constant", "board");
        refused(formula("constant ~ 1 + (1 | board)"), frame(), "constant");
        refused(formula("y ~ x"), frame(), "random");
        refused(formula("unique ~ 1 + (1 | board/school)"), frame(), "but for rounding");
        refused(levels(), frame(), "level");
        refused(levels("board", "board"), frame(), "board", "two levels");
        refused(levels("missing"), frame(), "missing");
        refused(formula("y ~ x + (1 | x)"), frame(), "x");
    }

    @Test
    void codesThatRepeatAreNestedAndUniqueOnesAreNoticed() {
        final String repeated = String.join("\n", fit(levels("board", "school"), frame()).list());
        assertTrue(repeated.contains("several units of \"board\""), repeated);
        final String unique = String.join("\n", fit(levels("board", "unique"), frame()).list());
        assertTrue(unique.contains("already unique"), unique);
    }

    @Test
    void rowsWithoutANameOfAUnitAreLeftOutAndCounted() {
        final Warnings warnings = fit(levels("board", "school"), frame(k -> k == 2 ? null : "board " + k));
        assertTrue(warnings.list().get(0).contains("20 of 120 rows left out"), warnings.list().toString());
    }

    @Test
    void unitsMayHaveAnyName() {
        final String[] names = {"a,b", "say \"yes\"", "two\nlines", "  ", "\u00fc\u4e2d", "ok"};
        final Warnings warnings = new Warnings();
        final ModelFit odd = MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(levels("board"))),
            frame(k -> names[k]), Progress.NONE, warnings);
        final ModelFit plain = MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(levels("board"))), frame(),
            Progress.NONE, warnings);
        assertEquals(plain.tables().fixedEffects().get(1).estimate(), odd.tables().fixedEffects().get(1).estimate(),
            1e-9);
    }

    @Test
    void levelsAndFormulaSayTheSame() {
        final ModelFit columns =
            MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(levels("board", "school"))), frame(),
            Progress.NONE, new Warnings());
        final ModelFit formula =
            MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(formula("y ~ x + (1 | board/school)"))), frame(),
                Progress.NONE, new Warnings());
        assertEquals(formula.tables().fixedEffects(), columns.tables().fixedEffects());
        assertEquals(formula.tables().covarianceParameters(), columns.tables().covarianceParameters());
    }

    @Test
    void splittingACovariateGivesTheCompositionalEffect() {
        final LevelSpecification split = new LevelSpecification("y", List.of("x"), List.of(), levels("board").levels(),
            false, List.of(new Centering("x", Mode.WITHIN_AND_BETWEEN, "board")));
        final List<FixedEffectRow> rows =
            MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(split)), frame(), Progress.NONE,
            new Warnings()).tables().fixedEffects();
        assertEquals("x.within.board", rows.get(1).term());
        assertEquals("x.between.board", rows.get(2).term());
        // the within estimate is that of least squares on deviations from unit means, for those are orthogonal to means
        assertEquals(rows.get(1).naiveEstimate(), rows.get(1).estimate(), 1e-9);
        final LevelSpecification centred = new LevelSpecification("y", List.of("x"), List.of(), levels("board").levels(),
            false, List.of(new Centering("x", Mode.GRAND_MEAN, null)));
        final ModelFit raw = MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(levels("board"))), frame(),
            Progress.NONE, new Warnings());
        final ModelFit shifted =
            MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(centred)), frame(), Progress.NONE,
            new Warnings());
        assertEquals(raw.tables().fixedEffects().get(1).estimate(), shifted.tables().fixedEffects().get(1).estimate(),
            1e-9);
    }

    @Test
    void kenwardRogerIsRefusedUnderMaximumLikelihood() {
        assertThrows(ModelException.class,
            () -> MultilevelSettings.of(levels("board")).withReml(false)
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER)));
        assertThrows(ModelException.class,
            () -> InferenceSettings.DEFAULT.withConfidence(100));
        assertThrows(ModelException.class,
            () -> InferenceSettings.DEFAULT.withConfidence(Double.NaN));
    }

    @Test
    void normalizedResidualsAreUncorrelatedWithUnitVariance() {
        final ModelFit fit = MultilevelModel.fit(QUICK.apply(MultilevelSettings.of(levels("board", "school"))), frame(),
            Progress.NONE, new Warnings());
        double squares = 0;
        for (int i = 0; i < N; i++) {
            final FittedRow row = Figures.fittedValues(fit).apply(i);
            squares += row.normalized() * row.normalized();
        }
        // their sum of squares is (y - X b)'V^-1 (y - X b), which is N - p at REML estimates
        assertEquals(N - 2, squares, 1e-6 * N);
    }
}
