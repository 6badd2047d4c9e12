package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NonparametricPriorTest {
    private static EmpiricalBayesSettings.Builder settings(final Family family) {
        return EmpiricalBayesSettings.builder(family).prior(Prior.NONPARAMETRIC);
    }

    private static double[] gridMaximum(final UnitLikelihood family, final double[] y, final double[] precision,
        final NonparametricPrior prior) {
        final double low = bound(family, y, precision, true);
        final double high = bound(family, y, precision, false);
        final double[] m = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < prior.points().length; j++) {
                m[i] += prior.weights()[j] * Math.exp(family.log(y[i], precision[i], prior.points()[j]));
            }
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int g = 0; g <= 20_000; g++) {
            final double at = low + (high - low) * g / 20_000;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += Math.exp(family.log(y[i], precision[i], at)) / m[i] / y.length;
            }
            largest = Math.max(largest, sum - 1);
        }
        return new double[] {largest, Arrays.stream(prior.weights()).sum()};
    }

    private static double bound(final UnitLikelihood family, final double[] y, final double[] precision,
        final boolean low) {
        double bound = family.location(y[0], precision[0]);
        for (int i = 1; i < y.length; i++) {
            final double at = family.location(y[i], precision[i]);
            bound = low ? Math.min(bound, at) : Math.max(bound, at);
        }
        return bound;
    }

    @Test
    void certificateHoldsOnAFineGridForEveryLikelihood() {
        final TestData pumps = TestData.read("pumps");
        final TestData rats = TestData.read("rattumor");
        final double[][] d = Fits.estimates(60, 4, 3);
        final double[][][] data = {d, {pumps.numbers("failures"), pumps.numbers("time")},
            {rats.numbers("tumors"), rats.numbers("rats")}};
        for (int f = 0; f < 3; f++) {
            final UnitLikelihood family = UnitLikelihood.values()[f];
            final NonparametricPrior prior = new NonparametricPrior(family,
                new PooledUnits(family, data[f][0], data[f][1], null), Progress.NONE);
            final double[] found = gridMaximum(family, data[f][0], data[f][1], prior);
            assertTrue(found[0] <= 1e-6, family + " " + found[0]);
            assertTrue(prior.certificate() <= 1e-6 && prior.certificate() >= found[0] - 1e-9, family.name());
            assertEquals(1, found[1], 1e-12);
        }
    }

    @Test
    void likelihoodIsAtLeastThatOfTheConjugatePriorAndOfTheTrueOne() {
        final double[][] d = Fits.counts(200, 8);
        final double free =
            Fits.statistic(Fits.of(settings(Family.POISSON_GAMMA), d[0], d[1]), "Log Likelihood").value();
        final double gamma = Fits.statistic(Fits.of(Fits.poisson(), d[0], d[1]), "Log Likelihood").value();
        assertTrue(free > gamma, free + " " + gamma);
    }

    @Test
    void twoFarClustersAreTwoPoints() {
        final double[] y = {0, 0.1, -0.1, 50, 50.2};
        final double[] se = {1, 1, 1, 1, 1};
        final UnitFit result = Fits.of(settings(Family.GAUSSIAN), y, se);
        assertEquals(0, Fits.parameter(result, "support point 1").estimate(), 1e-8);
        assertEquals(0.6, Fits.parameter(result, "probability 1").estimate(), 1e-8);
        assertEquals(50.1, Fits.parameter(result, "support point 2").estimate(), 1e-8);
        assertEquals(50.1, result.shrinkage(3).mean(), 1e-8);
        assertEquals(0.6 * 0.4 * 50.1 * 50.1, Fits.parameter(result, "tau2").estimate(), 1e-5);
    }

    @Test
    void similarUnitsArePooledCompletely() {
        final UnitFit result =
            Fits.of(settings(Family.BETA_BINOMIAL), new double[] {3, 3, 4}, 10, 10, 12);
        assertEquals(10 / 32.0, result.shrinkage(0).mean(), 1e-8);
        assertEquals(1, Fits.statistic(result, "Singular").value(), 0);
    }

    @Test
    void equalDataArePooledAndOrderDoesNotMatter() {
        final Sampler sampler = new Sampler(4);
        final double[] y = new double[3000];
        final double[] n = new double[3000];
        for (int i = 0; i < y.length; i++) {
            n[i] = 10;
            y[i] = sampler.binomial(10, i % 3 == 0 ? 0.7 : 0.2);
        }
        final PooledUnits pooled = new PooledUnits(UnitLikelihood.BINOMIAL, y, n, null);
        assertTrue(pooled.size() <= 11);
        final UnitFit one = Fits.of(settings(Family.BETA_BINOMIAL), y, n);
        final double[] reversed = new double[y.length];
        Arrays.setAll(reversed, i -> y[y.length - 1 - i]);
        final UnitFit other = Fits.of(settings(Family.BETA_BINOMIAL), reversed, n);
        assertEquals(Fits.statistic(one, "Log Likelihood").value(), Fits.statistic(other, "Log Likelihood").value(),
            1e-8);
        assertEquals(one.shrinkage(5).mean(), other.shrinkage(y.length - 6).mean(), 1e-12);
    }

    @Test
    void widelyDifferentStandardErrorsAreHandledUpToTenThousandAndRefusedBeyond() {
        final double[] y = {0, 1, 0.5, -0.7, 30};
        final UnitFit result =
            Fits.of(settings(Family.GAUSSIAN), y, 1e-3, 1, 1, 1e-3, 10);
        assertTrue(Fits.statistic(result, "Gradient").value() <= 1e-6);
        final ModelException error = assertThrows(ModelException.class,
            () -> Fits.of(settings(Family.GAUSSIAN), y, 1e-4, 1, 1, 1e-3, 10));
        assertTrue(error.getMessage().contains("factor of 1.00e+05"), error.getMessage());
    }

    @Test
    void noEventsAtAllAreAPointAtZero() {
        for (final PosteriorVariance variance : new PosteriorVariance[] {PosteriorVariance.NAIVE,
            PosteriorVariance.BOOTSTRAP}) {
            final UnitFit result = Fits.of(settings(Family.POISSON_GAMMA).posteriorVariance(variance)
                .threshold(0.1).simulation(1, 5), new double[] {0, 0, 0}, 1, 2, 3);
            assertEquals(0, result.shrinkage(0).mean(), 0);
            assertEquals(0, result.shrinkage(0).upper(), 0);
            assertEquals(0, result.shrinkage(0).exceedance(), 0);
        }
    }

    @Test
    void estimatesFarFromZeroEndTheGrid() {
        final UnitFit result =
            Fits.of(settings(Family.GAUSSIAN), new double[] {1e9, 1e9 + 1e-6, 1e9}, 1e-7, 1e-7, 1e-7);
        assertTrue(result.shrinkage(0).mean() >= 1e9 && result.shrinkage(0).mean() <= 1e9 + 1e-6);
    }

    @Test
    void bootstrapAddsToTheDiscretePosteriors() {
        final double[][] d = Fits.estimates(40, 4, 9);
        final UnitFit naive = Fits.of(settings(Family.GAUSSIAN), d[0], d[1]);
        final UnitFit boot = Fits.of(settings(Family.GAUSSIAN).posteriorVariance(
            PosteriorVariance.BOOTSTRAP).simulation(1, 40), d[0], d[1]);
        double sum = 0;
        for (int i = 0; i < 40; i++) {
            assertEquals(naive.shrinkage(i).mean(), boot.shrinkage(i).mean(), 1e-12);
            sum += Math.log(boot.shrinkage(i).stdDeviation() / naive.shrinkage(i).stdDeviation());
        }
        assertTrue(sum > 0);
        assertThrows(ModelException.class,
            () -> settings(Family.GAUSSIAN).posteriorVariance(PosteriorVariance.KASS_STEFFEY).build());
        assertThrows(ModelException.class, () -> settings(Family.GAUSSIAN).estimator(PriorEstimator.REML).build());
    }
}
