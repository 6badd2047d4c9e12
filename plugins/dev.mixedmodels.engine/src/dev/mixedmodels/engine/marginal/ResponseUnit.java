package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;

/**
 * Turns figures in the design's unit of the response into those in the unit of the table. The unit is a power of two, so
 * that no digit is lost.
 *
 * @param unit the design's unit, positive
 */
record ResponseUnit(double unit) {

    ResponseUnit(final ModelDesign design) {
        this(design.responseUnit());
    }

    double of(final double value) {
        return unit * value;
    }

    double variance(final double value) {
        return unit * unit * value;
    }

    FixedEffectRow of(final FixedEffectRow r) {
        return new FixedEffectRow(r.term(), of(r.estimate()), of(r.stdError()), r.df(), r.t(), r.pValue(), of(r.lower()),
            of(r.upper()), of(r.naiveEstimate()), of(r.naiveStdError()), r.naivePValue(), r.designEffect());
    }

    BlupRow of(final BlupRow r) {
        return new BlupRow(r.group(), r.level(), r.effect(), of(r.blup()), of(r.stdError()), of(r.conditionalStdDev()),
            of(r.lower()), of(r.upper()), of(r.coefficient()), of(r.coefficientStdError()), r.n(), r.reliability());
    }

    MeansRow of(final MeansRow r) {
        return new MeansRow(r.type(), r.term(), r.level(), r.against(), r.at(), of(r.estimate()), of(r.stdError()),
            r.df(), r.t(), r.pValue(), of(r.lower()), of(r.upper()), r.adjustedPValue());
    }

    FittedRow of(final FittedRow r) {
        return new FittedRow(of(r.marginal()), of(r.conditional()), of(r.residual()), r.pearson(), r.normalized());
    }

    /** A covariance of quantities that go with the response. */
    CovarianceEntryRow of(final CovarianceEntryRow r) {
        return scaled(r, unit, unit);
    }

    /** A covariance whose two quantities have units; missing where that is beyond the range of numbers. */
    static CovarianceEntryRow scaled(final CovarianceEntryRow r, final double rowUnit, final double columnUnit) {
        final double value = r.covariance() * rowUnit * columnUnit;
        final boolean lost = Double.isInfinite(value) || r.covariance() != 0 && Math.abs(value) < Double.MIN_NORMAL;
        return new CovarianceEntryRow(r.matrix(), r.block(), r.row(), r.column(), lost ? Double.NaN : value,
            r.correlation());
    }
}
