package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.common.ModelException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkException;

/** What went wrong, in words. */
final class SparkFailures {
    private SparkFailures() {
    }

    /** A {@link ModelException} or a {@link CancellationException}. */
    static RuntimeException inWords(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelException || cause instanceof CancellationException) {
                return (RuntimeException) cause;
            }
            if (cause instanceof InterruptedException || cause instanceof SparkException && cause.getMessage() != null
                && cause.getMessage().toLowerCase(Locale.ROOT).contains("cancelled")) {
                final CancellationException cancelled = new CancellationException("The job was cancelled.");
                cancelled.initCause(failure);
                return cancelled;
            }
        }
        if (failure instanceof OutOfMemoryError) {
            return new ModelException("The driver has not enough memory for what it keeps of each unit. Give it more "
                + "(spark.driver.memory), or choose a coarser unit.", failure);
        }
        if (failure instanceof SparkException) {
            return new ModelException("Spark could not finish: " + failure.getMessage().lines().findFirst().orElse(""),
                failure);
        }
        return Failures.inWords(failure, "");
    }
}
