package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.function.IntFunction;

/**
 * A fitted marginal model.
 *
 * @param tables the output tables but for the fitted values; long ones are computed while they are read
 * @param fittedValues what the model says about a row of the frame
 */
public record MarginalFit(ModelTables tables, IntFunction<FittedRow> fittedValues) {
}
