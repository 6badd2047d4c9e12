package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a model fitted to a table gives.
 *
 * @param tables the output tables but for the fitted values; long ones are computed while they are read
 * @param fittedValues what the model says about a row of the frame
 * @param design tells what rows were used
 * @param model gives the model without its data, but for the rows that were used
 */
public record ModelFit(ModelTables tables, IntFunction<FittedRow> fittedValues, ModelDesign design,
    Supplier<StoredModel> model) {
}
