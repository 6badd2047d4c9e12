package dev.mixedmodels.knime.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.standin.cell.LocalDateTimeCell;
import dev.mixedmodels.standin.run.TableBuilder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.node.BufferedDataTable;

/** Tables as models read them. */
final class TableSourceTest {
    private static Column column(final TimeUnitMode unit, final BufferedDataTable table) throws Exception {
        return source(table, unit).frame(Progress.NONE).column("t");
    }

    private static double[] values(final Column column) {
        return IntStream.range(0, column.rows()).mapToDouble(column::value).toArray();
    }

    private static TableSource source(final BufferedDataTable table, final TimeUnitMode unit) throws Exception {
        return new TableSource(table, List.of(table.getDataTableSpec().getColumnNames()), Set.of(), unit, Progress.NONE);
    }

    private static BufferedDataTable times(final LocalDateTime... times) {
        return new TableBuilder().cells("t", LocalDateTimeCell.TYPE, Stream.of(times)
            .map(t -> t == null ? DataType.getMissingCell() : new LocalDateTimeCell(t)).toArray(DataCell[]::new)).build();
    }

    @Test
    void theFirstDateIsTheOriginWhereverItStands() throws Exception {
        final LocalDateTime a = LocalDateTime.of(2017, 3, 14, 9, 0, 2);
        final LocalDateTime b = LocalDateTime.of(2017, 3, 14, 9, 0, 0);
        final LocalDateTime c = LocalDateTime.of(2017, 3, 14, 9, 0, 1);
        assertArrayEquals(new double[] {2, 0, Double.NaN, 1},
            values(column(TimeUnitMode.SECONDS, times(a, b, null, c))));
        assertArrayEquals(new double[] {1 / 3600.0, 2 / 3600.0, 0}, values(column(TimeUnitMode.HOURS, times(c, a, b))));
        assertEquals("hours from 2017-03-14T09:00", column(TimeUnitMode.HOURS, times(c, a, b)).origin());
    }

    @Test
    void datesWithoutATimeOfDayAreDays() throws Exception {
        final Column days = column(TimeUnitMode.DAYS, new TableBuilder()
            .dates("t", LocalDate.of(2020, 3, 1), LocalDate.of(1899, 12, 31), LocalDate.of(2020, 2, 1)).build());
        assertArrayEquals(new double[] {43890, 0, 43861}, values(days));
        assertEquals("days from 1899-12-31", days.origin());
    }

    @Test
    void aColumnWithoutDatesStaysEmpty() throws Exception {
        final Column empty = column(TimeUnitMode.DAYS, times((LocalDateTime) null));
        assertArrayEquals(new double[] {Double.NaN}, values(empty));
        assertEquals("", empty.origin());
    }

    /** What a pass tells, in the order of the rows. */
    private static final class Seen implements Fold<Seen> {
        private static final long serialVersionUID = 1L;
        private final ArrayList<String> rows = new ArrayList<>();

        @Override
        public Seen fresh() {
            return new Seen();
        }

        @Override
        public void add(final Frame block) {
            for (int row = 0; row < block.rows(); row++) {
                rows.add(block.column("x").value(row) + block.column("g").name());
            }
        }

        @Override
        public void merge(final Seen later) {
            rows.addAll(later.rows);
        }
    }

    @Test
    void everyPassMeetsTheSameRowsWithTheirIds() throws Exception {
        final int rows = RowSource.BLOCK + 100;
        final BufferedDataTable table =
            new TableBuilder().doubles("x", IntStream.range(0, rows).mapToDouble(i -> i).toArray())
                .strings("g", IntStream.range(0, rows).mapToObj(i -> "g" + i % 3).toArray(String[]::new)).build();
        final TableSource source = source(table, TimeUnitMode.DAYS);
        assertParts(source, rows);
        final List<String> first = source.fold(new Seen(), Progress.NONE).rows;
        assertEquals(rows, first.size());
        assertEquals(first, source.fold(new Seen(), Progress.NONE).rows);
        assertParts(source, rows);
        assertArrayEquals(IntStream.range(0, rows).mapToDouble(i -> i).toArray(),
            values(source.frame(Progress.NONE).column("x")));
        assertEquals(first, source.fold(new Seen(), Progress.NONE).rows);
        assertParts(source, rows);
    }

    @Test
    void partsAreKeptAsLongAsTheyTakeLittle() {
        final Frame part = new Frame(3, List.of(NominalColumn.of("g", List.of("a", "b", "a")))); // 3 codes, 2 texts
        final KeptParts kept = new KeptParts(3 * 4 + 2 * 80 + 3 * 4);
        kept.add(part);
        kept.add(part); // the texts are the same
        assertTrue(kept.complete());
        assertEquals(List.of(part, part), kept.list());
        kept.add(part);
        assertFalse(kept.complete());
        assertEquals(List.of(), kept.list());
    }

    private static void assertParts(final TableSource source, final int rows) throws Exception {
        final int[] next = {0};
        source.forEach(Progress.NONE, (part, keys) -> {
            assertEquals(part.rows(), keys.size());
            for (int row = 0; row < part.rows(); row++, next[0]++) {
                assertEquals("Row" + next[0], keys.get(row).getString());
                assertEquals(next[0], part.column("x").value(row));
            }
        });
        assertEquals(rows, next[0]);
    }

    @Test
    void theHeaderTellsKindsOfColumns() throws Exception {
        final Frame header = source(new TableBuilder().doubles("x", 1).strings("g", "a").build(), TimeUnitMode.DAYS).header();
        assertEquals(List.of("x", "g"), header.names());
        assertEquals(List.of(true, false), Arrays.asList(header.column("x").numeric(), header.column("g").numeric()));
    }
}
