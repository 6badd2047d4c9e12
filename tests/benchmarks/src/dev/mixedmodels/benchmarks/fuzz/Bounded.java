package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.progress.ProgressState;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/**
 * A progress monitor that cancels a run which asks too often whether it was cancelled. Nodes ask at every row and at
 * every evaluation of a criterion, so that this bounds their work without a clock.
 */
final class Bounded implements NodeProgressMonitor {
    private final ProgressState progress = new ProgressState();
    private final AtomicLong left;

    Bounded(final long checks) {
        left = new AtomicLong(checks);
    }

    /** Whether the run was cancelled for asking too often. */
    boolean isExhausted() {
        return left.get() < 0;
    }

    /** How often the run may still ask. */
    long left() {
        return left.get();
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (left.decrementAndGet() < 0) {
            throw new CanceledExecutionException("too much work");
        }
        progress.checkCanceled();
    }

    @Override
    public void setProgress(final double fraction) {
        progress.setProgress(fraction);
    }

    @Override
    public void setProgress(final double fraction, final String message) {
        progress.setProgress(fraction, message);
    }

    @Override
    public void setProgress(final double fraction, final Supplier<String> message) {
        progress.setProgress(fraction, message);
    }

    @Override
    public void setMessage(final String message) {
        progress.setMessage(message);
    }

    @Override
    public void setMessage(final Supplier<String> message) {
        progress.setMessage(message);
    }

    @Override
    public Double getProgress() {
        return progress.getProgress();
    }

    @Override
    public String getMessage() {
        return progress.getMessage();
    }

    @Override
    public void setExecuteCanceled() {
        progress.setExecuteCanceled();
    }
}
