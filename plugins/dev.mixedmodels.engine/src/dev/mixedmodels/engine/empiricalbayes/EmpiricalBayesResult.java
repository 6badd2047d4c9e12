package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.List;

/** What a fit offers: tables and, computed on the way, one shrinkage estimate and one fitted value an input row. */
public final class EmpiricalBayesResult {
    private static final double RIGHT_ANGLE = Math.PI / 2;

    private final EmpiricalBayesSettings settings;
    private final Coordinates coordinates;
    private final ObservedUnits observed;
    private final Units units;
    private final CompoundModel model;
    private final PriorEstimate prior;
    private final Uncertainty uncertainty;
    private final PosteriorVariance method;
    private final double[][] meanCovariance;
    private final Posteriors posteriors;
    private final double[][] coefficients;
    private final Tables tables;
    private final double tail;
    private final double z;
    private Ranks ranks;
    private MarginalEstimates marginal;

    /**
     * The tables that are computed with the fit.
     *
     * @param fixedEffects table 1
     * @param covarianceParameters table 2
     * @param modelFit table 5
     */
    public record Tables(List<FixedEffectRow> fixedEffects, List<CovarianceParameterRow> covarianceParameters,
        List<FitStatisticRow> modelFit) {
    }

    EmpiricalBayesResult(final EmpiricalBayesSettings settings, final Coordinates coordinates,
        final ObservedUnits observed, final PriorEstimate prior, final Uncertainty uncertainty,
        final PosteriorVariance method, final Tables tables, final double[][] coefficients) {
        this.settings = settings;
        this.coordinates = coordinates;
        this.observed = observed;
        units = observed.units();
        model = observed.model();
        this.prior = prior;
        this.uncertainty = uncertainty;
        this.method = method;
        meanCovariance = prior.meanCovariance(model);
        posteriors = new Posteriors(observed, prior.eta(), meanCovariance, uncertainty, method);
        this.tables = tables;
        this.coefficients = coefficients;
        tail = (1 - settings.confidence()) / 2;
        z = Tail.normalQuantile(tail);
    }

    void rank(final Progress progress) {
        ranks = new Ranks(model.units(), uncertainty::posterior, settings.confidence(), settings.seed(), progress);
    }

    /** Adds posterior means without any prior. */
    void add(final MarginalEstimates estimates) {
        marginal = estimates;
    }

    /**
     * @return tables 1, 2 and 5
     */
    public Tables tables() {
        return tables;
    }

    /**
     * @return table 4, computed anew
     */
    public List<CovarianceEntryRow> covarianceMatrices() {
        return MatrixTable.of(observed, prior, uncertainty, coefficients, coordinates);
    }

    /**
     * @return number of input rows
     */
    public int rows() {
        return units.size();
    }

    /**
     * @param row an input row
     * @return its shrinkage estimate; of a unit without an observation the prior's; all missing if it was left out
     */
    public ShrinkageRow shrinkage(final int row) {
        final int unit = posteriors.unit(row);
        if (!units.isUsable(row)) {
            return ShrinkageRow.missing(units.labels().apply(row));
        }
        final boolean used = unit >= 0;
        final Posterior posterior = posteriors.of(row);
        final Bounds interval = posterior.interval(tail, z);
        final Bounds raw = used ? RawInterval.of(observed.conjugate(), unit, tail, z) : Bounds.NONE;
        final double[] free = used && marginal != null ? marginal.of(unit) : new double[] {Double.NaN, Double.NaN};
        return new ShrinkageRow(units.labels().apply(row), used ? shown(model.raw(unit)) : Double.NaN,
            used ? shownDeviation(model.rawStdError(unit), model.raw(unit)) : Double.NaN,
            shown(posteriors.prior(row).mean()),
            used ? uncertainty.shrinkage(unit) : 1, shown(posterior.mean()),
            shownDeviation(Math.sqrt(posterior.variance()), posterior.mean()), shown(interval.lower()),
            shown(interval.upper()), rank(unit, 0), rank(unit, 1), rank(unit, 2),
            Double.isNaN(settings.threshold()) ? Double.NaN : posterior.upperTail(hidden(settings.threshold())),
            shown(raw.lower()), shown(raw.upper()), shown(free[0]), shownDeviation(free[1], free[0]));
    }

    private double rank(final int unit, final int which) {
        if (ranks == null || unit < 0) {
            return Double.NaN;
        }
        return which == 0 ? ranks.expected(unit) : which == 1 ? ranks.lower(unit) : ranks.upper(unit);
    }

    /**
     * @param columns which columns told what of the units
     * @return the prior and what posteriors of further units need
     */
    public StoredPrior stored(final UnitColumns columns) {
        return new StoredPrior(settings, columns, coordinates, prior.eta().clone(), prior.covariance(), meanCovariance, method,
            uncertainty.constants(), uncertainty.samples());
    }

    /**
     * @return what makes the design of further units; null without covariates
     */
    public StoredDesign design() {
        return units.mean().stored();
    }

    /**
     * @param row an input row
     * @return whether the prior was estimated from it
     */
    public boolean isUsed(final int row) {
        return posteriors.unit(row) >= 0;
    }

    /** theta on the scale of display. */
    private double shown(final double measured) {
        final double theta = coordinates.restore(measured, 1);
        return switch (settings.display()) {
            case AS_IS -> theta;
            case RATE_PER -> theta * settings.ratePer();
            case ARCSINE -> square(Math.sin(Math.min(RIGHT_ANGLE, Math.max(0, theta))));
        };
    }

    /** A standard deviation on the scale of display, by the derivative of {@link #shown} at theta. */
    private double shownDeviation(final double deviation, final double theta) {
        final double own = coordinates.restore(deviation, 1);
        return switch (settings.display()) {
            case AS_IS -> own;
            case RATE_PER -> own * settings.ratePer();
            case ARCSINE -> own * Math.abs(Math.sin(2 * coordinates.restore(theta, 1)));
        };
    }

    /** theta of a shown value. */
    private double hidden(final double shown) {
        return coordinates.theta().measure(switch (settings.display()) {
            case AS_IS -> shown;
            case RATE_PER -> shown / settings.ratePer();
            case ARCSINE -> Math.asin(Math.sqrt(Math.min(1, Math.max(0, shown))));
        }, 1);
    }

    private static double square(final double x) {
        return x * x;
    }

    /**
     * @param row an input row
     * @return marginal mean, posterior mean and residuals on the scale of the estimates
     */
    public FittedRow fitted(final int row) {
        if (!units.isUsable(row)) {
            return FittedRow.MISSING;
        }
        final int unit = posteriors.unit(row);
        final double marginal = posteriors.prior(row).mean();
        final double conditional = unit < 0 ? marginal : uncertainty.mean(unit);
        final double residual = unit < 0 ? Double.NaN : model.raw(unit) - conditional;
        return new FittedRow(coordinates.restore(marginal, 1), coordinates.restore(conditional, 1),
            coordinates.restore(residual, 1), unit < 0 ? Double.NaN
                : residual / Math.sqrt(model.samplingVariance(conditional, unit)), unit < 0 ? Double.NaN
                : (model.raw(unit) - marginal) / Math.sqrt(model.marginalVariance(prior.eta(), unit)));
    }
}
