package org.knime.core.data.def;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row that holds its cells. */
public class DefaultRow implements DataRow {

    private final RowKey key;

    private final DataCell[] cells;

    /** @throws IllegalArgumentException for a cell that is null */
    public DefaultRow(final RowKey rowKey, final DataCell... row) {
        if (rowKey == null) {
            throw new NullPointerException("A row needs a key.");
        }
        key = rowKey;
        cells = row.clone();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null) {
                throw new IllegalArgumentException("Cell " + i + " of row \"" + rowKey + "\" is null.");
            }
        }
    }

    public DefaultRow(final String rowId, final DataCell... row) {
        this(new RowKey(rowId), row);
    }

    public DefaultRow(final RowKey rowKey, final List<DataCell> row) {
        this(rowKey, row.toArray(DataCell[]::new));
    }

    public DefaultRow(final String rowId, final List<DataCell> row) {
        this(new RowKey(rowId), row);
    }

    @Override
    public final int getNumCells() {
        return cells.length;
    }

    @Override
    public final RowKey getKey() {
        return key;
    }

    @Override
    public final DataCell getCell(final int index) {
        return cells[index];
    }

    @Override
    public Iterator<DataCell> iterator() {
        return Arrays.asList(cells).iterator();
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DefaultRow other && key.equals(other.key) && Arrays.equals(cells, other.cells);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return key + Arrays.toString(cells);
    }
}
