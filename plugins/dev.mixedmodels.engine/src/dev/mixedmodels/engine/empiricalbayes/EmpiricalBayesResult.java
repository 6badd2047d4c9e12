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
import java.util.Arrays;
import java.util.List;

/** What a fit offers: tables and, computed on the way, one shrinkage estimate and one fitted value an input row. */
public final class EmpiricalBayesResult {
    private static final double RIGHT_ANGLE = Math.PI / 2;

    private final EmpiricalBayesSettings settings;
    private final Units units;
    private final Coordinates coordinates;
    private final CompoundModel model;
    private final PriorEstimate prior;
    private final Uncertainty uncertainty;
    private final boolean naive;
    private final PosteriorVariance method;
    private final int[] rows;
    private final int[] unitOfRow;
    private final double[][] coefficients;
    private final Tables tables;
    private final double tail;
    private final double z;
    private final CompoundModel conjugate;
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

    EmpiricalBayesResult(final EmpiricalBayesSettings settings, final Units units, final Coordinates coordinates,
        final int[] rows, final CompoundModel model, final CompoundModel conjugate, final PriorEstimate prior,
        final Uncertainty uncertainty, final PosteriorVariance method, final Tables tables,
        final double[][] coefficients) {
        this.settings = settings;
        this.units = units;
        this.coordinates = coordinates;
        this.model = model;
        this.conjugate = conjugate;
        this.prior = prior;
        this.uncertainty = uncertainty;
        this.method = method;
        naive = method == PosteriorVariance.NAIVE;
        this.tables = tables;
        this.rows = rows;
        this.coefficients = coefficients;
        tail = (1 - settings.confidence()) / 2;
        z = Tail.normalQuantile(tail);
        unitOfRow = new int[units.size()];
        Arrays.fill(unitOfRow, -1);
        for (int i = 0; i < rows.length; i++) {
            unitOfRow[rows[i]] = i;
        }
    }

    void rank(final Progress progress) {
        ranks = new Ranks(model.units(), this::posterior, settings.confidence(), settings.seed(), progress);
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
        return MatrixTable.of(units, rows, model, prior, uncertainty, coefficients, coordinates);
    }

    /**
     * @return number of input rows
     */
    public int rows() {
        return units.size();
    }

    /** Posterior of an observed unit with the moments that account for the estimated prior. */
    private Posterior posterior(final int unit) {
        final Posterior exact = model.posterior(prior.eta(), unit);
        return naive ? exact : exact.withMoments(uncertainty.mean(unit), uncertainty.variance(unit));
    }

    /**
     * @param row an input row
     * @return its shrinkage estimate; of a unit without an observation the prior's; all missing if it was left out
     */
    public ShrinkageRow shrinkage(final int row) {
        final int unit = unitOfRow[row];
        if (!units.isUsable(row)) {
            return ShrinkageRow.missing(units.labels().apply(row));
        }
        final boolean observed = unit >= 0;
        final Posterior posterior = observed ? posterior(unit) : predicted(row);
        final Bounds interval = posterior.interval(tail, z);
        final Bounds raw = observed ? RawInterval.of(conjugate, unit, tail, z) : Bounds.NONE;
        final double[] free = observed && marginal != null ? marginal.of(unit) : new double[] {Double.NaN, Double.NaN};
        return new ShrinkageRow(units.labels().apply(row), observed ? shown(model.raw(unit)) : Double.NaN,
            observed ? shownDeviation(model.rawStdError(unit), model.raw(unit)) : Double.NaN,
            shown(observed ? model.priorMean(prior.eta(), unit) : posterior.mean()),
            observed ? uncertainty.shrinkage(unit) : 1, shown(posterior.mean()),
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
        double[][] meanCovariance = null;
        if (model instanceof GaussianModel gaussian && gaussian.columns() > 0) {
            meanCovariance = gaussian.regression().at(gaussian.tau2(prior.eta())).covariance();
        } else if (model instanceof CountModel) {
            meanCovariance = new double[][] {{prior.covariance()[0][0]}};
        }
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
        return unitOfRow[row] >= 0;
    }

    /** The prior, with the uncertainty of its mean unless it is taken as known. */
    private Posterior predicted(final int row) {
        final double[] design = units.mean().row(row);
        final Posterior exact = model.prior(prior.eta(), design);
        if (naive || prior.covariance() == null) {
            return exact;
        }
        return exact.withMoments(exact.mean(),
            exact.variance() + PredictionInterval.meanVariance(model, prior, design));
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
        final int unit = unitOfRow[row];
        if (!units.isUsable(row)) {
            return FittedRow.MISSING;
        }
        if (unit < 0) {
            final double mean = model.prior(prior.eta(), units.mean().row(row)).mean();
            return new FittedRow(coordinates.restore(mean, 1), coordinates.restore(mean, 1), Double.NaN, Double.NaN,
                Double.NaN);
        }
        final double marginal = model.priorMean(prior.eta(), unit);
        final double conditional = uncertainty.mean(unit);
        final double residual = model.raw(unit) - conditional;
        return new FittedRow(coordinates.restore(marginal, 1), coordinates.restore(conditional, 1),
            coordinates.restore(residual, 1), residual / Math.sqrt(model.samplingVariance(conditional, unit)),
            (model.raw(unit) - marginal) / Math.sqrt(model.marginalVariance(prior.eta(), unit)));
    }
}
