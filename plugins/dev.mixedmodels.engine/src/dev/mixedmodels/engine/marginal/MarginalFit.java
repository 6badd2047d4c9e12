package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.model.ModelFit;

/**
 * A fitted marginal model.
 *
 * @param fit what it gives; of a table whose blocks have all rows of their subjects without the predictions of
 *            unobserved visits
 * @param blocks what it says of such blocks, these predictions among it
 */
public record MarginalFit(ModelFit fit, BlockPredictions blocks) {
}
