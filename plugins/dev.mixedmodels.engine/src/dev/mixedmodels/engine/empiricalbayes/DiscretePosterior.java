package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Sampler;

/**
 * A distribution on finitely many points.
 *
 * @param family decides the distribution that stands for it when its moments are changed
 * @param points support, rising
 * @param probabilities of the points, sum 1
 */
record DiscretePosterior(Family family, double[] points, double[] probabilities) implements Posterior {
    @Override
    public double mean() {
        double mean = 0;
        for (int j = 0; j < points.length; j++) {
            mean += probabilities[j] * points[j];
        }
        return mean;
    }

    @Override
    public double variance() {
        final double mean = mean();
        double variance = 0;
        for (int j = 0; j < points.length; j++) {
            variance += probabilities[j] * (points[j] - mean) * (points[j] - mean);
        }
        return variance;
    }

    @Override
    public double quantile(final double p) {
        double sum = 0;
        for (int j = 0; j < points.length - 1; j++) {
            sum += probabilities[j];
            if (sum >= p) {
                return points[j];
            }
        }
        return points[points.length - 1];
    }

    @Override
    public double upperTail(final double theta) {
        double sum = 0;
        for (int j = points.length - 1; j >= 0 && points[j] > theta; j--) {
            sum += probabilities[j];
        }
        return Math.min(1, sum);
    }

    @Override
    public double draw(final Sampler sampler) {
        return quantile(sampler.uniform());
    }

    @Override
    public Posterior withMoments(final double mean, final double variance) {
        return switch (family) {
            case GAUSSIAN -> new Posterior.Normal(mean, variance);
            case POISSON_GAMMA -> Posterior.Gamma.of(mean, variance);
            case BETA_BINOMIAL -> Posterior.Beta.of(mean, variance);
        };
    }
}
