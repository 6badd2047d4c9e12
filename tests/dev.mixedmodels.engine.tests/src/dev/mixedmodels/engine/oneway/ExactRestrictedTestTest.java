package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.testing.Golden;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;

class ExactRestrictedTestTest {
    private static final int[] SIZES = {1, 1, 3, 3, 3, 8, 20, 21, 2};

    private static double p(final Rows rows, final double statistic, final double ratio) {
        return ExactRestrictedTest.test(rows.classes(), Fixtures.anova(rows.statistics()), statistic, ratio, 1,
            Progress.NONE).p();
    }

    @Test
    void eigenvaluesEqualThoseOfTheDenseMatrix() {
        final Rows rows = Fixtures.simulate(new Random(1), SIZES, 1, 1);
        final double total = Arrays.stream(SIZES).sum();
        final double[][] matrix = new double[SIZES.length][SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            for (int j = 0; j < SIZES.length; j++) {
                matrix[i][j] = (i == j ? SIZES[i] : 0) - SIZES[i] * SIZES[j] / total;
            }
        }
        final double[] dense = new EigenDecomposition(new Array2DRowRealMatrix(matrix)).getRealEigenvalues();
        Arrays.sort(dense);
        final BetweenEigenvalues eigenvalues = BetweenEigenvalues.of(rows.classes(), Progress.NONE);
        int at = 1; // the first is 0
        for (int s = 0; s < eigenvalues.value().length; s++) {
            for (int i = 0; i < eigenvalues.multiplicity()[s]; i++) {
                assertRelative(dense[at++], eigenvalues.value()[s], 1e-11, "eigenvalue");
            }
        }
        assertEquals(SIZES.length, at);
    }

    /** Tail probabilities of the statistic simulated from the model itself: another route than the distribution. */
    @Test
    void agreesWithStatisticsOfSimulatedData() {
        final Random random = new Random(2);
        final int[] sizes = {1, 2, 2, 9, 30};
        final int simulations = 20_000;
        final double[] statistics = new double[simulations];
        for (int i = 0; i < simulations; i++) {
            statistics[i] = new LikelihoodEstimator(Fixtures.simulate(random, sizes, 0, 1).classes(), true).estimate()
                .likelihoodRatio();
        }
        final Rows rows = Fixtures.simulate(random, sizes, 0, 1);
        for (final double t : new double[] {1e-9, 0.1, 1, 2.7, 5}) {
            final double simulated = Arrays.stream(statistics).filter(s -> s >= t).count() / (double) simulations;
            assertEquals(simulated, p(rows, t, 1), 4 * Math.sqrt(simulated * (1 - simulated) / simulations)
                + 0.016 * simulated, "P(T >= " + t + ")");
        }
    }

    @Test
    void agreesWithTheSimulatedNullDistributionOfTheReference() {
        final Golden reference = Golden.read("oneway_pastes_unbalanced_reml").at("exact_null");
        final Rows rows = Fixtures.unbalanced();
        // P(T = 0) and quantiles from a million simulated values
        assertEquals(1 - reference.at("prob_zero").number(), p(rows, 1e-10, 1), 4 * 0.0005 + 0.016 * 0.45);
        for (final String[] quantile : new String[][] {{"q90", "0.1"}, {"q95", "0.05"}, {"q99", "0.01"}}) {
            final double tail = Double.parseDouble(quantile[1]);
            // 4 errors of an empirical tail and of ours
            assertEquals(tail, p(rows, reference.at("quantiles", quantile[0]).number(), 1),
                4 * Math.sqrt(tail * (1 - tail) / 1e6) + 0.016 * tail);
        }
    }

    @Test
    void nearlyEqualSizesComeCloseToTheFTestOfEqualSizes() {
        final int[] sizes = new int[12];
        Arrays.fill(sizes, 50);
        final Rows balanced = Fixtures.simulate(new Random(3), sizes, 0.4, 1);
        sizes[0] = 51;
        final Rows unbalanced = Fixtures.simulate(new Random(3), sizes, 0.4, 1);
        final VarianceEstimates e = new LikelihoodEstimator(balanced.classes(), true).estimate();
        final double exact = p(balanced, e.likelihoodRatio(), e.sigma2() / e.tau2());
        final AnovaTable table = Fixtures.anova(balanced.statistics());
        assertEquals(Tail.f(table.f(), 11, 588), exact);
        assertEquals(Math.log(exact), Math.log(p(unbalanced, e.likelihoodRatio(), e.sigma2() / e.tau2())), 0.02);
    }

    @Test
    void theStatisticZeroHasProbabilityOneAndHugeOnesKeepTheirDigits() {
        final Rows rows = Fixtures.simulate(new Random(4), SIZES, 300, 1);
        assertEquals(1.0, p(rows, 0, 0));
        final VarianceEstimates e = new LikelihoodEstimator(rows.classes(), true).estimate();
        final ExactRestrictedTest.Result result = ExactRestrictedTest.test(rows.classes(),
            Fixtures.anova(rows.statistics()), e.likelihoodRatio(), e.sigma2() / e.tau2(), 1, Progress.NONE);
        assertTrue(result.p() > 0 && result.p() < 1e-30, "p " + result.p());
        assertTrue(result.standardError() < 0.05 * result.p(), "error " + result.standardError() / result.p());
        final ExactRestrictedTest.Result again = ExactRestrictedTest.test(rows.classes(),
            Fixtures.anova(rows.statistics()), e.likelihoodRatio(), e.sigma2() / e.tau2(), 2, Progress.NONE);
        assertEquals(Math.log(result.p()), Math.log(again.p()), 0.05);
    }
}
