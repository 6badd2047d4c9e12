package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.List;

/** A fit with what it says of its units. */
record UnitFit(EmpiricalBayesResult result, ShrunkenUnits units, int rows) {
    EmpiricalBayesResult.Tables tables() {
        return result.tables();
    }

    List<CovarianceEntryRow> covarianceMatrices() {
        return tables().covarianceMatrices();
    }

    ShrinkageRow shrinkage(final int row) {
        return units.shrinkage(row);
    }

    FittedRow fitted(final int row) {
        return units.fitted(row);
    }
}
