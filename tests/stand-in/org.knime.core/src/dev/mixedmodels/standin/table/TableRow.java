package dev.mixedmodels.standin.table;

import java.util.Arrays;
import java.util.Iterator;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row as a table keeps it. */
final class TableRow implements DataRow {

    private final RowKey key;

    private final DataCell[] cells;

    TableRow(final RowKey key, final DataCell[] cells) {
        this.key = key;
        this.cells = cells;
    }

    /** A row with its cells of now. */
    static TableRow of(final DataRow row) {
        final DataCell[] cells = new DataCell[row.getNumCells()];
        Arrays.setAll(cells, row::getCell);
        return new TableRow(row.getKey(), cells);
    }

    /** The cells of two rows under the id of the first. */
    static TableRow of(final TableRow left, final TableRow right) {
        final DataCell[] cells = Arrays.copyOf(left.cells, left.cells.length + right.cells.length);
        System.arraycopy(right.cells, 0, cells, left.cells.length, right.cells.length);
        return new TableRow(left.key, cells);
    }

    @Override
    public int getNumCells() {
        return cells.length;
    }

    @Override
    public RowKey getKey() {
        return key;
    }

    @Override
    public DataCell getCell(final int column) {
        return cells[column];
    }

    @Override
    public Iterator<DataCell> iterator() {
        return Arrays.asList(cells).iterator();
    }

    @Override
    public String toString() {
        return "Row " + key;
    }
}
