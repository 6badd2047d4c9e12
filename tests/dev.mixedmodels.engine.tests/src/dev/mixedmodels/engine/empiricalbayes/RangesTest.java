package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Statistics where they have no value, or not the one they seem to have. */
class RangesTest {
    private static final double[] FAILURES = {5, 1, 5, 14, 3, 19, 1, 1, 4, 22};
    private static final double[] TIMES = {94.32, 15.72, 62.88, 125.76, 5.24, 31.44, 1.048, 1.048, 2.096, 10.48};

    private static Units units(final double[] y, final double[] precision) {
        return Units.of("pump", i -> "" + i, y, precision);
    }

    @Test
    void anIntervalThatDoesNotHoldItsEstimateIsSaid() {
        final Warnings warnings = new Warnings();
        final UnitFit result = Fits.of(Fits.poisson().estimator(PriorEstimator.MOMENTS).confidence(0.9),
            units(FAILURES, TIMES), warnings);
        final CovarianceParameterRow tau2 = Fits.parameter(result, "tau2");
        // Kleinman's estimate by hand: (sum n (x - m)^2 - (k - 1) m) / (N - sum n^2 / N)
        final double total = Arrays.stream(TIMES).sum();
        final double m = Arrays.stream(FAILURES).sum() / total;
        double squares = 0;
        double weight = total;
        for (int i = 0; i < 10; i++) {
            squares += TIMES[i] * Math.pow(FAILURES[i] / TIMES[i] - m, 2);
            weight -= TIMES[i] * TIMES[i] / total;
        }
        assertEquals((squares - 9 * m) / weight, tau2.estimate(), 1e-12);
        // Pearson's statistic at the bounds is the quantile
        assertEquals(Tail.chiSquareQuantile(0.05, 9), pearson(m, tau2.lower()), 1e-9);
        assertEquals(Tail.chiSquareQuantile(0.95, 9), pearson(m, tau2.upper()), 1e-9);
        assertTrue(tau2.estimate() < tau2.lower());
        assertTrue(warnings.list().stream().anyMatch(w -> w.startsWith("The interval of tau2 (and of the parameters "
            + "below it), 0.2653 to 1.498, does not hold the estimate, 0.2014")), warnings.list().toString());
        assertTrue(result.tables().modelFit().stream().anyMatch(r -> r.note().contains("does not hold")));
    }

    private static double pearson(final double m, final double tau2) {
        double weight = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 10; i++) {
            final double w = 1 / (m / TIMES[i] + tau2);
            final double x = FAILURES[i] / TIMES[i];
            weight += w;
            sum += w * x;
            squares += w * x * x;
        }
        return squares - sum * sum / weight;
    }

    @Test
    void everyEstimatorEitherHoldsItsEstimateOrSaysThatItDoesNot() {
        final double[] y = {1, 1.1, 0.9, 8, 1.05};
        final double[] se = {0.1, 0.1, 0.1, 30, 0.1};
        for (final PriorEstimator estimator : PriorEstimator.values()) {
            if (!estimator.fits(Family.GAUSSIAN) || estimator == PriorEstimator.GIVEN
                || estimator == PriorEstimator.JAMES_STEIN) {
                continue;
            }
            final Warnings warnings = new Warnings();
            final CovarianceParameterRow tau2 =
                Fits.parameter(Fits.of(Fits.gaussian().estimator(estimator), units(y, se), warnings), "tau2");
            final boolean holds = tau2.lower() <= tau2.estimate() && tau2.estimate() <= tau2.upper();
            assertEquals(!holds, warnings.list().stream().anyMatch(w -> w.startsWith("The interval of tau2")),
                estimator + " " + warnings.list());
            if (estimator == PriorEstimator.SIDIK_JONKMAN) {
                assertTrue(!holds && tau2.upper() < tau2.estimate());
            }
        }
    }

    @Test
    void oneUnitTellsNothingOfHeterogeneity() {
        for (final EmpiricalBayesSettings.Builder settings : Arrays.asList(Fits.gaussian(), Fits.poisson(),
            Fits.binomial())) {
            final UnitFit result = Fits.of(settings.given(0.01, Double.NaN), new double[] {3}, 7);
            for (final String statistic : new String[] {"I2", "H2", "Typical Sampling Variance"}) {
                assertEquals(Double.NaN, Fits.statistic(result, statistic).value(), statistic);
            }
            assertEquals(Double.NaN, Fits.parameter(result, "tau2").share());
        }
    }

    @Test
    void estimatesWithoutDeviationHaveNoKnappHartungTest() {
        final Warnings warnings = new Warnings();
        final FixedEffectRow row = Fits.of(Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG),
            units(new double[] {2.1, 2.1, 2.1, 2.1, 2.1}, new double[] {1, 2, 1.5, 0.7, 1}), warnings).tables()
            .fixedEffects().get(0);
        assertEquals(2.1, row.estimate());
        assertEquals(0, row.stdError());
        assertEquals(Double.NaN, row.t());
        assertEquals(Double.NaN, row.pValue());
        assertTrue(warnings.list().stream().anyMatch(w -> w.contains("Knapp-Hartung standard errors are 0")));
        final Warnings one = new Warnings();
        final FixedEffectRow alone = Fits.of(Fits.gaussian().given(1, Double.NaN).dfMethod(DfMethod.KNAPP_HARTUNG),
            units(new double[] {2}, new double[] {1}), one).tables().fixedEffects().get(0);
        assertEquals(Double.NaN, alone.df());
        assertEquals(Double.NaN, alone.stdError());
        assertTrue(one.list().stream().anyMatch(w -> w.contains("as many coefficients as units")));
    }

    /** Some of the samples have zeros only; a unit with events cannot be under their prior. */
    @Test
    void bootstrapOfANonparametricPriorKeepsUnitsThatItsSamplesExclude() {
        final UnitFit result = Fits.of(Fits.binomial().prior(Prior.NONPARAMETRIC)
            .posteriorVariance(PosteriorVariance.BOOTSTRAP).simulation(1, 50), new double[] {1, 0, 0}, 4, 5, 6);
        for (int i = 0; i < 3; i++) {
            assertTrue(result.shrinkage(i).stdDeviation() > 0, result.shrinkage(i).toString());
        }
    }

    /** With tau2 = 0 and weights 1 / V the bias of Paule-Mandel's moments exceeds what it is subtracted from. */
    @Test
    void prasadRaoSubtractsNoMoreThanThereIs() {
        final double[] y = new double[12];
        final double[] se = new double[12];
        Arrays.fill(y, 4);
        Arrays.fill(se, 10);
        se[0] = 0.1;
        final Warnings warnings = new Warnings();
        final UnitFit result = Fits.of(Fits.gaussian().estimator(PriorEstimator.PAULE_MANDEL)
            .posteriorVariance(PosteriorVariance.PRASAD_RAO), units(y, se), warnings);
        final double sum = 100 + 11 * 0.01;
        final double squares = 1e4 + 11 * 1e-4;
        final double bias = 2 * (12 * squares - sum * sum) / (sum * sum * sum);
        final double variance = 2 * 12 / (sum * sum);
        assertEquals(Math.sqrt(1 / sum + 2 * variance / 0.01 - bias), result.shrinkage(0).stdDeviation(), 1e-12);
        assertTrue(2 * variance / 100 < bias);
        assertEquals(Math.sqrt(1 / sum), result.shrinkage(1).stdDeviation(), 1e-12);
        assertTrue(warnings.list().stream().anyMatch(w -> w.contains("for 11 units")), warnings.list().toString());
    }
}
