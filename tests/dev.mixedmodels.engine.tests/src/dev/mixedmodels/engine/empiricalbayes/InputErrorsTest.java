package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputErrorsTest {
    private static void refused(final String part, final EmpiricalBayesSettings.Builder settings, final double[] y,
        final double... precision) {
        final String message =
            assertThrows(ModelException.class, () -> Fits.of(settings, y, precision)).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void impossibleDataNameTheUnit() {
        refused("Unit \"u1\" (row \"2\"): the standard error is -2", Fits.gaussian(), new double[] {1, 2, 3}, 1, -2, 1);
        refused("the standard error is -1", Fits.gaussian(), new double[] {1, 2, 3}, 1, 1, -1);
        refused("standard error is infinite", Fits.gaussian(), new double[] {1, 2}, 1, Double.POSITIVE_INFINITY);
        refused("infinite", Fits.gaussian(), new double[] {1, Double.NEGATIVE_INFINITY}, 1, 1);
        refused("the count is 1.5", Fits.poisson(), new double[] {1.5, 2}, 1, 1);
        refused("the count is -1", Fits.poisson(), new double[] {-1, 2}, 1, 1);
        refused("the exposure is 0", Fits.poisson(), new double[] {1, 2}, 1, 0);
        refused("more successes (4) than trials (3)", Fits.binomial(), new double[] {1, 4}, 3, 3);
        refused("number of trials is 2.5", Fits.binomial(), new double[] {1, 2}, 3, 2.5);
        refused("number of trials is 0", Fits.binomial(), new double[] {1, 0}, 3, 0);
        refused("No unit has an observation", Fits.gaussian(), new double[] {Double.NaN}, 1);
    }

    @Test
    void dataWithoutAFiniteEstimateSaySo() {
        refused("All counts are 0", Fits.poisson(), new double[] {0, 0, 0}, 1, 2, 3);
        refused("no successes", Fits.binomial(), new double[] {0, 0}, 5, 6);
        refused("successes only", Fits.binomial(), new double[] {5, 6}, 5, 6);
        refused("one trial only", Fits.binomial(), new double[] {1, 0, 1}, 1, 1, 1);
        refused("largest value, 1", Fits.binomial(), new double[] {3, 0, 2}, 3, 1, 2);
        refused("one unit", Fits.poisson(), new double[] {4}, 1);
        refused("one unit", Fits.binomial(), new double[] {4}, 7);
        refused("from 1 unit", Fits.gaussian(), new double[] {4}, 7);
        refused("at least 4", Fits.gaussian().estimator(PriorEstimator.JAMES_STEIN), new double[] {4, 5, 6}, 1, 1, 1);
        refused("equal standard errors", Fits.gaussian().estimator(PriorEstimator.JAMES_STEIN), new double[] {4, 5, 6, 7},
            1, 1, 1, 2);
        refused("\"Morris\" needs at least 4", Fits.gaussian().posteriorVariance(PosteriorVariance.MORRIS),
            new double[] {4, 5, 6}, 1, 1, 1);
    }

    @Test
    void contradictorySettingsAreRefused() {
        assertThrows(ModelException.class, () -> Fits.gaussian().confidence(1).build());
        assertThrows(ModelException.class, () -> Fits.gaussian().confidence(Double.NaN).build());
        assertThrows(ModelException.class, () -> Fits.gaussian().estimator(PriorEstimator.MOMENTS).build());
        assertThrows(ModelException.class, () -> Fits.poisson().estimator(PriorEstimator.REML).build());
        assertThrows(ModelException.class, () -> Fits.poisson().posteriorVariance(PosteriorVariance.MORRIS).build());
        assertThrows(ModelException.class, () -> Fits.gaussian().estimator(PriorEstimator.GIVEN).build());
        assertThrows(ModelException.class, () -> Fits.gaussian().given(-1, 0).build());
        assertThrows(ModelException.class, () -> Fits.binomial().given(0.3, 0.5).build());
        assertThrows(ModelException.class, () -> Fits.poisson().given(0.3, -0.5).build());
    }

    @Test
    void fewUnitsAreFittedWithAWarning() {
        for (final int k : new int[] {2, 3}) {
            final Warnings warnings = new Warnings();
            final UnitFit result = Fits.of(Fits.gaussian(), Units.of("u", i -> "" + i,
                Arrays.copyOf(new double[] {1, 9, 4}, k), Arrays.copyOf(new double[] {1, 1, 1}, k)), warnings);
            assertTrue(warnings.list().get(0).contains("Kass-Steffey"));
            assertTrue(result.shrinkage(0).stdDeviation() > 0);
        }
        final UnitFit given = Fits.of(Fits.gaussian().given(2, Double.NaN), new double[] {5}, 1);
        assertEquals(5, given.shrinkage(0).mean(), 0);
        assertEquals(1, given.shrinkage(0).stdDeviation(), 1e-15); // nothing is known but the unit's own estimate
    }

    @Test
    void repeatedUnitsAreWarnedAbout() {
        final Warnings warnings = new Warnings();
        Fits.of(Fits.gaussian(), Units.of("u", i -> i < 2 ? "same, \"quoted\"" : "" + i, new double[] {1, 5, 9, 4},
            new double[] {1, 1, 1, 1}), warnings);
        assertTrue(warnings.list().stream().anyMatch(w -> w.contains("same, \"quoted\"")));
    }

    @Test
    void extremeExposuresAndCountsAreFitted() {
        final double[] counts = {0, 1e9, 2, 900, 1_100_000};
        final double[] exposures = {1e-6, 1e9, 1, 1e3, 1e6};
        finite(Fits.of(Fits.poisson(), counts, exposures));
        finite(Fits.of(Fits.poisson().estimator(PriorEstimator.MOMENTS), counts, exposures));
        finite(Fits.of(Fits.poisson(), new double[] {0, 1e9}, 1, 1));
        finite(Fits.of(Fits.poisson(), new double[] {1, 0, 0}, 1e-6, 1e9, 1));
        finite(Fits.of(Fits.binomial(), new double[] {4e8, 4.1e8, 2, 450}, 1e9, 1e9, 5, 1000));
        finite(Fits.of(Fits.binomial(), new double[] {0, 1, 0, 1e9 - 1}, 1e9, 1e9, 5, 1e9));
    }

    @Test
    void standardErrorsOverSixteenDecadesAreFitted() {
        final double[] y = {1, 2, 3, -1, 5e7};
        final double[] se = {1e-8, 1, 1e-3, 1e2, 1e8};
        for (final PriorEstimator estimator : PriorEstimator.values()) {
            if (estimator.fits(Family.GAUSSIAN) && estimator != PriorEstimator.GIVEN
                && estimator != PriorEstimator.JAMES_STEIN) {
                finite(Fits.of(Fits.gaussian().estimator(estimator), y, se));
            }
        }
        final UnitFit pooled = Fits.of(Fits.gaussian().given(0, Double.NaN), y, se);
        // 1e-16 each for the others: weights 1, 1e-6, 1e-4 and 1e-16 over 1e16
        assertEquals(1 + (1 + 2e6 - 2e-4) * 1e-16, pooled.shrinkage(0).mean(), 1e-15);
        assertEquals(1e-8, pooled.shrinkage(0).stdDeviation(), 1e-17);
    }

    private static void finite(final UnitFit result) {
        for (int i = 0; i < result.rows(); i++) {
            final ShrinkageRow row = result.shrinkage(i);
            assertTrue(Double.isFinite(row.mean()) && row.stdDeviation() >= 0 && row.lower() <= row.upper()
                && row.shrinkage() >= 0 && row.shrinkage() <= 1, row.toString());
        }
        assertTrue(Fits.parameter(result, "tau2").upper() >= Fits.parameter(result, "tau2").lower());
    }

    @Test
    void prasadRaoIsRefusedWhereItIsNotKnown() {
        final double[][] d = Fits.estimates(25, 1, 11);
        assertTrue(assertThrows(ModelException.class, () -> Fits.of(Fits.gaussian().estimator(
            PriorEstimator.SIDIK_JONKMAN).posteriorVariance(PosteriorVariance.PRASAD_RAO), d[0], d[1])).getMessage()
            .contains("Sidik-Jonkman"));
        Fits.of(Fits.gaussian().estimator(PriorEstimator.HEDGES).posteriorVariance(PosteriorVariance.PRASAD_RAO), d[0],
            d[1]);
    }
}
