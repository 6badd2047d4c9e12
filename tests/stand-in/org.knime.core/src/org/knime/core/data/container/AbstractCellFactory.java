package org.knime.core.data.container;

import java.util.Arrays;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.RowKey;
import org.knime.core.node.ExecutionMonitor;

/** Makes the cells of given columns and reports how far it is. Rows come one after the other. */
public abstract class AbstractCellFactory implements CellFactory {

    private final DataColumnSpec[] columns;

    public AbstractCellFactory(final DataColumnSpec... colSpecs) {
        if (colSpecs == null || Arrays.asList(colSpecs).contains(null)) {
            throw new NullPointerException("A column is null.");
        }
        columns = colSpecs;
    }

    @Override
    public DataColumnSpec[] getColumnSpecs() {
        return columns;
    }

    /** Called when all rows are done or one has failed. */
    public void afterProcessing() {
    }

    @Override
    public void setProgress(final int curRowNr, final int rowCount, final RowKey lastKey,
        final ExecutionMonitor exec) {
        setProgress((long)curRowNr, (long)rowCount, lastKey, exec);
    }

    @Override
    public void setProgress(final long curRowNr, final long rowCount, final RowKey lastKey,
        final ExecutionMonitor exec) {
        exec.setProgress(curRowNr / (double)rowCount,
            () -> "Processed row " + curRowNr + "/" + rowCount + " (\"" + lastKey + "\")");
    }
}
