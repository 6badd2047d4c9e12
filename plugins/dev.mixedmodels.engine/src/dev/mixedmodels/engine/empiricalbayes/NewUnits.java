package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;

/** Posteriors of units of another table under a prior that is kept, on the scale of the estimates. */
public final class NewUnits {
    private final StoredPrior prior;
    private final Units units;
    private final Posteriors posteriors;
    private final double tail;
    private final double z;

    /**
     * A unit.
     *
     * @param priorMean mean of its prior
     * @param mean posterior mean
     * @param variance posterior variance
     * @param lower lower bound of the equal-tailed posterior interval
     * @param upper upper bound
     * @param lowerNew lower bound of a further estimate, or of a further count over its exposure or trials; NaN where
     *            the standard error, exposure or trials are not known
     * @param upperNew upper bound
     */
    public record Unit(double priorMean, double mean, double variance, double lower, double upper, double lowerNew,
        double upperNew) {
    }

    /**
     * @param prior the prior
     * @param design the mean over the rows; null without covariates
     * @param rows which rows are observed, which are complete without an observation
     * @param confidence level of the intervals
     * @throws dev.mixedmodels.engine.common.ModelException if an observation is none that the family can have
     */
    public NewUnits(final StoredPrior prior, final ModelDesign design, final ModelFrame rows, final double confidence) {
        this.prior = prior;
        final Units own = UnitReader.of(prior.columns(), design, rows);
        own.check(prior.settings().family());
        units = prior.coordinates().measure(own, prior.settings().family());
        final ObservedUnits observed = ObservedUnits.of(units, prior.settings());
        posteriors = new Posteriors(observed, prior, prior.uncertainty(observed,
            (i, j) -> prior.meanCovariance() == null ? 0
                : Matrices.bilinear(prior.meanCovariance(), observed.design(i), observed.design(j))));
        tail = (1 - confidence) / 2;
        z = Tail.normalQuantile(tail);
    }

    /**
     * @param row a complete row
     * @return whether it has an observation of its own
     */
    public boolean isObserved(final int row) {
        return posteriors.unit(row) >= 0;
    }

    /**
     * @param row a complete row
     * @return its posterior; without an observation the prior, with the uncertainty of its mean
     */
    public Unit posterior(final int row) {
        final Posterior posterior = posteriors.of(row);
        final double precision = units.precision()[row];
        final Family family = prior.settings().family();
        return back(posteriors.prior(row).mean(), posterior, family != Family.GAUSSIAN
            ? FurtherCount.over(posterior, family, precision, tail)
            : new Posterior.Normal(posterior.mean(), posterior.variance() + precision * precision).interval(tail, z));
    }

    /**
     * @param row a complete row
     * @return the estimated mean of its prior; what is new is the true value of another unit with this prior
     */
    public Unit prior(final int row) {
        final double mean = posteriors.prior(row).mean();
        return back(mean, new Posterior.Normal(mean, posteriors.meanVariance(row)),
            posteriors.wide(row).interval(tail, z));
    }

    private Unit back(final double priorMean, final Posterior posterior, final ProfileBounds further) {
        final Coordinates c = prior.coordinates();
        final ProfileBounds interval = posterior.interval(tail, z);
        return new Unit(c.restore(priorMean, 1), c.restore(posterior.mean(), 1), c.restore(posterior.variance(), 2),
            c.restore(interval.lower(), 1), c.restore(interval.upper(), 1), c.restore(further.lower(), 1),
            c.restore(further.upper(), 1));
    }
}
