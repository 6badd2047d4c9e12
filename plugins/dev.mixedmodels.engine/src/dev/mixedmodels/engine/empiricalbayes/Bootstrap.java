package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Laird &amp; Louis's (1987) parametric (type III) bootstrap: thetas and data are drawn from the estimated model, the
 * prior is estimated from each sample, and the posteriors of the actual data under these priors are mixed. The reported
 * mean stays that under eta itself, E_i(eta), and the variance is the mixture's second moment about it: the average of
 * v_i(eta*) + (E_i(eta*) - E_i(eta))^2.
 */
final class Bootstrap extends Uncertainty {
    /** Samples that have no estimate (all counts 0) are drawn again, at most this many times as many as wanted. */
    private static final int MAX_ATTEMPTS = 20;

    private final List<double[]> samples;
    private double[][] differences; // E_i(eta*) - E_i(eta) by sample and unit; made for covariances

    /**
     * @param model the data
     * @param eta the estimated prior
     * @param samples priors from bootstrap samples
     */
    Bootstrap(final CompoundModel model, final double[] eta, final List<double[]> samples) {
        super(model, eta);
        this.samples = samples;
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
        final double centre = mean(unit);
        double variance = 0;
        for (final double[] sample : samples) {
            final Posterior posterior = model.posterior(sample, unit);
            final double difference = posterior.mean() - centre;
            variance += (posterior.variance() + difference * difference) / samples.size();
        }
        return variance;
    }

    @Override
    double covariance(final int i, final int j) {
        if (differences == null) {
            differences = samples.stream().map(sample -> IntStream.range(0, model.units())
                .mapToDouble(unit -> model.posterior(sample, unit).mean() - mean(unit))
                .toArray()).toArray(double[][]::new);
        }
        double sum = 0;
        for (final double[] difference : differences) {
            sum += difference[i] * difference[j];
        }
        return sum / differences.length;
    }
}
