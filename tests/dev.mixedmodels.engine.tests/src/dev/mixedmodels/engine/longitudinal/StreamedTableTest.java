package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.FullHeap;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.Distributed;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Streamed;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Tables that are read block by block and never kept. */
final class StreamedTableTest {
    private static final int SUBJECTS = 900;
    static final int ROWS = 2 * RowSource.BLOCK + 1234;
    private static final String FORMULA = "y ~ arm * x + offset(o) + (x | id)";
    /** Reduced in other groups of rows, whose rounding differs. */
    private static final double ROUNDING = 1e-12;

    /** Subjects in random order; ids are texts; some values are missing. */
    static Frame frame(final boolean inOrderOfTime) {
        final Random random = new Random(7);
        final FrameBuilder builder = new FrameBuilder(ROWS);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int o = builder.addNumeric("o");
        final int w = builder.addNumeric("w");
        final int arm = builder.addNominal("arm");
        final int id = builder.addNominal("id");
        final double[][] effects = new double[SUBJECTS][2];
        for (final double[] b : effects) {
            b[0] = 2 * random.nextGaussian();
            b[1] = 0.5 * random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            final int subject = random.nextInt(SUBJECTS);
            final double time = 2000 + (inOrderOfTime ? row * 1e-4 : 4 * random.nextDouble());
            final double offset = random.nextInt(3);
            builder.text(id, "s" + subject);
            builder.text(arm, subject % 3 == 0 ? "b" : "a");
            builder.number(x, time);
            builder.number(o, offset);
            builder.number(w, 0.5 + random.nextInt(4));
            if (random.nextInt(50) > 0) {
                builder.number(y, 1e4 + offset + effects[subject][0] + (1 + effects[subject][1]) * (time - 2002)
                    + random.nextGaussian());
            }
            builder.endRow();
        }
        return builder.build();
    }

    static LongitudinalSettings settings() {
        return LongitudinalSettings.of(Formula.parse(FORMULA));
    }

    static LongitudinalFit fit(final LongitudinalSettings settings, final RowSource table) {
        return LongitudinalModel.fit(settings.withOptions(DesignOptions.DEFAULT.withWeights("w")), table, Progress.NONE, new Warnings());
    }

    private static double[] figures(final LongitudinalFit fit) {
        return Figures.of(fit.tables(Progress.NONE, new Warnings()));
    }

    static double[] fitted(final LongitudinalFit fit, final Frame table, final int part) {
        return Figures.fitted(fit.fittedRows(true), table, part);
    }

    @Test
    void aTableThatIsReadHasTheFiguresOfOneInMemoryBitForBit() throws Exception {
        final Frame frame = frame(true);
        final LongitudinalFit kept = fit(settings(), frame);
        final double[] figures = figures(kept);
        assertTrue(figures.length > 2 * SUBJECTS);
        assertArrayEquals(figures, figures(fit(settings(), new Streamed(frame))), 0);
        for (final int threads : new int[] {1, 3}) {
            final ForkJoinPool pool = new ForkJoinPool(threads);
            assertArrayEquals(figures, pool.submit(() -> figures(fit(settings(), new Streamed(frame)))).get(), 0);
            pool.shutdown();
        }
        final double[] fitted = fitted(kept, frame, ROWS);
        assertArrayEquals(fitted, fitted(fit(settings(), new Streamed(frame)), frame, 777), 0);
        assertFalse(Double.isNaN(fitted[4]));
    }

    @Test
    void influenceAndSandwichNeedNoRows() {
        final Frame frame = frame(true);
        final LongitudinalSettings settings = settings().withInference(
            i -> i.withInfluence(InfluenceMethod.ONE_STEP).withFixedCovariance(FixedCovariance.CR2));
        final double[] figures = figures(fit(settings, frame));
        assertTrue(figures.length > figures(fit(settings(), frame)).length + SUBJECTS);
        assertArrayEquals(figures, figures(fit(settings, new Streamed(frame))), 0);
    }

    @Test
    void otherMachinesWithOtherBlocksGiveTheSame() {
        final Frame frame = frame(true);
        final LongitudinalFit here = fit(settings(), frame);
        final LongitudinalFit there = fit(settings(), new Distributed(frame));
        Figures.assertClose(new double[] {here.criterion()}, new double[] {there.criterion()}, ROUNDING);
        Figures.assertClose(FitFigures.coefficients(here), FitFigures.coefficients(there), ROUNDING);
        Figures.assertClose(FitFigures.standardErrors(here), FitFigures.standardErrors(there), ROUNDING);
    }

    /** A block without a row that is fitted adds nothing, wherever it stands. */
    @Test
    void blocksOfMissingResponsesChangeNothing() {
        final Frame frame = frame(true);
        final double[] y = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            y[row] = row / RowSource.BLOCK == 1 ? frame.column("y").value(row) : Double.NaN;
        }
        final LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse("y ~ arm + poly(x, 2) + (x | id)"));
        final LongitudinalFit amongMissing = fit(settings, new Streamed(frame.with(new NumericColumn("y", y))));
        final LongitudinalFit alone = fit(settings, frame.part(RowSource.BLOCK, 2 * RowSource.BLOCK));
        assertEquals(alone.criterion(), amongMissing.criterion());
        assertArrayEquals(FitFigures.coefficients(alone), FitFigures.coefficients(amongMissing));
    }

    @Test
    void normalisedResidualsFollowTheTimeEvenIfTheTableDoesNot() {
        final Frame frame = frame(false);
        final LongitudinalSettings timed = settings().withResidual(ResidualStructure.INDEPENDENT, "x", "id");
        final LongitudinalFit fit = fit(timed, frame);
        final double[] fitted = fitted(fit, frame, 1000);
        final double[] whole = fitted(fit, frame, ROWS);
        assertArrayEquals(whole, fitted, 0);
        final double[] withoutTime = fitted(fit(settings(), frame), frame, ROWS);
        assertTrue(java.util.stream.IntStream.range(0, ROWS).anyMatch(i -> whole[5 * i + 4] != withoutTime[5 * i + 4]
            && !Double.isNaN(whole[5 * i + 4])));
    }

    @Test
    void rowsThatAreNeitherInOrderNorFitIntoMemoryHaveNoNormalisedResiduals() {
        final Frame frame = frame(false);
        final LongitudinalSettings timed = settings().withResidual(ResidualStructure.INDEPENDENT, "x", "id");
        final double[] sorted = fitted(fit(timed, frame), frame, ROWS);
        final LongitudinalFit fit = fit(timed, new Streamed(frame));
        final Warnings warnings = new Warnings();
        final double[] found;
        try (FullHeap full = new FullHeap(1 << 20)) {
            fit.tables(Progress.NONE, warnings);
            found = fitted(fit, frame, 999);
        }
        assertTrue(warnings.list().stream().anyMatch(text -> text.startsWith("Normalized residuals are left out, for the rows "
            + "are not in order of \"x\" and cannot be sorted: sort the table by that column. The model needs its rows at once: ")),
            () -> warnings.list().toString());
        for (int i = 0; i < found.length; i++) {
            assertEquals(i % 5 == 4 ? Double.NaN : sorted[i], found[i]);
        }
    }

    @Test
    void rowsThatAreNotInOrderAreSortedIfTheyFit() {
        final Frame frame = frame(false);
        final LongitudinalSettings timed = settings().withResidual(ResidualStructure.INDEPENDENT, "x", "id");
        assertArrayEquals(fitted(fit(timed, frame), frame, ROWS), fitted(fit(timed, new Streamed(frame)), frame, 999), 0);
    }

    @Test
    void modelFitTellsWhatIsKept() {
        final FitStatisticRow rows = fit(settings(), frame(true)).tables(Progress.NONE, new Warnings()).modelFit().stream()
            .filter(r -> r.statistic().equals("Rows Used")).findFirst().orElseThrow();
        assertEquals("Read and not kept: memory grows by about 196 bytes for each id.", rows.note());
    }
}
