package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gives again and again, on any machine, what tells the fitted values of the rows of some units, which come with all
 * their rows, part after part.
 */
@FunctionalInterface
public interface FittedStart extends Supplier<Function<Frame, FittedPart>>, Serializable {
}
