package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.result.FittedRow;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * What a model says about the rows of a part of its table, by their place in the part.
 *
 * @param rows fitted values and residuals
 * @param responses the response as the table has it; NaN if the row is not in the fit
 * @param units number of the unit of a row, of the last grouping factor where there are several; -1 if the fit does not
 *            know it
 */
public record FittedPart(IntFunction<FittedRow> rows, IntToDoubleFunction responses, IntUnaryOperator units) {
}
