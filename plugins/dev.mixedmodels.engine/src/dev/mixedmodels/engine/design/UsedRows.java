package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which rows a model uses.
 *
 * @param response column of the response
 * @param columns that must have a value, the response among them
 * @param missing what happens to rows that have none
 * @param weights column of the weights; null for none
 */
public record UsedRows(String response, Set<String> columns, MissingValues missing, String weights)
    implements Serializable {

    /**
     * @param formula the model
     * @param options how columns enter it
     * @return the rows that it uses
     */
    public static UsedRows of(final Formula formula, final DesignOptions options) {
        final Set<String> used = new LinkedHashSet<>(formula.columns());
        used.addAll(options.alsoUsed());
        return new UsedRows(formula.response().column(), used, options.missing(), options.weights());
    }

    /**
     * @param block rows of a table
     * @return which of them are fitted, predicted and left out
     * @throws dev.mixedmodels.engine.common.ModelException if a value is missing and that is an error, or if a weight
     *             is wrong
     */
    public ModelFrame in(final Frame block) {
        return ModelFrame.part(block, response, columns, missing, weights);
    }
}
