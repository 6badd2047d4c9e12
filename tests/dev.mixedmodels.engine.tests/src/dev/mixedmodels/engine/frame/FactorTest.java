package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FactorTest {
    private static final NominalColumn WEEKS =
        NominalColumn.of("week", Arrays.asList("Week 12", "Week 2", null, "Week 2", "Week 1", "baseline"));

    @Test
    void codesFollowTheNaturalOrderOfTheLevels() {
        final Factor factor = Factor.of(WEEKS, rows(6, 0, 1, 3, 4, 5), LevelOrder.NATURAL);
        assertEquals(List.of("Week 1", "Week 2", "Week 12", "baseline"), factor.levels());
        assertArrayEquals(new int[]{2, 1, -1, 1, 0, 3}, codes(factor, 6));
    }

    @Test
    void levelsAreThoseOfTheFittedRows() {
        final Factor factor = Factor.of(WEEKS, rows(6, 0, 1), LevelOrder.NATURAL);
        assertEquals(List.of("Week 2", "Week 12"), factor.levels());
        assertArrayEquals(new int[]{1, 0, -1, 0, -1, -1}, codes(factor, 6));
    }

    @Test
    void aReferenceLevelMovesToTheFront() {
        final Factor factor = Factor.of(WEEKS, rows(6, 0, 1, 3, 4, 5), LevelOrder.reference("baseline"));
        assertEquals(List.of("baseline", "Week 1", "Week 2", "Week 12"), factor.levels());
        assertArrayEquals(new int[]{3, 2, -1, 2, 1, 0}, codes(factor, 6));
    }

    @Test
    void anExplicitOrderMayNameLevelsThatDoNotOccur() {
        final Factor factor = Factor.of(WEEKS, rows(6, 0, 1, 3, 4, 5),
            LevelOrder.explicit(List.of("baseline", "Week 0", "Week 12", "Week 1", "Week 2")));
        assertEquals(List.of("baseline", "Week 12", "Week 1", "Week 2"), factor.levels());
        assertArrayEquals(new int[]{1, 3, -1, 3, 2, 0}, codes(factor, 6));
    }

    @Test
    void ordersThatDoNotFitNameTheLevel() {
        final Rows fitted = rows(6, 0, 1);
        final ModelException unknown =
            assertThrows(ModelException.class, () -> Factor.of(WEEKS, fitted, LevelOrder.reference("Week 1")));
        assertEquals("The reference level \"Week 1\" of \"week\" does not occur in the rows used."
            + " Its levels are Week 2, Week 12.", unknown.getMessage());
        final ModelException incomplete = assertThrows(ModelException.class,
            () -> Factor.of(WEEKS, fitted, LevelOrder.explicit(List.of("Week 12"))));
        assertTrue(incomplete.getMessage().contains("does not name the level \"Week 2\""), incomplete.getMessage());
    }

    @Test
    void wholeNumbersAreLevelsInNumericOrder() {
        final BitSet missing = new BitSet();
        missing.set(1);
        final long[] values = {10, 0, -3, 10, Long.MAX_VALUE, Long.MAX_VALUE - 1};
        final Factor exact =
            Factor.of(new IntegerColumn("id", values, missing), rows(6, 0, 2, 3, 4, 5), LevelOrder.NATURAL);
        assertEquals(List.of("-3", "10", "9223372036854775806", "9223372036854775807"), exact.levels());
        assertArrayEquals(new int[]{1, -1, 0, 1, 3, 2}, codes(exact, 6));
        final Factor doubles = Factor.of(new NumericColumn("visit", new double[]{10, -0.0, 2, 0}), Rows.all(4),
            LevelOrder.reference("10"));
        assertEquals(List.of("10", "0", "2"), doubles.levels());
        assertArrayEquals(new int[]{0, 1, 2, 1}, codes(doubles, 4));
    }

    @Test
    void fractionsAreNoLevels() {
        final ModelException e = assertThrows(ModelException.class,
            () -> Factor.of(new NumericColumn("dose", new double[]{1, 2.5}), Rows.all(2), LevelOrder.NATURAL));
        assertTrue(e.getMessage().startsWith("Column \"dose\" is used for grouping but has the value 2.5 in row \"2\"."),
            e.getMessage());
    }

    @Test
    void knownCombinationsAreLevelsOuterFirst() {
        final Factor board = Factor.of(NominalColumn.of("board", List.of("B", "A", "B", "A", "C")), rows(5, 0, 1, 2, 3),
            LevelOrder.NATURAL);
        final Factor school = Factor.of(new NumericColumn("school", new double[]{10, 2, 2, 2, 2}), rows(5, 0, 1, 2, 3),
            LevelOrder.NATURAL);
        final Factor nested = new KnownCombinations(new int[]{0, 1, 1}, new int[]{0, 0, 1}, 2).factor(board, "/",
            school);
        assertEquals("board/school", nested.name());
        assertEquals(List.of("A/2", "B/2", "B/10"), nested.levels());
        assertArrayEquals(new int[]{2, 0, 1, 0, -1}, codes(nested, 5));
        assertTrue(nested.nestedIn(board, rows(5, 0, 1, 2, 3)));
        assertFalse(school.nestedIn(board, rows(5, 0, 1, 2, 3)));
    }

    @Test
    void aCombinationThatOnlyAPredictedRowHasIsNoLevel() {
        final Factor a = Factor.of(NominalColumn.of("a", List.of("x", "y", "x")), rows(3, 0, 1), LevelOrder.NATURAL);
        final Factor b = Factor.of(NominalColumn.of("b", List.of("1", "2", "2")), rows(3, 0, 1), LevelOrder.NATURAL);
        final Factor both = new KnownCombinations(new int[]{0, 1}, new int[]{0, 1}, 2).factor(a, ":", b);
        assertEquals(List.of("x:1", "y:2"), both.levels());
        assertEquals(-1, both.code(2));
    }

    @Test
    void manyLevelsKeepTheirCodes() {
        final int n = 200_000;
        final long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            ids[i] = i * 2_654_435_761L % 50_021 * (1L << 40); // many collisions in the low bits
        }
        final Factor factor =
            Factor.of(new IntegerColumn("id", ids, new BitSet()), Rows.all(n), LevelOrder.NATURAL);
        final Set<Long> different = new HashSet<>();
        for (int i = 0; i < n; i++) {
            different.add(ids[i]);
            assertEquals(ids[i], Long.parseLong(factor.level(factor.code(i))));
        }
        assertEquals(different.size(), factor.size());
    }

    private static Rows rows(final int total, final int... chosen) {
        final BitSet set = new BitSet();
        Arrays.stream(chosen).forEach(set::set);
        return Rows.of(total, set);
    }

    private static int[] codes(final Factor factor, final int rows) {
        return IntStream.range(0, rows).map(factor::code).toArray();
    }
}
