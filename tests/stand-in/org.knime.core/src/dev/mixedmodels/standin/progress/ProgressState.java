package dev.mixedmodels.standin.progress;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/** The progress of one execution: the last report, whether it was cancelled, and one listener. Safe between threads. */
public final class ProgressState implements NodeProgressMonitor {

    private final BiConsumer<Double, String> listener;

    private volatile Double progress;

    private volatile String message;

    private volatile boolean canceled;

    public ProgressState() {
        this((progress, message) -> { });
    }

    /** @param listener hears every report: progress (null before the first) and message (null before the first) */
    public ProgressState(final BiConsumer<Double, String> listener) {
        this.listener = listener;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (canceled) {
            throw new CanceledExecutionException();
        }
    }

    @Override
    public void setProgress(final double progress) {
        setProgress(progress, message);
    }

    @Override
    public void setProgress(final double progress, final String message) {
        this.progress = checkRange(progress);
        setMessage(message);
    }

    @Override
    public void setProgress(final double progress, final Supplier<String> message) {
        setProgress(progress, message.get());
    }

    @Override
    public void setMessage(final String message) {
        this.message = message;
        listener.accept(progress, message);
    }

    @Override
    public void setMessage(final Supplier<String> message) {
        setMessage(message.get());
    }

    @Override
    public Double getProgress() {
        return progress;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public void setExecuteCanceled() {
        canceled = true;
    }

    static double checkRange(final double progress) {
        if (!(progress >= 0 && progress <= 1)) {
            throw new IllegalArgumentException("Progress must be between 0 and 1 but is " + progress + ".");
        }
        return progress;
    }
}
