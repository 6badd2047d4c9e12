package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Deviance;
import dev.mixedmodels.engine.numeric.IncompleteGamma;
import dev.mixedmodels.engine.numeric.Sampler;

/**
 * y_i | theta_i ~ Poisson(theta_i n_i), theta_i ~ Gamma with mean m and squared coefficient of variation omega, that is
 * shape a = 1 / omega and rate a / m; marginally negative binomial with mean mu_i = m n_i.
 * <p>
 * With d = (y - mu) / (1 + omega mu) the log likelihood is, after Stirling's formula for all gamma functions,
 * -D(y, y - d) - D(a, a + d) - log(1 + omega y) / 2 + r(a + y) - r(a) - (log y! - y log y + y), D half the Poisson
 * deviance and r Stirling's remainder: nothing cancels, not for counts of 10^9 and not for omega near 0.
 */
final class PoissonGamma extends CountModel {
    private final DistinctValues counts;

    PoissonGamma(final double[] y, final double[] n, final double[] frequencies,
        final EmpiricalBayesSettings settings) {
        super(y, n, frequencies, settings);
        counts = DistinctValues.of(y, frequencies);
    }

    @Override
    public String fault() {
        for (int i = 0; i < y.length; i++) {
            if (y[i] > 0 && frequency(i) > 0) {
                return total() > 1 || settings.estimator() == PriorEstimator.GIVEN ? null
                    : "The overdispersion cannot be estimated from one unit. Choose the estimator \"Given\" and write a"
                        + " known prior variance under \"Given prior variance\".";
            }
        }
        return Double.isNaN(settings.givenMean())
            ? "All counts are 0: the prior mean and overdispersion have no finite estimate. Give the prior (estimator"
                + " \"Given\" with \"Given prior mean\" and \"Given prior variance\") or add units with events."
            : null;
    }

    @Override
    double mean(final double u) {
        return Math.exp(u);
    }

    @Override
    double link(final double mean) {
        return Math.log(mean);
    }

    @Override
    double slope(final double mean) {
        return mean;
    }

    @Override
    double overdispersion(final double omega) {
        return omega;
    }

    @Override
    double omega(final double overdispersion) {
        return overdispersion;
    }

    @Override
    double largestOverdispersion() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    double varianceFactor(final double mean) {
        return mean * mean;
    }

    /** Where the overdispersion is 1. */
    @Override
    double meanForVariance(final double tau2) {
        return 0.5 * Math.log(tau2);
    }

    @Override
    double varianceShare(final int unit) {
        return 1;
    }

    @Override
    double logLikelihood(final double u, final double omega) {
        final double m = Math.exp(u);
        final double a = 1 / omega;
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double mu = m * n[i];
            final double d = (y[i] - mu) / (1 + omega * mu);
            final double total = (1 + omega * y[i]) / (1 + omega * mu);
            sum -= frequency(i) * (Deviance.of(y[i], mu * total, -d) + Deviance.of(a, a * total, d));
        }
        return sum + gammas(counts, 1, omega);
    }

    @Override
    double meanScore(final double u, final double omega) {
        final double m = Math.exp(u);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double mu = m * n[i];
            sum += frequency(i) * ((y[i] - mu) / (1 + omega * mu));
        }
        return sum;
    }

    @Override
    double omegaScore(final double u, final double omega) {
        final double m = Math.exp(u);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double mu = m * n[i];
            final double d = (y[i] - mu) / (1 + omega * mu);
            sum += frequency(i) * d * d * Deviance.kappa(omega * d, (1 + omega * y[i]) / (1 + omega * mu));
        }
        return sum + gammasByOmega(counts, 1, omega);
    }

    @Override
    public double rawStdError(final int unit) {
        return Math.sqrt(y[unit]) / n[unit];
    }

    /** Garwood (1936) Biometrika 28:437-442. */
    @Override
    public ProfileBounds rawInterval(final int unit, final double tail, final double z) {
        return new ProfileBounds(y[unit] == 0 ? 0 : IncompleteGamma.quantile(y[unit], tail) / n[unit],
            IncompleteGamma.quantile(y[unit] + 1, 1 - tail) / n[unit]);
    }

    @Override
    public double shrinkage(final double[] eta, final int unit) {
        return 1 / (1 + eta[1] * eta[0] * n[unit]);
    }

    /** Gamma with shape a + y and mean m (1 + omega y) / (1 + omega mu). */
    @Override
    public Posterior posterior(final double[] eta, final int unit) {
        return new Posterior.Gamma(eta[0] * ((1 + eta[1] * y[unit]) * shrinkage(eta, unit)), 1 / eta[1] + y[unit]);
    }

    @Override
    public Posterior prior(final double[] eta, final double[] design) {
        return new Posterior.Gamma(eta[0], 1 / eta[1]);
    }

    @Override
    public double[] gradient(final double[] eta, final int unit) {
        final double b = shrinkage(eta, unit);
        return new double[] {(1 + eta[1] * y[unit]) * b * b, eta[0] * (y[unit] - eta[0] * n[unit]) * b * b};
    }

    @Override
    double draw(final double theta, final int unit, final Sampler sampler) {
        return sampler.poisson(theta * n[unit]);
    }
}
