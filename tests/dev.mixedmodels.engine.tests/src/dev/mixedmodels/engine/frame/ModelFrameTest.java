package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ModelFrameTest {
    private static final Frame FRAME = new Frame(6, List.of(
        new NumericColumn("y", new double[]{1, Double.NaN, 3, Double.POSITIVE_INFINITY, 5, 6}),
        new NumericColumn("dose", new double[]{1, 2, Double.NaN, Double.NaN, 5, Double.NEGATIVE_INFINITY}),
        NominalColumn.of("arm", Arrays.asList("a", "b", null, "a", "b", "a")),
        new NumericColumn("unused", new double[6])));

    @Test
    void rowsAreFittedOrPredictedOrLeftOut() {
        final ModelFrame rows = rows(FRAME, "y", List.of("dose", "arm"), MissingValues.OMIT_ROWS);
        assertEquals(List.of(0, 4), list(rows.fitted()));
        assertEquals(List.of(1), list(rows.predicted()));
        assertEquals(4, counts(rows).leftOut());
        assertEquals(Map.of("y", 2, "dose", 3, "arm", 1), rows.missing());
        assertEquals("4 of 6 rows left out: missing value in \"y\" (2), \"dose\" (3), \"arm\" (1)",
            counts(rows).message());
    }

    @Test
    void completeTablesLeaveNothingOut() {
        final ModelFrame rows = rows(FRAME, "unused", List.of("unused"), MissingValues.FAIL);
        assertEquals(6, rows.fitted().size());
        assertEquals("", counts(rows).message());
    }

    @Test
    void failureNamesTheFirstRowAndItsColumn() {
        final ModelException first = assertThrows(ModelException.class,
            () -> rows(FRAME, "unused", List.of("arm", "dose"), MissingValues.FAIL));
        assertTrue(first.getMessage().startsWith("Row \"3\" has no value in column \"arm\", or one that is "
            + "no finite number."), first.getMessage());
        final ModelException response = assertThrows(ModelException.class,
            () -> rows(FRAME, "y", List.of("arm"), MissingValues.FAIL));
        assertTrue(response.getMessage().startsWith("Row \"2\" has no value in column \"y\", or one that is "
            + "no finite number."));
    }

    @Test
    void emptyAndHopelessTablesAreRefused() {
        final Frame empty = new Frame(0, List.of(new NumericColumn("y", new double[0])));
        assertEquals("The input table is empty.", assertThrows(ModelException.class,
            () -> counts(rows(empty, "y", List.of(), MissingValues.OMIT_ROWS)).requireRows()).getMessage());
        final Frame hopeless = new Frame(1, List.of(new NumericColumn("y", new double[]{Double.NaN})));
        assertEquals("No row is left to fit the model to: 1 of 1 rows left out: missing value in \"y\" (1)",
            assertThrows(ModelException.class,
                () -> counts(rows(hopeless, "y", List.of(), MissingValues.OMIT_ROWS)).requireRows()).getMessage());
    }

    @Test
    void unknownColumnsAreNamed() {
        assertEquals("The table has no column \"age\".", assertThrows(ModelException.class,
            () -> rows(FRAME, "y", List.of("age"), MissingValues.OMIT_ROWS)).getMessage());
        assertTrue(assertThrows(ModelException.class, () -> FRAME.numeric("arm")).getMessage()
            .startsWith("Column \"arm\" must be numeric."));
    }

    private static ModelFrame rows(final Frame frame, final String response, final List<String> used,
        final MissingValues mode) {
        return ModelFrame.part(frame, response, used, mode, null);
    }

    private static RowCounts counts(final ModelFrame rows) {
        final RowCounts counts = new RowCounts(List.copyOf(rows.missing().keySet()), null);
        counts.add(rows);
        return counts;
    }

    private static List<Integer> list(final Rows rows) {
        return IntStream.range(0, rows.size()).map(rows::row).boxed().toList();
    }
}
