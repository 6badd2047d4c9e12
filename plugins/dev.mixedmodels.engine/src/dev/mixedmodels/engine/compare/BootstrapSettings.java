package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.function.Function;

/**
 * What the bootstrap needs.
 *
 * @param table gives the data of a model, as it reads them: the columns that {@link ModelComparison#columns} names
 * @param replicates number of responses that are drawn for a test, at least 1
 * @param seed of the random numbers
 */
public record BootstrapSettings(Function<StoredModel, Frame> table, int replicates, long seed) {
}
