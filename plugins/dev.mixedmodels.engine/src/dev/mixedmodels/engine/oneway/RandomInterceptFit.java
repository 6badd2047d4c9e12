package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ProfileCurve;
import java.util.List;
import java.util.function.Supplier;

/**
 * A fitted Random Intercept ANOVA.
 *
 * @param tables the output tables but for the fitted values; BLUPs are computed while they are read
 * @param predictions predicts parts of the groups on other machines
 * @param fittedValues gives a fresh computer of fitted values, to be fed with all rows in the order of the table
 * @param profiles computes the profiles of the two variances; none where the method has no likelihood
 * @param model gives the model without its data, but for the rows that were used
 */
public record RandomInterceptFit(ModelTables tables, GroupPredictions predictions, Supplier<FittedValues> fittedValues,
    Supplier<List<ProfileCurve>> profiles, Supplier<StoredModel> model) {
}
