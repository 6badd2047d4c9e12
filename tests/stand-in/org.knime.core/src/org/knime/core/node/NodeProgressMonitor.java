package org.knime.core.node;

import java.util.function.Supplier;

/** Where a running node reports how far it is and learns that it shall stop. */
public interface NodeProgressMonitor {

    void checkCanceled() throws CanceledExecutionException;

    /** @param progress from 0 to 1 */
    void setProgress(double progress);

    void setProgress(double progress, String message);

    void setProgress(double progress, Supplier<String> message);

    void setMessage(String message);

    void setMessage(Supplier<String> message);

    /** From 0 to 1; null before the first report. */
    Double getProgress();

    String getMessage();

    void setExecuteCanceled();
}
