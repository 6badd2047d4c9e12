package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Deviance;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Stirling;

/**
 * y_i | theta_i ~ Binomial(n_i, theta_i), theta_i ~ Beta(alpha, beta) with mean m and alpha + beta = s = 1 / omega;
 * marginally beta-binomial with intraclass correlation rho = 1 / (s + 1) = omega / (1 + omega).
 * <p>
 * With d = (y - n m) / (1 + omega n) the log likelihood is, after Stirling's formula for all gamma functions,
 * -D(y, y - d) - D(n - y, n - y + d) - D(alpha, alpha + d) - D(beta, beta - d), D half the Poisson deviance, plus terms
 * of the order of log n: nothing cancels, not for 10^9 trials and not for omega near 0.
 */
final class BetaBinomial extends CountModel {
    private final DistinctValues successes;
    private final DistinctValues failures;
    private final DistinctValues trials;

    BetaBinomial(final double[] y, final double[] n, final double[] frequencies,
        final EmpiricalBayesSettings settings) {
        super(y, n, frequencies, settings);
        final double[] rest = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            rest[i] = n[i] - y[i];
        }
        successes = DistinctValues.of(y, frequencies);
        failures = DistinctValues.of(rest, frequencies);
        trials = DistinctValues.of(n, frequencies);
    }

    @Override
    public String fault() {
        final boolean given = settings.estimator() == PriorEstimator.GIVEN;
        if (given && !Double.isNaN(settings.givenMean())) {
            return null;
        }
        if (successes.isOnly(0) || failures.isOnly(0)) {
            return "All units have " + (successes.isOnly(0) ? "no successes" : "successes only")
                + ": the prior mean and overdispersion have no finite estimate. Give the prior (estimator \"Given\""
                + " with \"Given prior mean\" and \"Given prior variance\") or add other units.";
        }
        if (given) {
            return null;
        }
        if (trials.isOnly(1)) {
            return "Every unit has one trial only: the overdispersion is not identified. Gather the trials of each unit"
                + " in one row, or give the prior variance (estimator \"Given\").";
        }
        if (total() == 1) {
            return "The overdispersion cannot be estimated from one unit. Choose the estimator \"Given\" and write a "
                + "known prior variance under \"Given prior variance\".";
        }
        for (int i = 0; i < y.length; i++) {
            if (frequency(i) > 0 && y[i] > 0 && y[i] < n[i]) {
                return null;
            }
        }
        return "Every unit has either no successes or successes only: the overdispersion runs to its largest value, 1,"
            + " and has no finite estimate. Give the prior variance (estimator \"Given\").";
    }

    @Override
    double mean(final double u) {
        return 1 / (1 + Math.exp(-u));
    }

    @Override
    double link(final double mean) {
        return Math.log(mean) - Math.log1p(-mean);
    }

    @Override
    double slope(final double mean) {
        return mean * (1 - mean);
    }

    @Override
    double overdispersion(final double omega) {
        return omega / (1 + omega);
    }

    @Override
    double omega(final double overdispersion) {
        return overdispersion / (1 - overdispersion);
    }

    @Override
    double largestOverdispersion() {
        return 1;
    }

    @Override
    double varianceFactor(final double mean) {
        return mean * (1 - mean);
    }

    /** One half, whose prior can have the largest variance. */
    @Override
    double meanForVariance(final double tau2) {
        return 0;
    }

    @Override
    double varianceShare(final int unit) {
        return 1 - 1 / n[unit];
    }

    @Override
    double logLikelihood(final double u, final double omega) {
        final double m = mean(u);
        final double c = mean(-u);
        final double s = 1 / omega;
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double total = 1 + omega * n[i];
            final double d = (y[i] - n[i] * m) / total;
            final double pool = (m + omega * y[i]) / total;
            final double other = (c + omega * (n[i] - y[i])) / total;
            sum -= frequency(i) * (Deviance.of(y[i], n[i] * pool, -d) + Deviance.of(n[i] - y[i], n[i] * other, d)
                + Deviance.of(s * m, s * pool, d) + Deviance.of(s * c, s * other, -d));
        }
        return sum + gammas(successes, m, omega) + gammas(failures, c, omega) - gammas(trials, 1, omega);
    }

    @Override
    double meanScore(final double u, final double omega) {
        final double m = mean(u);
        final double c = mean(-u);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double total = 1 + omega * n[i];
            final double d = (y[i] - n[i] * m) / total;
            sum += frequency(i) * (d / m * logRatio(omega * d / m, (1 + omega * y[i] / m) / total)
                + d / c * logRatio(-omega * d / c, (1 + omega * (n[i] - y[i]) / c) / total));
        }
        return m * c * (sum + gammasByMean(successes, m, omega) - gammasByMean(failures, c, omega));
    }

    /** log(1 + t) / t. */
    private static double logRatio(final double t, final double ratio) {
        return 1 - t * Deviance.kappa(t, ratio);
    }

    /** Derivative of {@link #gammas} by its share. */
    private static double gammasByMean(final DistinctValues values, final double share, final double omega) {
        final double own = Stirling.scaledDerivative(share / omega) / (share * share);
        return omega * values.sum(x -> {
            final double total = share + omega * x;
            return 0.5 * x / (share * total) + Stirling.scaledDerivative(share / omega + x) / (total * total) - own;
        });
    }

    @Override
    double omegaScore(final double u, final double omega) {
        final double m = mean(u);
        final double c = mean(-u);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            final double total = 1 + omega * n[i];
            final double d = (y[i] - n[i] * m) / total;
            sum += frequency(i) * d * d * (Deviance.kappa(omega * d / m, (1 + omega * y[i] / m) / total) / m
                + Deviance.kappa(-omega * d / c, (1 + omega * (n[i] - y[i]) / c) / total) / c);
        }
        return sum + gammasByOmega(successes, m, omega) + gammasByOmega(failures, c, omega)
            - gammasByOmega(trials, 1, omega);
    }

    @Override
    public double rawStdError(final int unit) {
        return Math.sqrt(raw(unit) * (n[unit] - y[unit])) / n[unit];
    }

    /** Clopper &amp; Pearson (1934) Biometrika 26:404-413. */
    @Override
    public ProfileBounds rawInterval(final int unit, final double tail, final double z) {
        final double rest = n[unit] - y[unit];
        return new ProfileBounds(y[unit] == 0 ? 0 : Posterior.Beta.quantile(y[unit], rest + 1, tail),
            rest == 0 ? 1 : Posterior.Beta.quantile(y[unit] + 1, rest, 1 - tail));
    }

    @Override
    public double shrinkage(final double[] eta, final int unit) {
        return (1 - eta[1]) / (1 + eta[1] * (n[unit] - 1));
    }

    /** Beta with shapes alpha + y, beta + n - y: mean B m + (1 - B) y / n and size s + n. */
    @Override
    public Posterior posterior(final double[] eta, final int unit) {
        final double total = 1 + eta[1] * (n[unit] - 1);
        return new Posterior.Beta((eta[0] * (1 - eta[1]) + eta[1] * y[unit]) / total, 1 / omega(eta[1]) + n[unit]);
    }

    @Override
    public Posterior prior(final double[] eta, final double[] design) {
        return new Posterior.Beta(eta[0], 1 / omega(eta[1]));
    }

    @Override
    public double[] gradient(final double[] eta, final int unit) {
        final double total = 1 + eta[1] * (n[unit] - 1);
        return new double[] {(1 - eta[1]) / total, (y[unit] - n[unit] * eta[0]) / (total * total)};
    }

    @Override
    double draw(final double theta, final int unit, final Sampler sampler) {
        return sampler.binomial(n[unit], theta);
    }
}
