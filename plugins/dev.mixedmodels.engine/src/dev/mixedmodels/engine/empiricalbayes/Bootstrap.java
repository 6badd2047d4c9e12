package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Laird &amp; Louis's (1987) parametric (type III) bootstrap: thetas and data are drawn from the estimated model, the
 * prior is estimated from each sample, and the posteriors of the actual data under these priors are mixed. The reported
 * mean stays that under eta itself, E_i(eta), and the variance is the mixture's second moment about it: the average of
 * v_i(eta*) + (E_i(eta*) - E_i(eta))^2.
 */
final class Bootstrap extends Uncertainty {
    /** Samples that have no estimate (all counts 0) are drawn again, at most this many times as many as wanted. */
    private static final int MAX_ATTEMPTS = 20;
    /** Up to so many units the means of all samples are kept, for covariances. */
    static final int COVARIANCE_UNITS = 200;

    private final List<double[]> samples;
    private final double[] variances;
    private final double[][] differences; // E_i(eta*) - E_i(eta) of each sample; null beyond COVARIANCE_UNITS

    /**
     * @param model the data
     * @param eta the estimated prior
     * @param samples priors from bootstrap samples
     */
    Bootstrap(final CompoundModel model, final double[] eta, final List<double[]> samples) {
        super(model, eta);
        this.samples = samples;
        final int k = model.units();
        variances = new double[k];
        differences = k <= COVARIANCE_UNITS ? new double[samples.size()][k] : null;
        final double[] centre = new double[k];
        Arrays.setAll(centre, this::mean);
        for (int b = 0; b < samples.size(); b++) {
            for (int i = 0; i < k; i++) {
                final Posterior posterior = model.posterior(samples.get(b), i);
                final double difference = posterior.mean() - centre[i];
                variances[i] += (posterior.variance() + difference * difference) / samples.size();
                if (differences != null) {
                    differences[b][i] = difference;
                }
            }
        }
    }

    /** Priors from samples that are drawn from the estimated one. */
    static List<double[]> samples(final CompoundModel model, final double[] eta, final long seed, final int replicates,
        final Progress progress) {
        final List<double[]> samples = new ArrayList<>();
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
            samples.add(drawn.estimate(progress).eta());
        }
        return samples;
    }

    @Override
    double variance(final int unit) {
        return variances[unit];
    }

    @Override
    double covariance(final int i, final int j) {
        double sum = 0;
        for (final double[] difference : differences) {
            sum += difference[i] * difference[j];
        }
        return sum / differences.length;
    }

    @Override
    List<double[]> samples() {
        return samples;
    }
}
