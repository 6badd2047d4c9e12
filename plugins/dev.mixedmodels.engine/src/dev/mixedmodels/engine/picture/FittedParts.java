package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import java.util.function.BiConsumer;

/** Goes over a table once more, with what the model says about its rows. */
@FunctionalInterface
public interface FittedParts {
    /**
     * @param part takes rows of the table, part after part, and what the model says about them
     */
    void forEach(BiConsumer<Frame, FittedPart> part);
}
