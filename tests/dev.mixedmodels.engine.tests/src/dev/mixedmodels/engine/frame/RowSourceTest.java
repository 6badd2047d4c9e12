package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Passes over a table in memory, block by block. */
final class RowSourceTest {
    private static final int ROWS = 5 * RowSource.BLOCK + 17;

    private static Frame frame() {
        final FrameBuilder builder = new FrameBuilder(ROWS);
        final int number = builder.addNumeric("x");
        final int whole = builder.addInteger("i");
        final int text = builder.addNominal("g");
        for (int row = 0; row < ROWS; row++) {
            if (row % 3 != 0) {
                builder.number(number, Math.sqrt(row));
                builder.integer(whole, row);
                builder.text(text, "g" + row % 7);
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** A sum whose rounding shows the order of the summands, and all that it was told. */
    private static final class Sum implements Fold<Sum> {
        private static final long serialVersionUID = 1L;
        private final int wrong;
        private double sum;
        private long rows;
        private long wholes;
        private int texts;

        Sum(final int wrong) {
            this.wrong = wrong;
        }

        @Override
        public Sum fresh() {
            return new Sum(wrong);
        }

        @Override
        public void add(final Frame block) {
            for (int row = 0; row < block.rows(); row++) {
                rows++;
                if (!block.column("i").missing(row)) {
                    sum += block.column("x").value(row);
                    final long whole = ((IntegerColumn) block.column("i")).exact(row);
                    wholes += whole;
                    texts += ((NominalColumn) block.column("g")).text(row).equals("g" + whole % 7) ? 1 : 0;
                    if (whole == wrong) {
                        throw ModelException.of("Row ", new ModelException.Row(row), ".");
                    }
                }
            }
        }

        @Override
        public void merge(final Sum later) {
            sum += later.sum;
            rows += later.rows;
            wholes += later.wholes;
            texts += later.texts;
        }
    }

    @Test
    void everyRowIsMetOnce() {
        final Sum sum = frame().fold(new Sum(-1), Progress.NONE);
        assertEquals(ROWS, sum.rows);
        assertEquals(IntStream.range(0, ROWS).filter(i -> i % 3 != 0).asLongStream().sum(), sum.wholes);
        assertEquals(IntStream.range(0, ROWS).filter(i -> i % 3 != 0).count(), sum.texts);
    }

    @Test
    void threadsDoNotChangeABit() throws Exception {
        final Frame frame = frame();
        final double here = frame.fold(new Sum(-1), Progress.NONE).sum;
        for (final int threads : new int[] {1, 3}) {
            final ForkJoinPool pool = new ForkJoinPool(threads);
            assertEquals(here, pool.submit(() -> frame.fold(new Sum(-1), Progress.NONE).sum).get(), 0);
            pool.shutdown();
        }
    }

    @Test
    void theFirstWrongRowIsNamedByItsPlaceInTheTable() {
        final int wrong = 2 * RowSource.BLOCK + 5;
        final ModelException e =
            assertThrows(ModelException.class, () -> frame().fold(new Sum(wrong), Progress.NONE));
        assertEquals("Row \"" + (wrong + 1) + "\".", e.getMessage());
    }

    @Test
    void theHeaderHasTheColumnsAndNoRow() {
        final Frame header = frame().header();
        assertEquals(List.of("x", "i", "g"), header.names());
        assertEquals(0, header.rows());
        assertEquals(false, header.column("g").numeric());
    }
}
