package dev.mixedmodels.engine.result;

import java.util.List;

/**
 * The output tables that all mixed-model nodes have in common, but for the fitted values, which go by input row.
 * Tables that may be long are iterables that compute their rows on the way.
 *
 * @param fixedEffects table 1
 * @param covarianceParameters table 2
 * @param blups table 3
 * @param covarianceMatrices table 4
 * @param modelFit table 5
 * @param means table 7; empty for models without least-squares means
 * @param course least-squares means over time for the view; empty for models without such
 * @param influence table 8, in the response's own unit; empty where it is not asked for
 */
public record ModelTables(List<FixedEffectRow> fixedEffects, List<CovarianceParameterRow> covarianceParameters,
    Iterable<BlupRow> blups, Iterable<CovarianceEntryRow> covarianceMatrices, List<FitStatisticRow> modelFit,
    Iterable<MeansRow> means, List<MeansRow> course, List<InfluenceRow> influence) {
    /**
     * @param other table 8
     * @return these tables with it
     */
    public ModelTables withInfluence(final List<InfluenceRow> other) {
        return new ModelTables(fixedEffects, covarianceParameters, blups, covarianceMatrices, modelFit, means, course,
            other);
    }
}
