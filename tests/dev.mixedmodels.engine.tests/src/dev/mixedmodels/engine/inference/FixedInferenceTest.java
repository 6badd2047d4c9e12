package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import org.junit.jupiter.api.Test;

/**
 * Degrees of freedom in a model with exact F tests: p uncorrelated means, each with variance s / n, s estimated with r
 * degrees of freedom. One covariance parameter s, V = s I, its estimate has variance 2 s^2 / r.
 */
class FixedInferenceTest {
    private static final double S = 3.7;
    private static final double N = 11;
    private static final double R = 17;
    private static final double[] BETA = {1, -2, 0.5};
    private static final double[][] L = {{1, -1, 0}, {0, 1, -1}, {1, 0, -1}}; // the third row is the sum of the others

    private static double[][] diagonal(final double value) {
        return new double[][] {{value, 0, 0}, {0, value, 0}, {0, 0, value}};
    }

    private static FixedInference satterthwaite() {
        return new Satterthwaite(BETA, diagonal(S / N), new double[][][] {diagonal(1 / N)},
            new double[][] {{2 * S * S / R}});
    }

    private static FixedInference kenwardRoger() {
        // X'V^-1 X = N / s I: P = -N / s^2 I, Q = N / s^3 I, so Q - P phi P = 0
        return new KenwardRoger(BETA, diagonal(S / N), new double[][][] {diagonal(-N / (S * S))},
            new double[][][][] {{diagonal(N / (S * S * S))}}, null, new double[][] {{2 * S * S / R}});
    }

    @Test
    void bothMethodsGiveTheExactDegreesOfFreedom() {
        for (final FixedInference inference : new FixedInference[] {satterthwaite(), kenwardRoger(),
            new ConstantDf(BETA, diagonal(S / N), R)}) {
            assertEquals(R, inference.df(new double[] {0.3, -1, 2}), 1e-12 * R);
            final FTest test = inference.test(L);
            // mean square between the three means over s
            final double mean = (BETA[0] + BETA[1] + BETA[2]) / 3;
            double between = 0;
            for (final double b : BETA) {
                between += N * (b - mean) * (b - mean);
            }
            assertEquals(2, test.numDf());
            assertEquals(between / 2 / S, test.f(), 1e-12);
            assertEquals(R, test.denDf(), 1e-9);
            assertEquals(Tail.f(test.f(), 2, test.denDf()), test.pValue());
            assertEquals(S / N, inference.covariance()[1][1], 1e-15);
            assertSame(FTest.NONE, inference.test(new double[0][]));
        }
    }

    @Test
    void anFTestWithOneRowIsTheSquareOfT() {
        for (final FixedInference inference : new FixedInference[] {satterthwaite(), kenwardRoger()}) {
            final double[] l = {1, -1, 0};
            final Contrast contrast = Contrast.of(inference, l, 0.9);
            final FTest test = inference.test(new double[][] {l});
            assertEquals(contrast.t() * contrast.t(), test.f(), 1e-12);
            assertEquals(contrast.pValue(), test.pValue(), 1e-12 * test.pValue());
            final double half = (contrast.upper() - contrast.lower()) / 2;
            assertEquals(0.1, Tail.tTwoSided(half / contrast.stdError(), contrast.df()), 1e-12);
        }
    }

    @Test
    void severalRowsWithDifferentDegreesOfFreedomFollowFaiAndCornelius() {
        // two variances with 5 and 9 degrees of freedom, each belonging to one coefficient
        final double[][] phi = {{2, 0}, {0, 3}};
        final FixedInference inference = new Satterthwaite(new double[] {2, 3}, phi,
            new double[][][] {{{1, 0}, {0, 0}}, {{0, 0}, {0, 1}}},
            new double[][] {{2 * 4 / 5.0, 0}, {0, 2 * 9 / 9.0}});
        assertEquals(5, inference.df(new double[] {1, 0}), 1e-12);
        assertEquals(9, inference.df(new double[] {0, 1}), 1e-12);
        final FTest test = inference.test(new double[][] {{1, 0}, {0, 1}});
        assertEquals((4 / 2.0 + 9 / 3.0) / 2, test.f(), 1e-12);
        final double e = 5 / 3.0 + 9 / 7.0;
        assertEquals(2 * e / (e - 2), test.denDf(), 1e-9);
    }

    @Test
    void kenwardRogerAdjustsTheCovarianceOfAWeightedMean() {
        // two groups, means with variances a and b, weighted mean: phi = ab / (a + b); bias by hand from the formula
        final double a = 2;
        final double b = 5;
        final double wa = 0.8;
        final double wb = 3.1;
        final double phi = a * b / (a + b);
        final KenwardRoger kr = new KenwardRoger(new double[] {1}, new double[][] {{phi}},
            new double[][][] {{{-1 / (a * a)}}, {{-1 / (b * b)}}},
            new double[][][][] {{{{1 / (a * a * a)}}, null}, {{{0}}, {{1 / (b * b * b)}}}}, null,
            new double[][] {{wa, 0}, {0, wb}});
        final double inner = wa * (1 / Math.pow(a, 3) - phi / Math.pow(a, 4))
            + wb * (1 / Math.pow(b, 3) - phi / Math.pow(b, 4));
        assertEquals(phi + 2 * phi * phi * inner, kr.covariance()[0][0], 1e-14);
        final double da = phi * phi / (a * a);
        final double db = phi * phi / (b * b);
        assertEquals(2 * phi * phi / (wa * da * da + wb * db * db), kr.df(new double[] {-1}), 1e-12);
    }

    /** Sums of w_kl Q_kl below those of w_kl P_k phi P_l take more than all of the variance away. */
    @Test
    void kenwardRogersAdjustmentThatLeavesNoVarianceIsLeftOut() {
        final Warnings warnings = new Warnings();
        final KenwardRoger kr = new KenwardRoger(new double[] {3}, new double[][] {{4}}, new double[][][] {{{-1}}},
            new double[][] {{0.1}}, new double[][] {{1}});
        assertEquals(4 + 2 * 16 * (0.1 - 4), kr.covariance()[0][0], 1e-12);
        final FixedInference instead = kr.orUnadjusted(warnings);
        assertEquals(4, instead.covariance()[0][0]);
        assertEquals(Double.NaN, instead.df(new double[] {1}));
        assertEquals(1, warnings.list().size());
        assertTrue(warnings.list().get(0).contains("no positive variances"));
        final KenwardRoger usual = new KenwardRoger(new double[] {3}, new double[][] {{4}}, new double[][][] {{{-1}}},
            new double[][] {{5}}, new double[][] {{1}});
        assertSame(usual, usual.orUnadjusted(warnings));
    }

    @Test
    void infiniteDegreesOfFreedomGiveTheChiSquareTest() {
        final FTest test = new ConstantDf(BETA, Matrices.copy(diagonal(S / N)), Double.POSITIVE_INFINITY).test(L);
        assertEquals(Tail.chiSquare(2 * test.f(), 2), test.pValue(), 1e-15);
    }
}
