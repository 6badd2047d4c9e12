package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.Arrays;

/**
 * Units with a prior of any form. eta = (support points, their probabilities), both of length J.
 *
 * @param family what is observed
 * @param y observations
 * @param precision standard errors, exposures or trials
 * @param frequencies how many units each stands for; null for one
 * @param conjugate the same units with a conjugate prior
 */
record NonparametricModel(Family family, double[] y, double[] precision, double[] frequencies, CompoundModel conjugate)
    implements CompoundModel {

    /**
     * @param units the units, all observed
     * @param conjugate the same units with a conjugate prior
     * @param family what is observed
     * @return their model
     */
    static NonparametricModel of(final Units units, final CompoundModel conjugate, final Family family) {
        return new NonparametricModel(family, units.y(), units.precision(), units.frequency(), conjugate);
    }

    @Override
    public int units() {
        return y.length;
    }

    @Override
    public String fault() {
        return null;
    }

    @Override
    public PriorEstimate estimate(final Progress progress) {
        final NonparametricPrior prior =
            new NonparametricPrior(likelihood(), new PooledUnits(likelihood(), y, precision, frequencies), progress);
        final int n = prior.points().length;
        final double[] eta = new double[2 * n];
        for (int j = 0; j < n; j++) {
            eta[j] = likelihood().theta(prior.points()[j]);
            eta[n + j] = prior.weights()[j];
        }
        return new PriorEstimate(eta, null, Double.NaN, n == 1, prior.converged(), prior.certificate(), prior.rounds());
    }

    @Override
    public CompoundModel simulate(final double[] eta, final Sampler sampler) {
        final Posterior prior = prior(eta, null);
        final Tabulation drawn = Tabulation.draw(precision, frequencies,
            i -> likelihood().draw(prior.draw(sampler), precision[i], sampler));
        return new NonparametricModel(family, drawn.y(), drawn.precision(), drawn.frequencies(), conjugate);
    }

    @Override
    public double total() {
        return frequencies == null ? y.length : Arrays.stream(frequencies).sum();
    }

    @Override
    public double raw(final int unit) {
        return family == Family.GAUSSIAN ? y[unit] : y[unit] / precision[unit];
    }

    @Override
    public double rawStdError(final int unit) {
        return conjugate.rawStdError(unit);
    }

    @Override
    public double priorMean(final double[] eta, final int unit) {
        return prior(eta, null).mean();
    }

    @Override
    public double priorVariance(final double[] eta) {
        return prior(eta, null).variance();
    }

    @Override
    public double shrinkage(final double[] eta, final int unit) {
        return Double.NaN;
    }

    @Override
    public Posterior prior(final double[] eta, final double[] design) {
        final int n = eta.length / 2;
        return new DiscretePosterior(family, Arrays.copyOf(eta, n), Arrays.copyOfRange(eta, n, 2 * n));
    }

    @Override
    public Posterior posterior(final double[] eta, final int unit) {
        final int n = eta.length / 2;
        final double[] probability = logs(eta, unit);
        final double largest = Arrays.stream(probability).max().orElseThrow();
        if (largest == Double.NEGATIVE_INFINITY) {
            return nearest(eta, unit);
        }
        double total = 0;
        for (int j = 0; j < n; j++) {
            probability[j] = Math.exp(probability[j] - largest);
            total += probability[j];
        }
        Matrices.divide(probability, total);
        return new DiscretePosterior(family, Arrays.copyOf(eta, n), probability);
    }

    /** log (p_j f(y | theta_j)) of each point. */
    private double[] logs(final double[] eta, final int unit) {
        final double[] logs = new double[eta.length / 2];
        Arrays.setAll(logs, j -> Math.log(eta[logs.length + j])
            + likelihood().log(y[unit], precision[unit], likelihood().location(eta[j], 1)));
        return logs;
    }

    private UnitLikelihood likelihood() {
        return UnitLikelihood.of(family);
    }

    /** The point next to a unit's own estimate, for a prior from other data under which this unit cannot be. */
    private Posterior nearest(final double[] eta, final int unit) {
        final int n = eta.length / 2;
        final double own = likelihood().location(y[unit], precision[unit]);
        int best = 0;
        for (int j = 1; j < n; j++) {
            if (Math.abs(likelihood().location(eta[j], 1) - own) < Math.abs(likelihood().location(eta[best], 1)
                - own)) {
                best = j;
            }
        }
        return new DiscretePosterior(family, new double[] {eta[best]}, new double[] {1});
    }

    /**
     * @param eta a prior
     * @return log likelihood of all units
     */
    double logLikelihood(final double[] eta) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double[] log = logs(eta, i);
            final double largest = Arrays.stream(log).max().orElseThrow();
            double density = 0;
            for (final double l : log) {
                density += Math.exp(l - largest);
            }
            sum += (frequencies == null ? 1 : frequencies[i]) * (largest + Math.log(density));
        }
        return sum;
    }

    @Override
    public double[] gradient(final double[] eta, final int unit) {
        throw new UnsupportedOperationException("a nonparametric prior has no finite set of parameters");
    }

    @Override
    public double marginalVariance(final double[] eta, final int unit) {
        final double mean = priorMean(eta, unit);
        final double variance = priorVariance(eta);
        return conjugate.marginalVariance(new double[] {mean,
            conjugate instanceof CountModel counts ? variance / counts.varianceFactor(mean) : variance}, unit);
    }

    @Override
    public double samplingVariance(final double theta, final int unit) {
        return conjugate.samplingVariance(theta, unit);
    }
}
