package org.knime.core.node;

import org.knime.core.data.DataTableSpec;

import dev.mixedmodels.standin.progress.SubProgress;

/** What a running node makes its output tables with. */
public class ExecutionContext extends ExecutionMonitor {

    private final Node node;

    public ExecutionContext(final NodeProgressMonitor progMon, final Node node) {
        super(progMon);
        this.node = node;
    }

    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return new BufferedDataContainer(spec);
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
