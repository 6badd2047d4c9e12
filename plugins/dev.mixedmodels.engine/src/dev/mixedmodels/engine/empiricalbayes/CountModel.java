package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Stirling;
import java.util.Arrays;

/**
 * Counts with a conjugate prior, parametrised by the prior mean m and an overdispersion that is 0 for complete pooling:
 * the squared coefficient of variation of a gamma prior, 1 / (alpha + beta + 1) of a beta prior. eta = (mean,
 * overdispersion). Likelihoods are functions of u, the logarithm or logit of m, and of omega &gt;= 0, in which they are
 * smooth at 0.
 */
abstract class CountModel implements CompoundModel {
    /** Number of events or successes. */
    protected final double[] y;
    /** Exposure or trials. */
    protected final double[] n;
    /** How many units a row stands for; null for one each. */
    protected final double[] frequencies;
    /** How the prior is estimated, with the given prior. */
    protected final EmpiricalBayesSettings settings;

    protected CountModel(final double[] y, final double[] n, final double[] frequencies,
        final EmpiricalBayesSettings settings) {
        this.y = y;
        this.n = n;
        this.frequencies = frequencies;
        this.settings = settings;
    }

    /**
     * @param units the units, all observed
     * @param settings how to fit
     * @return their model
     */
    static CountModel of(final Units units, final EmpiricalBayesSettings settings) {
        return of(units.y(), units.precision(), units.frequency(), settings);
    }

    private static CountModel of(final double[] y, final double[] n, final double[] frequencies,
        final EmpiricalBayesSettings settings) {
        return settings.family() == Family.POISSON_GAMMA ? new PoissonGamma(y, n, frequencies, settings)
            : new BetaBinomial(y, n, frequencies, settings);
    }

    @Override
    public CompoundModel simulate(final double[] eta, final Sampler sampler) {
        final Posterior prior = prior(eta, null);
        final Tabulation drawn =
            Tabulation.draw(n, frequencies, i -> draw(prior.draw(sampler), i, sampler));
        return of(drawn.y(), drawn.precision(), drawn.frequencies(), settings);
    }

    /** A draw of y of a unit with this theta. */
    abstract double draw(double theta, int unit, Sampler sampler);

    /** Number of units that a row stands for. */
    double frequency(final int row) {
        return frequencies == null ? 1 : frequencies[row];
    }

    @Override
    public double total() {
        return frequencies == null ? y.length : Arrays.stream(frequencies).sum();
    }

    /** m at u. */
    abstract double mean(double u);

    /** u at m. */
    abstract double link(double mean);

    /** dm / du at m. */
    abstract double slope(double mean);

    /** Overdispersion as reported. */
    abstract double overdispersion(double omega);

    /** omega of a reported overdispersion. */
    abstract double omega(double overdispersion);

    /** Largest reported overdispersion, possibly infinite; it is not reached. */
    abstract double largestOverdispersion();

    /** Largest prior variance at a mean over overdispersion; tau2 = factor * overdispersion. */
    abstract double varianceFactor(double mean);

    /** A u at which there is a prior of a variance. */
    abstract double meanForVariance(double tau2);

    /** Share of tau2 in the variance of the raw estimate: 1, or 1 - 1/n for a proportion. */
    abstract double varianceShare(int unit);

    /** log marginal likelihood. */
    abstract double logLikelihood(double u, double omega);

    /** d log likelihood / du. */
    abstract double meanScore(double u, double omega);

    /** d log likelihood / d omega. */
    abstract double omegaScore(double u, double omega);

    /** Sum of r(x + share s) - r(share s) - log(1 + omega x / share) / 2 - (log x! - x log x + x), s = 1 / omega. */
    static double gammas(final DistinctValues values, final double share, final double omega) {
        final double prior = share / omega;
        final double remainder = Stirling.remainder(prior);
        return values.sum(x -> Stirling.remainder(prior + x) - remainder - 0.5 * Math.log1p(omega * x / share)
            - Stirling.factorial(x));
    }

    /** Derivative of {@link #gammas} by omega. */
    static double gammasByOmega(final DistinctValues values, final double share, final double omega) {
        final double own = Stirling.scaledDerivative(share / omega) / share;
        return values.sum(x -> {
            final double total = share + omega * x;
            return own - 0.5 * x / total - share * Stirling.scaledDerivative(share / omega + x) / (total * total);
        });
    }

    @Override
    public int units() {
        return y.length;
    }

    @Override
    public double raw(final int unit) {
        return y[unit] / n[unit];
    }

    /** The pooled estimate, that of complete pooling. */
    double pooled() {
        double events = 0;
        double exposure = 0;
        for (int i = 0; i < y.length; i++) {
            events += frequency(i) * y[i];
            exposure += frequency(i) * n[i];
        }
        return events / exposure;
    }

    @Override
    public PriorEstimate estimate(final Progress progress) {
        return switch (settings.estimator().or(settings.family())) {
            case ML -> new CountMaximum(this, progress).estimate();
            case MOMENTS -> CountMoments.estimate(this);
            case GIVEN -> new CountMaximum(this, progress).given(settings.givenTau2(), settings.givenMean());
            default -> throw new IllegalArgumentException(settings.estimator().name());
        };
    }

    @Override
    public double priorMean(final double[] eta, final int unit) {
        return eta[0];
    }

    @Override
    public double priorVariance(final double[] eta) {
        return varianceFactor(eta[0]) * eta[1];
    }

    @Override
    public double marginalVariance(final double[] eta, final int unit) {
        return samplingVariance(eta[0], unit) + varianceShare(unit) * priorVariance(eta);
    }

    @Override
    public double samplingVariance(final double theta, final int unit) {
        return theta * (settings.family() == Family.BETA_BINOMIAL ? 1 - theta : 1) / n[unit];
    }
}
