package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.Arrays;

/** Posteriors of units of another table under a prior that is kept, on the scale of the estimates. */
public final class NewUnits {
    private final StoredPrior prior;
    private final Units units;
    private final CompoundModel model;
    private final int[] unitOfRow;
    private final boolean meanKnown;
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
        final Units own = prior.columns().readNew(design, rows);
        own.check(prior.settings().family());
        units = prior.coordinates().measure(own, prior.settings().family());
        final EmpiricalBayesSettings settings = prior.coordinates().measure(prior.settings());
        final int[] observed = units.observed();
        final CompoundModel conjugate = settings.family() == Family.GAUSSIAN ? GaussianModel.of(units, observed, settings)
            : CountModel.of(units, observed, settings);
        model = settings.prior() == Prior.PARAMETRIC ? conjugate
            : NonparametricModel.of(units, observed, conjugate, settings.family());
        unitOfRow = new int[units.size()];
        Arrays.fill(unitOfRow, -1);
        for (int i = 0; i < observed.length; i++) {
            unitOfRow[observed[i]] = i;
        }
        meanKnown = prior.method() == PosteriorVariance.NAIVE || prior.covariance() == null
            || prior.meanCovariance() == null;
        tail = (1 - confidence) / 2;
        z = Tail.normalQuantile(tail);
    }

    /**
     * @param row a complete row
     * @return whether it has an observation of its own
     */
    public boolean isObserved(final int row) {
        return unitOfRow[row] >= 0;
    }

    /**
     * @param row a complete row
     * @return its posterior; without an observation the prior, with the uncertainty of its mean
     */
    public Unit posterior(final int row) {
        final int unit = unitOfRow[row];
        if (unit < 0) {
            final Posterior exact = model.prior(prior.eta(), units.mean().row(row));
            final Posterior wide = meanKnown ? exact
                : exact.withMoments(exact.mean(), exact.variance() + meanVariance(row));
            return shown(row, exact.mean(), wide);
        }
        final Posterior exact = model.posterior(prior.eta(), unit);
        final Posterior posterior = prior.method() == PosteriorVariance.NAIVE ? exact
            : exact.withMoments(mean(unit, exact), variance(row, unit, exact));
        return shown(row, model.priorMean(prior.eta(), unit), posterior);
    }

    /**
     * @param row a complete row
     * @return the estimated mean of its prior; what is new is the true value of another unit with this prior
     */
    public Unit prior(final int row) {
        final Posterior exact = model.prior(prior.eta(), units.mean().row(row));
        final double variance = prior.meanCovariance() == null ? 0 : meanVariance(row);
        final Posterior mean = new Posterior.Normal(exact.mean(), variance);
        final Posterior wide = variance == 0 ? exact : exact.withMoments(exact.mean(), exact.variance() + variance);
        return back(exact.mean(), mean, wide.interval(tail, z));
    }

    private Unit shown(final int row, final double priorMean, final Posterior posterior) {
        final double precision = units.precision()[row];
        final Family family = prior.settings().family();
        return back(priorMean, posterior, family != Family.GAUSSIAN ? FurtherCount.over(posterior, family, precision, tail)
            : new Posterior.Normal(posterior.mean(), posterior.variance() + precision * precision).interval(tail, z));
    }

    private Unit back(final double priorMean, final Posterior posterior, final Bounds further) {
        final Coordinates c = prior.coordinates();
        final Bounds interval = posterior.interval(tail, z);
        return new Unit(c.restore(priorMean, 1), c.restore(posterior.mean(), 1), c.restore(posterior.variance(), 2),
            c.restore(interval.lower(), 1), c.restore(interval.upper(), 1), c.restore(further.lower(), 1),
            c.restore(further.upper(), 1));
    }

    /** x'(X'WX)^-1 x, or the variance of the mean of counts. */
    private double meanVariance(final int row) {
        return model instanceof GaussianModel ? Matrices.bilinear(prior.meanCovariance(), units.mean().row(row),
            units.mean().row(row)) : prior.meanCovariance()[0][0];
    }

    private double mean(final int unit, final Posterior exact) {
        return prior.method() == PosteriorVariance.MORRIS
            ? ((GaussianModel) model).shrunk(prior.eta(), unit, prior.constants()[0] * model.shrinkage(prior.eta(), unit))
            : exact.mean();
    }

    /**
     * As {@link Morris}, {@link PrasadRao}, {@link Bootstrap} and {@link FirstOrder} have it, from what they have
     * kept.
     */
    private double variance(final int row, final int unit, final Posterior exact) {
        final double[] eta = prior.eta();
        if (model instanceof GaussianModel gaussian && gaussian.variance(unit) == 0) {
            return 0; // known
        }
        return switch (prior.method()) {
            case MORRIS -> morris(row, unit, (GaussianModel) model);
            case PRASAD_RAO -> prasadRao(row, unit, (GaussianModel) model);
            case BOOTSTRAP -> {
                double sum = 0;
                for (final double[] sample : prior.samples()) {
                    final Posterior posterior = model.posterior(sample, unit);
                    final double difference = posterior.mean() - exact.mean();
                    sum += (posterior.variance() + difference * difference) / prior.samples().size();
                }
                yield sum;
            }
            default -> exact.variance() + (prior.covariance() == null ? 0
                : Matrices.bilinear(prior.covariance(), model.gradient(eta, unit), model.gradient(eta, unit)));
        };
    }

    private double morris(final int row, final int unit, final GaussianModel gaussian) {
        final double tau2 = gaussian.tau2(prior.eta());
        final double factor = prior.constants()[0];
        final double b = factor * model.shrinkage(prior.eta(), unit);
        final double v = gaussian.variance(unit);
        final double deviation = b * (model.raw(unit) - model.priorMean(prior.eta(), unit))
            * Math.sqrt(2 / (prior.constants()[1] - 2) * (prior.constants()[2] + tau2) / (v + tau2));
        return v * (1 - b) + b * b / factor * knownMean(row) + deviation * deviation;
    }

    private double prasadRao(final int row, final int unit, final GaussianModel gaussian) {
        final double tau2 = gaussian.tau2(prior.eta());
        final double b = model.shrinkage(prior.eta(), unit);
        final double known = b * tau2
            + b * b * (2 * prior.constants()[0] / (gaussian.variance(unit) + tau2) - prior.constants()[1]);
        return Math.max(0, known) + b * b * knownMean(row);
    }

    private double knownMean(final int row) {
        return prior.meanCovariance() == null ? 0 : meanVariance(row);
    }
}
