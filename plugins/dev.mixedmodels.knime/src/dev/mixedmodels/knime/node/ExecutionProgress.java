package dev.mixedmodels.knime.node;

import dev.mixedmodels.engine.common.Progress;
import java.util.concurrent.CancellationException;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** The engine's view of the platform's progress bar and cancel button. */
public final class ExecutionProgress implements Progress {
    private final ExecutionMonitor monitor;
    private volatile String step = "";

    /**
     * @param monitor the platform's monitor
     */
    public ExecutionProgress(final ExecutionMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void check() {
        try {
            monitor.checkCanceled();
        } catch (final CanceledExecutionException e) {
            final CancellationException cancelled = new CancellationException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    @Override
    public void report(final double fraction, final String text) {
        check();
        step = text;
        monitor.setProgress(Math.min(1, Math.max(0, fraction)), () -> text);
    }

    /**
     * @return what was reported last; empty if nothing was
     */
    public String step() {
        return step;
    }
}
