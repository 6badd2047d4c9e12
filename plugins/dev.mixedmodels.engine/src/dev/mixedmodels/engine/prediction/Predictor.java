package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Frame;
import java.util.Set;
import java.util.function.IntFunction;

/** A model made ready to predict the rows of a table, a part after the other unless it needs all rows of a subject. */
public interface Predictor {
    /**
     * @return columns that the table must have
     */
    Set<String> columns();

    /**
     * @return further columns that are used where the table has them
     */
    default Set<String> optional() {
        return Set.of();
    }

    /**
     * @return whether the rows must come in one part
     */
    default boolean needsAllRows() {
        return false;
    }

    /**
     * @param part a part of the table, with {@link #columns}
     * @param census counts what could not be predicted as the rows would have it
     * @param progress asked whether the user cancelled
     * @return the prediction of each row of the part, in the response's own unit; each row is asked for once
     */
    IntFunction<Prediction> predict(Frame part, Census census, Progress progress);
}
