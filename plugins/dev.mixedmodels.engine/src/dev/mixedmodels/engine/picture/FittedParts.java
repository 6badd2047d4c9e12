package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** Goes over a table once more, with what the model says about its rows. */
@FunctionalInterface
public interface FittedParts {
    /**
     * @param part takes rows of the table, part after part, and fitted values by their place in it
     */
    void forEach(BiConsumer<Frame, IntFunction<FittedRow>> part);
}
