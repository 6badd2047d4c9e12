package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.function.IntFunction;

/**
 * A fitted multilevel model.
 *
 * @param tables the output tables but for the fitted values
 * @param fittedValues gives for each row of the frame what the model says about it
 */
public record MultilevelFit(ModelTables tables, IntFunction<FittedRow> fittedValues) {
}
