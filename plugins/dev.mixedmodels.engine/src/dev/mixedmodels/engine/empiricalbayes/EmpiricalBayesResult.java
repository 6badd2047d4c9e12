package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.List;

/**
 * What a fit offers; nothing in it grows with the units.
 *
 * @param tables tables without the units
 * @param rule tells the shrinkage estimate and the fitted value of each unit
 * @param prior the prior and what posteriors of further units need
 * @param design what makes the design of further units; null without covariates
 */
public record EmpiricalBayesResult(Tables tables, ShrinkageRule rule, StoredPrior prior, StoredDesign design) {
    /**
     * The tables that are computed with the fit.
     *
     * @param fixedEffects table 1
     * @param covarianceParameters table 2
     * @param covarianceMatrices table 4
     * @param modelFit table 5
     */
    public record Tables(List<FixedEffectRow> fixedEffects, List<CovarianceParameterRow> covarianceParameters,
        List<CovarianceEntryRow> covarianceMatrices, List<FitStatisticRow> modelFit) {
    }
}
