package org.knime.core.node;

import java.util.function.Supplier;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.progress.SubProgress;

/** What a running node reports its progress to and asks whether to stop. */
public class ExecutionMonitor {

    private final NodeProgressMonitor progress;

    public ExecutionMonitor() {
        this(new ProgressState());
    }

    public ExecutionMonitor(final NodeProgressMonitor progress) {
        this.progress = progress;
    }

    public final NodeProgressMonitor getProgressMonitor() {
        return progress;
    }

    public void checkCanceled() throws CanceledExecutionException {
        progress.checkCanceled();
    }

    /** @throws IllegalArgumentException outside [0, 1] */
    public void setProgress(final double progress) {
        this.progress.setProgress(progress);
    }

    public void setProgress(final double progress, final String message) {
        this.progress.setProgress(progress, message);
    }

    public void setProgress(final double progress, final Supplier<String> messageSupplier) {
        this.progress.setProgress(progress, messageSupplier);
    }

    public void setProgress(final String message) {
        progress.setMessage(message);
    }

    public void setMessage(final String message) {
        progress.setMessage(message);
    }

    public void setMessage(final Supplier<String> messageSupplier) {
        progress.setMessage(messageSupplier);
    }

    /** A monitor whose way from 0 to 1 is the given share of this one's. */
    public ExecutionMonitor createSubProgress(final double maxProg) {
        return new ExecutionMonitor(new SubProgress(progress, maxProg, true));
    }

    /** The same, without passing messages on. */
    public ExecutionMonitor createSilentSubProgress(final double maxProg) {
        return new ExecutionMonitor(new SubProgress(progress, maxProg, false));
    }
}
