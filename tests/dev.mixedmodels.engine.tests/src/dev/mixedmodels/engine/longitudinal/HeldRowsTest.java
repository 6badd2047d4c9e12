package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.FullHeap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.testing.Streamed;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are kept since residuals are correlated: what they take, and what is refused. */
final class HeldRowsTest {
    private static final LongitudinalSettings AR1 =
        StreamedTableTest.settings().withResidual(ResidualStructure.CONTINUOUS_AR1, "x", "id");

    /** They keep what the likelihood takes of a row, and never the table. */
    @Test
    void structuredResidualsOfATableThatIsReadAreThoseOfOneInMemoryBitForBit() {
        final Frame frame = StreamedTableTest.frame(false);
        final LongitudinalSettings ar1 = AR1.withVariance("arm", null);
        final LongitudinalFit kept = StreamedTableTest.fit(AR1, frame);
        final LongitudinalFit read = StreamedTableTest.fit(AR1, new Streamed(frame));
        assertEquals(kept.criterion(), read.criterion());
        assertArrayEquals(FitFigures.coefficients(kept), FitFigures.coefficients(read), 0);
        assertArrayEquals(FitFigures.covarianceParameters(kept), FitFigures.covarianceParameters(read), 0);
        final double[] fitted = StreamedTableTest.fitted(kept, frame, StreamedTableTest.ROWS);
        assertArrayEquals(fitted, StreamedTableTest.fitted(read, frame, 777), 0);
        assertFalse(Double.isNaN(fitted[4]));
    }

    /** 9 numbers: 4 columns of the mean, 2 random effects, response, time, weight; then a residual and two places. */
    @Test
    void rowsThatDoNotFitAreRefusedWithTheFigure() {
        final Frame frame = StreamedTableTest.frame(true);
        final int used = (int) IntStream.range(0, StreamedTableTest.ROWS)
            .filter(row -> !frame.column("y").missing(row)).count();
        final long bytes = used * (9L + 1 + 1) * Double.BYTES;
        try (FullHeap full = new FullHeap(bytes)) {
            final String text =
                assertThrows(ModelException.class, () -> StreamedTableTest.fit(AR1, frame)).getMessage();
            assertEquals("The model needs its rows at once: " + used + " rows of 9 numbers each take about "
                + Math.round(bytes / 1048576.0) + " MiB, and the heap has " + bytes / 1048576 + " of "
                + Runtime.getRuntime().maxMemory() / 1048576 + " MiB left. Independent residuals of one variance need no rows, "
                + "in a table that is in order of time. Else give KNIME more memory (-Xmx in knime.ini), or use fewer rows.",
                text);
        }
        try (FullHeap enough = new FullHeap(2 * bytes)) {
            assertTrue(FitFigures.covarianceParameters(StreamedTableTest.fit(AR1, frame)).length > 0);
        }
    }

    /** Rows that fit once, but not with those that are drawn. */
    @Test
    void aBootstrapThatDoesNotFitIsRefusedWithTheFigure() {
        final LongitudinalFit fit = StreamedTableTest.fit(AR1, StreamedTableTest.frame(true));
        try (FullHeap full = new FullHeap(1 << 20)) {
            final String text = assertThrows(ModelException.class, () -> fit.refits(Progress.NONE)).getMessage();
            assertTrue(text.matches("A bootstrap of \\d+ rows on \\d+ threads? takes about \\d+ MiB, and the heap has 1 of "
                + "\\d+ MiB left\\. Give KNIME more memory \\(-Xmx in knime\\.ini\\), or choose intervals and tests without a "
                + "bootstrap\\."), text);
        }
    }

    /** What is refused is what would be held, within a third. */
    @Test
    void theFigureIsTheMemoryThatRowsTake() {
        final Frame frame = StreamedTableTest.frame(true);
        final LongitudinalFit first = StreamedTableTest.fit(AR1, frame); // all classes are there
        StreamedTableTest.fitted(first, frame, StreamedTableTest.ROWS);
        final long before = held();
        final LongitudinalFit fit = StreamedTableTest.fit(AR1, frame);
        final Function<Frame, FittedPart> fitted = fit.fittedRows(true);
        final double perRow = (held() - before) / (double) StreamedTableTest.ROWS;
        assertEquals(11 * Double.BYTES, perRow, 11 * Double.BYTES / 3.0);
        assertEquals(StreamedTableTest.ROWS, fitted.apply(frame).rows() == null ? 0 : StreamedTableTest.ROWS);
    }

    private static long held() {
        final Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
