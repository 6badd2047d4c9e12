package dev.mixedmodels.standin.table;

import java.util.Iterator;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;
import org.knime.core.data.UnmaterializedCell.UnmaterializedDataCellException;

/** A row read from stored columns. */
final class TableRow implements DataRow {

    private final RowIds ids;

    private final ColumnData[] columns;

    private final boolean[] readable;

    private final int index;

    /** @param readable the columns that may be read; null for all */
    TableRow(final RowIds ids, final ColumnData[] columns, final boolean[] readable, final int index) {
        this.ids = ids;
        this.columns = columns;
        this.readable = readable;
        this.index = index;
    }

    @Override
    public int getNumCells() {
        return columns.length;
    }

    @Override
    public RowKey getKey() {
        return new RowKey(ids.get(index));
    }

    @Override
    public DataCell getCell(final int column) {
        if (readable != null && !readable[column]) {
            throw new UnmaterializedDataCellException();
        }
        return columns[column].get(index);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return IntStream.range(0, columns.length).mapToObj(this::getCell).iterator();
    }

    @Override
    public String toString() {
        return "Row " + getKey();
    }
}
