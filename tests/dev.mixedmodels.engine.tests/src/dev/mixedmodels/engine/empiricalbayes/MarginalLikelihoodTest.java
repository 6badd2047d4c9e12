package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

/** Marginal likelihoods against integrals over the prior, and in 60-digit arithmetic where doubles run out. */
class MarginalLikelihoodTest {
    /** Count, exposure, mean, omega; log likelihood and its derivatives by log mean and omega (mpmath). */
    private static final double[][] NEGATIVE_BINOMIAL = {
        {1e9, 1e9, 1.00001, 1e-9, -11.652144792085366, -4999.9750001577549, -237500083.3952008},
        {1e9, 1e9, 1.3, 0.7, -21.56648535377311, -0.32967032930805464, -0.72972517097591661},
        {3, 1e-6, 200_000, 1e-12, -6.8200732065279363, 2.79999999999944, 2.4199999999951147},
        {0, 1e9, 1e-6, 5, -1.7034786342837807, -0.19996000799840032, 0.30070372525707608},
        {12_345, 1000, 12, 0.001, -7.2996988669352925, 26.538461538461538, -116.57950569758568},
        {7, 2, 3, 1e7, -18.06400746266582, 1.6666666388888894e-8, -9.9999843734780501e-8}};

    /** Successes, trials, mean, omega; log likelihood and its derivatives by logit mean and omega (mpmath). */
    private static final double[][] BETA_BINOMIAL = {
        {4e8, 1e9, 0.4, 1e-10, -10.614668364026256, 0.0090908889062411464, -454545454.59125343},
        {4e8, 1e9, 0.45, 0.02, -19.219621293400727, -2.4836575538688328, -12.388042015458923},
        {3, 20, 0.14, 1e-12, -1.4235441532283108, 0.2000000000037107, -10.431893687515458},
        {0, 1e6, 1e-5, 3, -5.6491869991380214e-5, -5.6491361159445095e-5, 1.5091498323814931e-5},
        {20, 20, 0.2, 1e6, -1.6094407506250611, 0.80000056763829413, 2.8381901957994225e-12},
        {500, 1000, 0.5, 0.1, -6.0121905447490046, 0, -5.1992445496132598}};

    private static CountModel model(final Family family, final double y, final double n) {
        return CountModel.of(Units.of("u", i -> "", new double[] {y}, new double[] {n}),
            EmpiricalBayesSettings.builder(family).build());
    }

    @Test
    void negativeBinomialIsExactAtExtremeCountsAndOverdispersions() {
        check(Family.POISSON_GAMMA, NEGATIVE_BINOMIAL);
    }

    @Test
    void betaBinomialIsExactAtExtremeCountsAndOverdispersions() {
        check(Family.BETA_BINOMIAL, BETA_BINOMIAL);
    }

    private static void check(final Family family, final double[][] cases) {
        for (final double[] c : cases) {
            final CountModel model = model(family, c[0], c[1]);
            final double u = model.link(c[2]);
            assertEquals(c[4], model.logLikelihood(u, c[3]), 1e-13 * Math.max(1, Math.abs(c[4])), "log " + c[0]);
            // the rounding of u moves y - n m by about n m 2e-16
            assertEquals(c[5], model.meanScore(u, c[3]), 1e-9 * Math.max(1e-3, Math.abs(c[5])) + c[1] * c[2] * 2e-16,
                "mean " + c[0]);
            assertEquals(c[6], model.omegaScore(u, c[3]), 1e-9 * Math.max(1e-3, Math.abs(c[6])), "omega " + c[0]);
        }
    }

    @Test
    void negativeBinomialIsThePoissonMixedOverAGammaPrior() {
        for (final double omega : new double[] {0.05, 0.4, 2}) {
            final double a = 1 / omega;
            for (final double y : new double[] {0, 1, 7, 40}) {
                final double n = 4;
                final double m = 2.5;
                final double expected = integral(-100, Math.log(200), t -> {
                    final double theta = Math.exp(t);
                    return new PoissonDistribution(theta * n).probability((int) y)
                        * Math.exp(a * t - theta * a / m + a * Math.log(a / m) - Gamma.logGamma(a));
                });
                assertEquals(Math.log(expected),
                    model(Family.POISSON_GAMMA, y, n).logLikelihood(Math.log(m), omega), 1e-11);
            }
        }
    }

    @Test
    void betaBinomialIsTheBinomialMixedOverABetaPrior() {
        for (final double omega : new double[] {0.05, 0.4, 2}) {
            final double m = 0.3;
            final double alpha = m / omega;
            final double beta = (1 - m) / omega;
            for (final double y : new double[] {0, 1, 7, 12}) {
                final double expected = integral(-300, 100, t -> {
                    final double theta = 1 / (1 + Math.exp(-t));
                    return new BinomialDistribution(12, theta).probability((int) y)
                        * Math.exp(-alpha * Math.log1p(Math.exp(-t)) - beta * Math.log1p(Math.exp(t))
                            - Beta.logBeta(alpha, beta));
                });
                final CountModel model = model(Family.BETA_BINOMIAL, y, 12);
                assertEquals(Math.log(expected), model.logLikelihood(model.link(m), omega), 1e-10);
            }
        }
    }

    @Test
    void normalMarginalIsTheNormalMixedOverANormalPrior() {
        final double y = 1.7;
        final double v = 0.64;
        final double tau2 = 2.1;
        final double expected = integral(-25, 25, theta -> Math.exp(-0.5 * (y - theta) * (y - theta) / v
            - 0.5 * theta * theta / tau2) / (2 * Math.PI * Math.sqrt(v * tau2)));
        final WeightedRegression data = new WeightedRegression(new double[] {y}, new double[] {v}, null, 0);
        assertEquals(-2 * Math.log(expected), new TauSquared(data, Progress.NONE).minusTwoLogLikelihood(tau2, false),
            1e-12);
    }

    @Test
    void restrictedLikelihoodIsTheLikelihoodIntegratedOverTheMean() {
        final double[][] d = Fits.estimates(6, 1, 3);
        final double[] v = {d[1][0], d[1][1], d[1][2], d[1][3], d[1][4], d[1][5]};
        final double tau2 = 0.7;
        final double expected = integral(-40, 40, mean -> {
            double log = 0;
            for (int i = 0; i < 6; i++) {
                log -= 0.5 * (Math.log(2 * Math.PI * (v[i] + tau2)) + Math.pow(d[0][i] - mean, 2) / (v[i] + tau2));
            }
            return Math.exp(log);
        });
        assertEquals(-2 * Math.log(expected), new TauSquared(new WeightedRegression(d[0], v, null, 1), Progress.NONE)
            .minusTwoLogLikelihood(tau2, true), 1e-10);
    }

    @Test
    void scoresAreDerivativesOfTheLogLikelihoodDownToZeroOverdispersion() {
        for (final Family family : new Family[] {Family.POISSON_GAMMA, Family.BETA_BINOMIAL}) {
            final double[][] d = family == Family.POISSON_GAMMA ? Fits.counts(40, 1) : Fits.successes(40, 1);
            final CountModel model = CountModel.of(Units.of("u", i -> "", d[0], d[1]),
                EmpiricalBayesSettings.builder(family).build());
            for (final double omega : new double[] {1e-7, 1e-3, 0.3, 5, 300}) {
                final double u = -0.8;
                final double h = 1e-4;
                final double scale = Math.abs(model.logLikelihood(u, omega));
                assertEquals((model.logLikelihood(u + h, omega) - model.logLikelihood(u - h, omega)) / (2 * h),
                    model.meanScore(u, omega), 1e-6 * scale);
                final double g = 1e-4 * omega;
                // rounding of the two log likelihoods over their difference in omega, and the cubic term
                assertEquals((model.logLikelihood(u, omega + g) - model.logLikelihood(u, omega - g)) / (2 * g),
                    model.omegaScore(u, omega), scale * (1e-15 / g + 1e-7 / omega * Math.min(1, omega * 1e3)));
            }
            assertEquals(model.omegaScore(-0.8, 1e-9), model.omegaScore(-0.8, 0), 1e-5
                * Math.abs(model.omegaScore(-0.8, 0)));
        }
    }

    private static double integral(final double from, final double to, final DoubleUnaryOperator f) {
        final GaussIntegratorFactory factory = new GaussIntegratorFactory();
        final int pieces = 400;
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            final GaussIntegrator rule = factory.legendre(16, from + (to - from) * i / pieces,
                from + (to - from) * (i + 1) / pieces);
            sum += rule.integrate(f::applyAsDouble);
        }
        return sum;
    }
}
