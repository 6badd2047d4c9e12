package org.knime.core.data.container;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;

import dev.mixedmodels.standin.table.TableData;

/** Collects rows; after {@link #close()} they are a table. */
public class DataContainer {

    private final TableData data;

    private boolean closed;

    public DataContainer(final DataTableSpec spec) {
        this(spec, DataContainerSettings.getDefault());
    }

    public DataContainer(final DataTableSpec spec, final DataContainerSettings settings) {
        data = new TableData(spec, settings.isCheckDuplicateRowKeys());
    }

    /**
     * Adds a row.
     *
     * @throws IllegalStateException after close
     * @throws IllegalArgumentException when the row has another width, or a cell another type, than the spec says
     * @throws org.knime.core.util.DuplicateKeyException when a row with this id is already there, unless the settings say
     *         not to look
     */
    public void addRowToTable(final DataRow row) {
        if (closed) {
            throw new IllegalStateException("Row \"" + row.getKey() + "\" was added after the container was closed.");
        }
        data.add(row);
    }

    public void close() {
        closed = true;
        data.close();
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isOpen() {
        return !closed;
    }

    public long size() {
        return data.size();
    }

    public DataTableSpec getTableSpec() {
        return data.spec();
    }

    /** @throws IllegalStateException before close */
    public DataTable getTable() {
        if (!closed) {
            throw new IllegalStateException("The container must be closed before its table is asked for.");
        }
        return data;
    }
}
