package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.MissingCell;
import org.knime.core.data.NominalValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.UnmaterializedCell.UnmaterializedDataCellException;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.DataContainerSettings;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.util.DuplicateKeyException;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.TableBuilder;

/** What the platform promises of tables, cells and containers. */
class TablesTest {

    private static final DataTableSpec SPEC =
        new DataTableSpec(new String[]{"g", "y"}, new DataType[]{StringCell.TYPE, DoubleCell.TYPE});

    private final BufferedDataContainer container =
        new ExecutionContext(new ProgressState(), null).createDataContainer(SPEC);

    private void add(final String id, final DataCell... cells) {
        container.addRowToTable(new DefaultRow(new RowKey(id), cells));
    }

    @Test
    void aContainerRefusesASecondRowOfTheSameId() {
        final DataCell[] cells = {new StringCell("a"), new DoubleCell(1)};
        add("Row0", cells);
        add("Row1", cells);
        add("x", cells);
        assertThrows(DuplicateKeyException.class, () -> add("Row1", cells));
        assertThrows(DuplicateKeyException.class, () -> add("x", cells));
        add("Row2", cells);
        assertThrows(DuplicateKeyException.class, () -> add("Row2", cells));
        assertEquals(4, container.size());
    }

    @Test
    void aContainerThatIsToldSoTakesIdsAsTheyCome() {
        final DataCell[] cells = {new StringCell("a"), new DoubleCell(1)};
        final BufferedDataContainer trusting = new ExecutionContext(new ProgressState(), null).createDataContainer(SPEC,
            DataContainerSettings.builder().withCheckDuplicateRowKeys(false).build());
        for (final String id : new String[] {"Row0", "Row1", "x", "Row1", "x"}) {
            trusting.addRowToTable(new DefaultRow(new RowKey(id), cells));
        }
        trusting.close();
        assertEquals(5, trusting.size());
        assertEquals(1, ((DoubleCell)trusting.getTable().getDataTableSpec().getColumnSpec(1).getDomain().getUpperBound())
            .getDoubleValue());
        assertTrue(DataContainerSettings.getDefault().isCheckDuplicateRowKeys());
    }

    @Test
    void aContainerRefusesRowsOfAnotherWidthOrType() {
        assertThrows(IllegalArgumentException.class, () -> add("a", new StringCell("a")));
        assertThrows(IllegalArgumentException.class, () -> add("a", new StringCell("a"), new IntCell(1)));
        add("a", new MissingCell("no reason"), DataType.getMissingCell());
        assertEquals(1, container.size());
    }

    @Test
    void aContainerTakesNoRowAfterCloseAndGivesNoTableBefore() {
        assertThrows(IllegalStateException.class, container::getTable);
        container.close();
        assertThrows(IllegalStateException.class, () -> add("a", new StringCell("a"), new DoubleCell(1)));
        assertEquals(0, container.getTable().size());
    }

    @Test
    void cellsComeBackAsTheyWereAdded() {
        add("Row0", new StringCell("a,\"\n"), new DoubleCell(Double.NaN));
        add("odd", DataType.getMissingCell(), new DoubleCell(-0.0));
        container.close();
        final BufferedDataTable table = container.getTable();
        try (CloseableRowIterator rows = table.iterator()) {
            final DataRow first = rows.next();
            assertEquals("Row0", first.getKey().getString());
            assertEquals(new StringCell("a,\"\n"), first.getCell(0));
            assertFalse(first.getCell(1).isMissing());
            assertTrue(Double.isNaN(((DoubleValue)first.getCell(1)).getDoubleValue()));
            final DataRow second = rows.next();
            assertEquals("odd", second.getKey().getString());
            assertTrue(second.getCell(0).isMissing());
            assertEquals(-0.0, ((DoubleValue)second.getCell(1)).getDoubleValue());
            assertFalse(rows.hasNext());
        }
    }

    @Test
    void aMissingCellCannotBeReadAsANumber() {
        final DataCell missing = DataType.getMissingCell();
        assertThrows(ClassCastException.class, () -> ((DoubleValue)missing).getDoubleValue());
    }

    @Test
    void aFilteredRowCanBeReadInItsColumnsOnlyAtTheirPositionsInTheTable() {
        add("a", new StringCell("x"), new DoubleCell(4));
        container.close();
        try (CloseableRowIterator rows =
            container.getTable().filter(TableFilter.materializeCols(SPEC, "y")).iterator()) {
            final DataRow row = rows.next();
            assertEquals(new DoubleCell(4), row.getCell(1));
            assertThrows(UnmaterializedDataCellException.class, () -> row.getCell(0));
        }
        assertThrows(IndexOutOfBoundsException.class,
            () -> container.getTable().filter(TableFilter.materializeCols(2)));
        assertThrows(IllegalArgumentException.class, () -> TableFilter.materializeCols(1, 1));
    }

    @Test
    void numbersAreDoublesAndOnlyTextsAndBooleansAreNominal() {
        for (DataType type : new DataType[]{IntCell.TYPE, LongCell.TYPE, DoubleCell.TYPE}) {
            assertTrue(type.isCompatible(DoubleValue.class), type.getName());
            assertFalse(type.isCompatible(NominalValue.class), type.getName());
        }
        assertTrue(BooleanCell.TYPE.isCompatible(DoubleValue.class));
        assertTrue(BooleanCell.TYPE.isCompatible(IntValue.class));
        assertTrue(BooleanCell.TYPE.isCompatible(NominalValue.class));
        assertTrue(StringCell.TYPE.isCompatible(NominalValue.class));
        assertFalse(StringCell.TYPE.isCompatible(DoubleValue.class));
        assertSame(StringCell.TYPE, new StringCell("").getType());
    }

    @Test
    void aDomainKeepsSixtyValuesAndNoMore() {
        assertEquals(60, domainOf(60).getColumnSpec("g").getDomain().getValues().size());
        assertNull(domainOf(61).getColumnSpec("g").getDomain().getValues());
    }

    private static DataTableSpec domainOf(final int values) {
        return new TableBuilder()
            .strings("g", IntStream.range(0, values).mapToObj(i -> "level " + i).toArray(String[]::new)).build()
            .getDataTableSpec();
    }

    @Test
    void numbersHaveBounds() {
        final DataTableSpec spec = new TableBuilder().boxedDoubles("y", 3.0, null, -1.0, 2.0).build().getSpec();
        assertEquals(new DoubleCell(-1), spec.getColumnSpec(0).getDomain().getLowerBound());
        assertEquals(new DoubleCell(3), spec.getColumnSpec(0).getDomain().getUpperBound());
    }

    @Test
    void columnsHaveNamesThatDiffer() {
        assertEquals(-1, SPEC.findColumnIndex("nothing"));
        assertNull(SPEC.getColumnSpec("nothing"));
        assertThrows(IllegalArgumentException.class, () -> new DataTableSpec(SPEC.getColumnSpec(0),
            SPEC.getColumnSpec(0)));
        assertThrows(IllegalArgumentException.class, () -> new DataColumnSpecCreator("", DoubleCell.TYPE));
        assertThrows(NullPointerException.class, () -> new DataColumnSpecCreator((String)null, DoubleCell.TYPE));
    }
}
