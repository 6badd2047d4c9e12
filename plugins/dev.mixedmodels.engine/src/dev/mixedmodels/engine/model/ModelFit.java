package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.result.ModelTables;
import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a model fitted to a table gives.
 *
 * @param tables the output tables but for the fitted values; long ones are computed while they are read
 * @param parts begins to tell what the model says about the rows of the table, part after part from the first row on
 * @param design tells what rows were used
 * @param model gives the model without its data, but for the rows that were used
 */
public record ModelFit(ModelTables tables, Parts parts, ModelDesign design, Supplier<StoredModel> model) {
    /**
     * Begins to go over the table, or over all rows of some of its units; those of some models on other machines too.
     */
    @FunctionalInterface
    public interface Parts extends Serializable {
        /**
         * @param normalised whether normalised residuals are wanted, which take the rows one after the other
         * @return what the model says about the rows of the table, part after part
         */
        Function<Frame, FittedPart> begin(boolean normalised);
    }
}
