package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A fitted multilevel model.
 *
 * @param tables the output tables but for the fitted values
 * @param fittedValues gives for each row of the frame what the model says about it
 * @param design tells what rows were used
 * @param model gives the model without its data, but for the rows that were used
 */
public record MultilevelFit(ModelTables tables, IntFunction<FittedRow> fittedValues, ModelDesign design,
    Supplier<StoredModel> model) {
}
