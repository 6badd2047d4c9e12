package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Robbins and Tweedie estimates, and intervals of units' own estimates, against Efron and Hastie (2016) Computer Age
 * Statistical Inference, table 6.1 (claims of 9461 insurance policies), and R: glm(n ~ poly(x, 5), poisson), poisson.test,
 * binom.test.
 */
class MarginalEstimatesTest {
    private static final double[] POLICIES = {7840, 1317, 239, 42, 14, 4, 4, 1};
    private static final double[] CLAIMS = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final double[] Y = {-2.64, -2.24, -2.06, -1.78, -1.75, -1.59, -1.53, -1.52, -1.48, -1.32, -1.17, -1.03,
        -0.96, -0.84, -0.79, -0.78, -0.76, -0.72, -0.65, -0.48, -0.47, -0.45, -0.38, -0.26, -0.23, -0.1, -0.1, 0.02, 0.06,
        0.17, 0.17, 0.24, 0.24, 0.28, 0.3, 0.32, 0.32, 0.32, 0.41, 0.42, 0.43, 0.44, 0.47, 0.56, 0.7, 0.77, 0.82, 0.85,
        0.89, 1.13, 1.21, 1.23, 1.23, 1.24, 1.39, 1.4, 1.51, 1.58, 1.72, 1.72, 1.77, 1.85, 1.92, 2.05, 2.1, 2.11, 2.2,
        2.28, 2.3, 2.3, 2.62, 2.93, 2.94, 2.95, 2.97, 3.26, 3.3, 3.37, 3.84, 3.9, 4.4, 4.48, 4.64, 4.67, 4.74, 4.77, 4.85,
        5.5, 5.85, 7.04};

    private static Units tabulated(final double[] y, final double[] n, final double[] frequency) {
        return new Units("unit", i -> "u" + i, y, n, MeanDesign.INTERCEPT, null, frequency);
    }

    private static double[] filled(final int k, final double value) {
        final double[] x = new double[k];
        Arrays.fill(x, value);
        return x;
    }

    @Test
    void claimsOfInsurancePolicies() {
        final Warnings warnings = new Warnings();
        final UnitFit result = Fits.of(Fits.poisson().marginal(MarginalSource.OBSERVED),
            tabulated(CLAIMS, filled(8, 1), POLICIES), warnings);
        final double[] robbins = {.168, .363, .527, 1.33, 1.43, 6.00, 1.75};
        final double[] gamma = {.164, .398, .633, .87, 1.10, 1.34, 1.57};
        for (int i = 0; i < 7; i++) {
            assertEquals(robbins[i], result.shrinkage(i).marginalMean(), i == 3 ? 0.006 : 0.0051);
            assertEquals(gamma[i], result.shrinkage(i).mean(), 0.006);
        }
        assertEquals(0, result.shrinkage(7).marginalMean(), 0);
        assertEquals(0.701512351862, Fits.parameter(result, "shape").estimate(), 1e-5); // R's optim stops there
        assertEquals(2028 / 9461.0, result.tables().fixedEffects().get(0).estimate(), 1e-12);
        assertEquals(5348.03995956, -Fits.statistic(result, "Log Likelihood").value(), 1e-7);
        assertEquals(9461, Fits.statistic(result, "Levels of unit").value(), 0);
        assertTrue(String.join(" ", warnings.list()).contains("Robbins estimates take no prior for granted"));
    }

    @Test
    void smoothedCountsAgreeWithPoissonRegression() {
        final UnitFit result = Fits.of(Fits.poisson().marginal(MarginalSource.SMOOTHED),
            tabulated(CLAIMS, filled(8, 2), POLICIES), new Warnings());
        final double[] mean = {0.168047928679, 0.360623813139, 0.560530345258, 1.048154845352, 2.326229778665,
            3.917415262227, 2.112532318803, 0.102237366688};
        final double[] error = {0.00499710587163, 0.02445234809413, 0.06347840218674, 0.13603310607692, 0.52574801009836,
            1.23197780654864, 2.07724595108483, 0.39550266341248};
        for (int i = 0; i < 8; i++) {
            final ShrinkageRow row = result.shrinkage(i);
            assertEquals(mean[i] / 2, row.marginalMean(), 1e-7 * mean[i]);
            assertEquals(error[i] / 2, row.marginalStdError(), 1e-7 * error[i]);
        }
        assertTrue(Fits.statistic(result, "Marginal Distribution").note().contains("degree 5"));
    }

    @Test
    void tweedieAgreesWithPoissonRegressionOnCells() {
        final UnitFit result =
            Fits.of(Fits.gaussian().marginal(MarginalSource.SMOOTHED), Y, filled(90, 1));
        final double[][] expected =
            {{0, -1.07795017138, 1.64351237112}, {29, 0.20063237166, 0.165097416391}, {89, 6.14978576006, 2.33418855619}};
        for (final double[] row : expected) {
            assertEquals(row[1], result.shrinkage((int) row[0]).marginalMean(), 1e-7);
            assertEquals(row[2], result.shrinkage((int) row[0]).marginalStdError(), 1e-6);
        }
        // shifted and scaled; cells go with the data
        final double[] moved = Arrays.stream(Y).map(y -> 1e3 + 64 * y).toArray();
        final UnitFit other =
            Fits.of(Fits.gaussian().marginal(MarginalSource.SMOOTHED), moved, filled(90, 64));
        assertEquals(1e3 + 64 * 0.20063237166, other.shrinkage(29).marginalMean(), 1e-5);
        assertTrue(Double.isNaN(Fits.of(Fits.gaussian(), Y, filled(90, 1)).shrinkage(0).marginalMean()));
    }

    @Test
    void tabulatedCountsAreTheSameAsOneRowEach() {
        final double[] frequency = {12, 5, 0, 3, 1, 2};
        final double[] y = {0, 1, 3, 2, 4, 1};
        final double[] n = {4, 4, 4, 4, 4, 7};
        final double[] all = new double[23];
        final double[] sizes = new double[23];
        int next = 0;
        final int[] first = new int[6];
        for (int i = 0; i < 6; i++) {
            first[i] = next;
            for (int j = 0; j < frequency[i]; j++) {
                all[next] = y[i];
                sizes[next++] = n[i];
            }
        }
        for (final EmpiricalBayesSettings.Builder settings : new EmpiricalBayesSettings.Builder[] {Fits.poisson(),
            Fits.binomial(), Fits.poisson().estimator(PriorEstimator.MOMENTS), Fits.binomial().estimator(PriorEstimator.MOMENTS),
            Fits.poisson().prior(EmpiricalBayesSettings.Prior.NONPARAMETRIC)}) {
            final UnitFit table = Fits.of(settings, tabulated(y, n, frequency), new Warnings());
            final UnitFit rows = Fits.of(settings, all, sizes);
            for (int i = 0; i < 6; i++) {
                if (frequency[i] > 0) {
                    assertEquals(rows.shrinkage(first[i]).mean(), table.shrinkage(i).mean(), 1e-9);
                    assertEquals(rows.shrinkage(first[i]).stdDeviation(), table.shrinkage(i).stdDeviation(), 1e-8);
                }
            }
            for (int j = 0; j < rows.tables().covarianceParameters().size(); j++) {
                assertEquals(rows.tables().covarianceParameters().get(j).estimate(),
                    table.tables().covarianceParameters().get(j).estimate(), 1e-8);
                assertEquals(rows.tables().covarianceParameters().get(j).upper(),
                    table.tables().covarianceParameters().get(j).upper(), 1e-6);
            }
            assertEquals(rows.tables().fixedEffects().get(0).naiveStdError(),
                table.tables().fixedEffects().get(0).naiveStdError(), 1e-12);
            for (final String name : new String[] {"-2 Log Likelihood", "AICc", "BIC", "Q", "I2", "Random unit",
                "Prediction Interval Upper"}) {
                assertEquals(Fits.statistic(rows, name).value(), Fits.statistic(table, name).value(), 1e-7, name);
                assertEquals(Fits.statistic(rows, name).numDf(), Fits.statistic(table, name).numDf(), 0, name);
            }
        }
    }

    @Test
    void aBootstrapOfTabulatedCountsDrawsAllUnits() {
        final UnitFit table = Fits.of(Fits.poisson().posteriorVariance(PosteriorVariance.BOOTSTRAP)
            .simulation(7, 50), tabulated(CLAIMS, filled(8, 1), POLICIES), new Warnings());
        final UnitFit first =
            Fits.of(Fits.poisson(), tabulated(CLAIMS, filled(8, 1), POLICIES), new Warnings());
        // 9461 units leave little doubt of the prior: both corrections are small
        assertEquals(first.shrinkage(3).stdDeviation(), table.shrinkage(3).stdDeviation(), 0.01);
    }

    @Test
    void intervalsOfOwnEstimatesAreExactForCounts() {
        final UnitFit counts = Fits.of(Fits.poisson(), new double[] {3, 0, 9}, 2, 2, 3);
        assertEquals(0.309336061448, counts.shrinkage(0).observedLower(), 1e-10);
        assertEquals(4.383636534871, counts.shrinkage(0).observedUpper(), 1e-10);
        assertEquals(0, counts.shrinkage(1).observedLower(), 0);
        assertEquals(1.84443972706, counts.shrinkage(1).observedUpper(), 1e-10);
        final UnitFit successes = Fits.of(Fits.binomial(), new double[] {2, 9, 4}, 9, 9, 9);
        assertEquals(0.0281449734779, successes.shrinkage(0).observedLower(), 1e-11);
        assertEquals(0.6000935737163, successes.shrinkage(0).observedUpper(), 1e-11);
        assertEquals(0.66373288312, successes.shrinkage(1).observedLower(), 1e-11);
        assertEquals(1, successes.shrinkage(1).observedUpper(), 0);
        final UnitFit normal = Fits.of(Fits.gaussian(), new double[] {1, 2, 5}, 0.5, 1, 1);
        assertEquals(1 - 0.5 * 1.959963984540054, normal.shrinkage(0).observedLower(), 1e-12);
    }

    @Test
    void whatHasNoMarginalDistributionIsRefusedInWords() {
        refused("same exposure", Fits.poisson().marginal(MarginalSource.OBSERVED), 1, 2, 3);
        refused("same standard error", Fits.gaussian().marginal(MarginalSource.SMOOTHED), 1, 2, 3);
        refused("different value", Fits.poisson().marginal(MarginalSource.SMOOTHED), 1, 1, 1);
        assertThrows(ModelException.class, () -> Fits.binomial().marginal(MarginalSource.SMOOTHED).build());
        assertThrows(ModelException.class, () -> Fits.gaussian().marginal(MarginalSource.OBSERVED).build());
        assertTrue(assertThrows(ModelException.class, () -> Fits.of(Fits.poisson(),
            tabulated(new double[] {1, 2}, new double[] {1, 1}, new double[] {1, 1.5}), new Warnings())).getMessage()
            .contains("frequency is 1.5"));
        assertTrue(assertThrows(ModelException.class, () -> Fits.of(Fits.poisson().ranks(true),
            tabulated(new double[] {1, 2}, new double[] {1, 1}, new double[] {1, 2}), new Warnings())).getMessage()
            .contains("ranks"));
    }

    private static void refused(final String part, final EmpiricalBayesSettings.Builder settings,
        final double... precision) {
        final String message = assertThrows(ModelException.class,
            () -> Fits.of(settings, new double[] {1, 2, 1}, precision)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
