package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * What a model says about the rows of a part of its table, by their place in the part.
 *
 * @param rows fitted values and residuals
 * @param responses the response as the table has it; NaN if the row is not in the fit
 */
public record FittedPart(IntFunction<FittedRow> rows, IntToDoubleFunction responses) {
    /**
     * @param rows by row of a table in memory
     * @param responses by row of the table
     * @return parts of the table, one after the other from its first row on
     */
    public static Function<Frame, FittedPart> inTurn(final IntFunction<FittedRow> rows,
        final IntToDoubleFunction responses) {
        final int[] next = {0};
        return part -> {
            final int first = next[0];
            next[0] += part.rows();
            return new FittedPart(row -> rows.apply(first + row), row -> responses.applyAsDouble(first + row));
        };
    }
}
