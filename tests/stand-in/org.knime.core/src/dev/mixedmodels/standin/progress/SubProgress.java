package dev.mixedmodels.standin.progress;

import java.util.function.Supplier;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/** A share of another monitor's progress: what is reported here is added there, scaled by the share. */
public final class SubProgress implements NodeProgressMonitor {

    private final NodeProgressMonitor parent;

    private final double share;

    private final boolean passMessages;

    private double progress;

    public SubProgress(final NodeProgressMonitor parent, final double share, final boolean passMessages) {
        this.parent = parent;
        this.share = ProgressState.checkRange(share);
        this.passMessages = passMessages;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        parent.checkCanceled();
    }

    @Override
    public synchronized void setProgress(final double progress) {
        final double step = share * (ProgressState.checkRange(progress) - this.progress);
        final double before = parent.getProgress() == null ? 0 : parent.getProgress();
        this.progress = progress;
        // shares that sum to 1 may exceed it by rounding
        parent.setProgress(Math.max(0, Math.min(1, before + step)));
    }

    @Override
    public void setProgress(final double progress, final String message) {
        setProgress(progress);
        setMessage(message);
    }

    @Override
    public void setProgress(final double progress, final Supplier<String> message) {
        setProgress(progress);
        setMessage(message);
    }

    @Override
    public void setMessage(final String message) {
        if (passMessages) {
            parent.setMessage(message);
        }
    }

    @Override
    public void setMessage(final Supplier<String> message) {
        if (passMessages) {
            parent.setMessage(message);
        }
    }

    @Override
    public synchronized Double getProgress() {
        return progress;
    }

    @Override
    public String getMessage() {
        return parent.getMessage();
    }

    @Override
    public void setExecuteCanceled() {
        parent.setExecuteCanceled();
    }
}
