package org.knime.core.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.data.container.DataContainerSettings;
import org.knime.core.data.container.RearrangeColumnsTable;

import dev.mixedmodels.standin.progress.SubProgress;
import dev.mixedmodels.standin.table.TableData;

/** What a running node makes its output tables with. */
public class ExecutionContext extends ExecutionMonitor {

    private final Node node;

    public ExecutionContext(final NodeProgressMonitor progMon, final Node node) {
        super(progMon);
        this.node = node;
    }

    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return createDataContainer(spec, DataContainerSettings.getDefault());
    }

    public BufferedDataContainer createDataContainer(final DataTableSpec spec, final DataContainerSettings settings) {
        return new BufferedDataContainer(spec, settings);
    }

    /**
     * The table with further columns.
     *
     * @throws IllegalArgumentException when the rearranger is for another table
     */
    public BufferedDataTable createColumnRearrangeTable(final BufferedDataTable in, final ColumnRearranger rearranger,
        final ExecutionMonitor subProgressMon) throws CanceledExecutionException {
        return new BufferedDataTable(
            new TableData(in.data(), RearrangeColumnsTable.create(rearranger, in, subProgressMon, this)));
    }

    /** A context whose way from 0 to 1 is the given share of this one's. */
    public ExecutionContext createSubExecutionContext(final double maxProg) {
        return new ExecutionContext(new SubProgress(getProgressMonitor(), maxProg, true), node);
    }

    /** The same, without passing messages on. */
    public ExecutionContext createSilentSubExecutionContext(final double maxProg) {
        return new ExecutionContext(new SubProgress(getProgressMonitor(), maxProg, false), node);
    }
}
