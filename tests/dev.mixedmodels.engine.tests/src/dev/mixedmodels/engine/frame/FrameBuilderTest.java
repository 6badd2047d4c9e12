package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameBuilderTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1000, 5000})
    void rowsKeepTheirOrderWhateverWasExpected(final long expected) {
        final FrameBuilder builder = new FrameBuilder(expected);
        final int number = builder.addNumeric("number");
        final int whole = builder.addInteger("whole");
        final int text = builder.addNominal("text");
        for (int row = 0; row < 1000; row++) {
            if (row % 3 != 0) {
                builder.number(number, row / 4.0);
                builder.integer(whole, Long.MAX_VALUE - row);
                builder.text(text, "level, \"" + row % 7 + "\"\n");
            }
            builder.endRow();
        }
        final Frame frame = builder.build();
        assertEquals(1000, frame.rows());
        assertEquals(List.of("number", "whole", "text"), frame.names());
        for (int row = 0; row < 1000; row++) {
            for (final String name : frame.names()) {
                assertEquals(row % 3 == 0, frame.column(name).missing(row), name + " " + row);
            }
            if (row % 3 != 0) {
                assertEquals(row / 4.0, frame.column("number").value(row));
                assertEquals(Long.MAX_VALUE - row, ((IntegerColumn) frame.column("whole")).exact(row));
                assertEquals("level, \"" + row % 7 + "\"\n", ((NominalColumn) frame.column("text")).text(row));
            }
        }
        assertEquals(7, ((NominalColumn) frame.column("text")).dictionarySize());
    }

    @Test
    void valuesThatAreNotFiniteAreMissing() {
        final FrameBuilder builder = new FrameBuilder(0);
        final int number = builder.addNumeric("x");
        for (final double value : new double[]{1, Double.NaN, Double.NEGATIVE_INFINITY}) {
            builder.number(number, value);
            builder.endRow();
        }
        final Column column = builder.build().column("x");
        assertTrue(!column.missing(0) && column.missing(1) && column.missing(2));
    }

    @Test
    void derivedColumnsJoinOrReplace() {
        final Frame frame = new Frame(2, List.of(new NumericColumn("x", new double[]{1, 2})));
        final Frame more = frame.with(new NumericColumn("x", new double[]{3, 4}))
            .with(new NumericColumn("z", new double[]{5, 6}));
        assertEquals(List.of("x", "z"), more.names());
        assertEquals(3, more.column("x").value(0));
        assertEquals(1, frame.column("x").value(0));
        assertThrows(IllegalArgumentException.class, () -> frame.with(new NumericColumn("z", new double[3])));
    }
}
