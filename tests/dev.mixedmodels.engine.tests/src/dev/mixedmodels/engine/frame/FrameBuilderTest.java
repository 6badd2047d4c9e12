package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static NominalColumn texts(final FrameBuilder builder, final String... values) {
        for (final String value : values) {
            builder.text(0, value);
            builder.endRow();
        }
        return (NominalColumn) builder.build().column("g");
    }

    @Test
    void textsHaveTheSameCodesInPartsOfATable() {
        final FrameBuilder first = new FrameBuilder(0);
        first.addNominal("g");
        final NominalColumn one = texts(first, "b", null, "a");
        final FrameBuilder second = first.next(0);
        final NominalColumn two = texts(second, "a", "c", "b");
        final NominalColumn three = texts(second.next(0), IntStream.range(0, 100).mapToObj(i -> "t" + i).toArray(String[]::new));
        assertEquals(List.of(2, 3, 103), Stream.of(one, two, three).map(NominalColumn::dictionarySize).toList());
        assertEquals(List.of(1, 2, 0), IntStream.range(0, 3).mapToObj(two::code).toList());
        assertEquals("t99", three.text(99));
        final KnownLevels levels = new KnownLevels(List.of("a", "b", "t99")); // c is none of them
        final Factor again = levels.factor(three);
        assertEquals(2, again.code(99));
        assertEquals(List.of(0, -1, 1), IntStream.range(0, 3).mapToObj(levels.factor(two)::code).toList());
        assertEquals(List.of(1, -1, 0), IntStream.range(0, 3).mapToObj(levels.factor(one)::code).toList());
        assertEquals(0, levels.factor(NominalColumn.of("g", List.of("a"))).code(0)); // of another table
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

    @Test
    void rowsThatAreMissingEndWithTheColumn() {
        final BitSet missing = new BitSet();
        missing.set(1);
        missing.set(5);
        final Column column = new IntegerColumn("n", new long[8], missing, 3);
        assertEquals("{1}", column.missing().toString());
        assertEquals("{0}", new NumericColumn("x", new double[] {Double.NaN, 1, Double.NaN}, 2, "").missing().toString());
    }
}
