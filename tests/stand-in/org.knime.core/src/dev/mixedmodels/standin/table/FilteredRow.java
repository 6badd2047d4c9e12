package dev.mixedmodels.standin.table;

import java.util.Iterator;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;
import org.knime.core.data.UnmaterializedCell.UnmaterializedDataCellException;

/** A row of which some columns may be read. */
final class FilteredRow implements DataRow {

    private final DataRow row;

    private final boolean[] readable;

    FilteredRow(final DataRow row, final boolean[] readable) {
        this.row = row;
        this.readable = readable;
    }

    @Override
    public int getNumCells() {
        return row.getNumCells();
    }

    @Override
    public RowKey getKey() {
        return row.getKey();
    }

    @Override
    public DataCell getCell(final int column) {
        if (!readable[column]) {
            throw new UnmaterializedDataCellException();
        }
        return row.getCell(column);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return IntStream.range(0, getNumCells()).mapToObj(this::getCell).iterator();
    }

    @Override
    public String toString() {
        return row.toString();
    }
}
