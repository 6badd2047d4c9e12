package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.function.IntFunction;

/** Shrinkage estimates and fitted values of some rows, computed on the way. */
public final class ShrunkenUnits {
    private static final double RIGHT_ANGLE = Math.PI / 2;

    private final EmpiricalBayesSettings settings;
    private final Coordinates coordinates;
    private final ObservedUnits observed;
    private final Units units;
    private final CompoundModel model;
    private final double[] eta;
    private final Uncertainty uncertainty;
    private final Posteriors posteriors;
    private final MarginalEstimates marginal;
    private final IntFunction<double[]> ranks;
    private final double tail;
    private final double z;

    /**
     * @param prior the prior
     * @param observed the units, in its coordinates
     * @param uncertainty their moments
     * @param marginal posterior means without any prior; null if they are not wanted
     * @param ranks expected rank and its bounds of an observed row
     */
    ShrunkenUnits(final StoredPrior prior, final ObservedUnits observed, final Uncertainty uncertainty,
        final MarginalEstimates marginal, final IntFunction<double[]> ranks) {
        settings = prior.settings();
        coordinates = prior.coordinates();
        this.observed = observed;
        units = observed.units();
        model = observed.model();
        eta = prior.eta();
        this.uncertainty = uncertainty;
        posteriors = new Posteriors(observed, prior, uncertainty);
        this.marginal = marginal;
        this.ranks = ranks;
        tail = (1 - settings.confidence()) / 2;
        z = Tail.normalQuantile(tail);
    }

    /**
     * @param row a row
     * @return whether the prior was estimated from it
     */
    public boolean isUsed(final int row) {
        return posteriors.unit(row) >= 0;
    }

    /**
     * @param row a row
     * @return its shrinkage estimate; of a unit without an observation the prior's; all missing if it was left out
     */
    public ShrinkageRow shrinkage(final int row) {
        final int unit = posteriors.unit(row);
        if (!units.isUsable(row)) {
            return ShrinkageRow.missing(units.labels().apply(row));
        }
        final boolean used = unit >= 0;
        final Posterior posterior = posteriors.of(row);
        final ProfileBounds interval = posterior.interval(tail, z);
        final ProfileBounds raw = used ? observed.conjugate().rawInterval(unit, tail, z) : ProfileBounds.NONE;
        final double[] free =
            used && marginal != null ? marginal.of(observed.conjugate(), unit) : new double[] {Double.NaN, Double.NaN};
        final double[] rank = used ? ranks.apply(row) : Ranks.NONE;
        return new ShrinkageRow(units.labels().apply(row), used ? shown(model.raw(unit)) : Double.NaN,
            used ? shownDeviation(model.rawStdError(unit), model.raw(unit)) : Double.NaN,
            shown(posteriors.prior(row).mean()),
            used ? uncertainty.shrinkage(unit) : 1, shown(posterior.mean()),
            shownDeviation(Math.sqrt(posterior.variance()), posterior.mean()), shown(interval.lower()),
            shown(interval.upper()), rank[0], rank[1], rank[2],
            Double.isNaN(settings.threshold()) ? Double.NaN : posterior.upperTail(hidden(settings.threshold())),
            shown(raw.lower()), shown(raw.upper()), shown(free[0]), shownDeviation(free[1], free[0]));
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
     * @param row a row
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
                : (model.raw(unit) - marginal) / Math.sqrt(model.marginalVariance(eta, unit)));
    }
}
