package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.inference.ProfileBounds;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

/** ProfileBounds of a further count, against sums of probabilities. */
class FurtherCountTest {
    private static final double TAIL = 0.025;

    /** The least k with probabilities from 0 to k of at least p. */
    private static double least(final IntToDoubleFunction probability, final double p) {
        double sum = probability.applyAsDouble(0);
        int k = 0;
        while (sum < p) {
            sum += probability.applyAsDouble(++k);
        }
        return k;
    }

    private static void same(final IntToDoubleFunction probability, final Posterior theta, final Family family,
        final double n) {
        final ProfileBounds bounds = FurtherCount.over(theta, family, n, TAIL);
        assertEquals(least(probability, TAIL), bounds.lower() * n, 1e-9, theta + " " + n);
        assertEquals(least(probability, 1 - TAIL), bounds.upper() * n, 1e-9, theta + " " + n);
    }

    private static double logFactorial(final double k) {
        double sum = 0;
        for (int i = 2; i <= k; i++) {
            sum += Math.log(i);
        }
        return sum;
    }

    /** log of a (a + 1) ... (a + k - 1). */
    private static double logRising(final double a, final double k) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.log(a + i);
        }
        return sum;
    }

    private static double poisson(final double mean, final int k) {
        return Math.exp(k * Math.log(mean) - mean - logFactorial(k));
    }

    private static double binomial(final double n, final double theta, final int k) {
        return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(theta)
            + (n - k) * Math.log1p(-theta));
    }

    @Test
    void ofAGammaDistributionItIsNegativeBinomial() {
        for (final double shape : new double[] {0.05, 0.7, 3.2, 40, 1e7}) {
            for (final double n : new double[] {0.1, 1, 12.5, 300}) {
                final double mean = 0.8;
                final double p = 1 / (1 + mean * n / shape);
                same(k -> Math.exp(logRising(shape, k) - logFactorial(k) + shape * Math.log(p) + k * Math.log1p(-p)),
                    new Posterior.Gamma(mean, shape), Family.POISSON_GAMMA, n);
            }
        }
        same(k -> poisson(6, k), new Posterior.Gamma(2, Double.POSITIVE_INFINITY), Family.POISSON_GAMMA, 3);
    }

    /** qnbinom(c(0.05, 0.95), size = 0.4, mu = 3e5) of R is 311 and 1246472. */
    @Test
    void largeCountsAreThoseOfR() {
        final ProfileBounds bounds = FurtherCount.over(new Posterior.Gamma(3e5, 0.4), Family.POISSON_GAMMA, 1, 0.05);
        assertEquals(311, bounds.lower());
        assertEquals(1246472, bounds.upper());
    }

    private static double betaBinomial(final double n, final double a, final double b, final int k) {
        return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + logRising(a, k) + logRising(b, n - k)
            - logRising(a + b, n));
    }

    @Test
    void ofABetaDistributionItIsBetaBinomial() {
        for (final double size : new double[] {0.01, 1, 14, 1e5}) {
            for (final double n : new double[] {1, 7, 400}) {
                for (final double mean : new double[] {1e-3, 0.3, 0.9}) {
                    same(k -> betaBinomial(n, size * mean, size * (1 - mean), k), new Posterior.Beta(mean, size),
                        Family.BETA_BINOMIAL, n);
                }
            }
        }
        same(k -> binomial(20, 0.3, k), new Posterior.Beta(0.3, Double.POSITIVE_INFINITY), Family.BETA_BINOMIAL, 20);
    }

    /** Where steps are no longer told apart, bounds are near those of the count: to 1e-4 of their distance. */
    @Test
    void manyTrialsAreAsThetaWithTheirVariance() {
        final int n = 60_000; // standard deviation 1.7e4 with shapes 1.5 and 1.5
        final double[] probabilities = new double[n + 1];
        double sum = 1;
        probabilities[0] = 1;
        for (int k = 1; k <= n; k++) {
            probabilities[k] = probabilities[k - 1] * ((n - k + 1.0) / k * ((k + 0.5) / (n - k + 1.5)));
            sum += probabilities[k];
        }
        final double total = sum;
        final double lower = least(k -> probabilities[k] / total, TAIL);
        final double upper = least(k -> probabilities[k] / total, 1 - TAIL);
        final ProfileBounds found = FurtherCount.over(new Posterior.Beta(0.5, 3), Family.BETA_BINOMIAL, n, TAIL);
        assertEquals(lower, n * found.lower(), 1e-4 * (upper - lower));
        assertEquals(upper, n * found.upper(), 1e-4 * (upper - lower));
    }

    @Test
    void ofPointsItIsTheirMixture() {
        final double[] points = {0.1, 0.4, 0.75};
        final double[] shares = {0.5, 0.3, 0.2};
        same(k -> shares[0] * poisson(0.9, k) + shares[1] * poisson(3.6, k) + shares[2] * poisson(6.75, k),
            new DiscretePosterior(Family.POISSON_GAMMA, points, shares), Family.POISSON_GAMMA, 9);
        same(k -> shares[0] * binomial(9, 0.1, k) + shares[1] * binomial(9, 0.4, k) + shares[2] * binomial(9, 0.75, k),
            new DiscretePosterior(Family.BETA_BINOMIAL, points, shares), Family.BETA_BINOMIAL, 9);
    }

    @Test
    void extremesAreCountsToo() {
        assertEquals(new ProfileBounds(0, 0), FurtherCount.over(new Posterior.Gamma(0, 1), Family.POISSON_GAMMA, 5,
            TAIL));
        assertEquals(new ProfileBounds(1, 1), FurtherCount.over(new Posterior.Beta(1, Double.POSITIVE_INFINITY),
            Family.BETA_BINOMIAL, 5, TAIL));
        assertEquals(new ProfileBounds(0, 0), FurtherCount.over(new DiscretePosterior(Family.POISSON_GAMMA,
            new double[] {0}, new double[] {1}), Family.POISSON_GAMMA, 5, TAIL));
        for (final double n : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(Double.isNaN(FurtherCount.over(new Posterior.Gamma(1, 1), Family.POISSON_GAMMA, n, TAIL)
                .upper()));
        }
    }
}
