package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.result.ModelTables;
import java.util.function.Supplier;

/**
 * A fitted Random Intercept ANOVA.
 *
 * @param tables the output tables but for the fitted values; BLUPs are computed while they are read
 * @param fittedValues gives a fresh computer of fitted values, to be fed with all rows in the order of the table
 */
public record RandomInterceptFit(ModelTables tables, Supplier<FittedValues> fittedValues) {
}
