package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.ArrayList;
import java.util.List;

/**
 * Laird &amp; Louis's (1987) parametric (type III) bootstrap: thetas and data are drawn from the estimated model, the
 * prior is estimated from each sample, and the posteriors of the actual data under these priors are mixed. The reported
 * mean stays that under eta itself, E_i(eta), and the variance is the mixture's second moment about it: the average of
 * v_i(eta*) + (E_i(eta*) - E_i(eta))^2.
 */
final class Bootstrap implements Uncertainty {
    /** Samples that have no estimate (all counts 0) are drawn again, at most this many times as many as wanted. */
    private static final int MAX_ATTEMPTS = 20;
    /** Up to so many units the means of all samples are kept, for covariances. */
    static final int COVARIANCE_UNITS = 200;

    private final CompoundModel model;
    private final double[] eta;
    private final double[] variances;
    private final List<double[]> samples = new ArrayList<>();
    private final double[][] differences; // E_i(eta*) - E_i(eta) of each sample; null beyond COVARIANCE_UNITS

    Bootstrap(final CompoundModel model, final double[] eta, final long seed, final int replicates,
        final Progress progress) {
        this.model = model;
        this.eta = eta;
        final int k = model.units();
        variances = new double[k];
        differences = k <= COVARIANCE_UNITS ? new double[replicates][k] : null;
        final double[] centre = new double[k];
        for (int i = 0; i < k; i++) {
            centre[i] = model.posterior(eta, i).mean();
        }
        final Sampler sampler = new Sampler(seed);
        int attempts = 0;
        for (int b = 0; b < replicates; b++) {
            progress.report((double) b / replicates, "Bootstrap sample " + (b + 1));
            CompoundModel drawn = model.simulate(eta, sampler);
            while (drawn.fault() != null) {
                if (attempts++ == MAX_ATTEMPTS * replicates) {
                    throw new ModelException("Most bootstrap samples have no finite estimate of the prior (for instance"
                        + " all counts 0): there is too little data for the bootstrap. Choose the posterior"
                        + " variance \"Kass-Steffey\".");
                }
                drawn = model.simulate(eta, sampler);
            }
            final double[] sample = drawn.estimate(progress).eta();
            samples.add(sample);
            for (int i = 0; i < k; i++) {
                final Posterior posterior = model.posterior(sample, i);
                final double difference = posterior.mean() - centre[i];
                variances[i] += (posterior.variance() + difference * difference) / replicates;
                if (differences != null) {
                    differences[b][i] = difference;
                }
            }
        }
    }

    @Override
    public double mean(final int unit) {
        return model.posterior(eta, unit).mean();
    }

    @Override
    public double shrinkage(final int unit) {
        return model.shrinkage(eta, unit);
    }

    @Override
    public double variance(final int unit) {
        return variances[unit];
    }

    @Override
    public double covariance(final int i, final int j) {
        double sum = 0;
        for (final double[] difference : differences) {
            sum += difference[i] * difference[j];
        }
        return sum / differences.length;
    }

    @Override
    public List<double[]> samples() {
        return samples;
    }
}
