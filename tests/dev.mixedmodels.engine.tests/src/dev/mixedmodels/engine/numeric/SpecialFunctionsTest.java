package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

/** Expected values of extreme cases: mpmath with 50 digits. */
class SpecialFunctionsTest {
    private static final double[] SHAPES = {1e-6, 0.02, 0.5, 1, 3.7, 20, 300, 9_999, 10_001, 2e5, 1e9, 1e14};
    private static final double[] PROBABILITIES = {1e-12, 0.005, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999};

    @Test
    void stirlingRemainderCompletesTheLogGammaFunction() {
        for (double z = 1e-9; z < 100; z *= 1.7) {
            final double leading = (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI);
            final double expected = Gamma.logGamma(z);
            assertEquals(expected, leading + Stirling.remainder(z), 4e-15 * Math.max(1, Math.abs(expected)), "z " + z);
        }
        assertEquals(8.3333333333333330556e-10, Stirling.remainder(1e8), 1e-24);
    }

    @Test
    void derivativeOfTheRemainderCompletesTheDigammaFunction() {
        final double[][] digamma = {{1e-6, -1000000.57721401997}, {0.001, -1000.5755719318103},
            {0.3, -3.50252422220013299}, {1, -0.577215664901532861}, {2.5, 0.703156640645243187},
            {11.9, 2.43393353688253745},
            {12.1, 2.45131434817433726}, {77, 4.33729786038835659}, {1e7, 16.118095600958319}};
        for (final double[] d : digamma) {
            assertEquals(d[1], Math.log(d[0]) - 0.5 / d[0] + Stirling.scaledDerivative(d[0]) / d[0] / d[0],
                2e-15 * Math.max(1, Math.abs(d[1])), "z " + d[0]);
        }
    }

    @Test
    void factorialPartIsExactForSmallNumbers() {
        assertEquals(0, Stirling.factorial(0), 0);
        assertEquals(Math.log(3_628_800), Stirling.factorial(10) + 10 * Math.log(10) - 10, 1e-14);
    }

    @Test
    void devianceKeepsItsDigitsWhereItsArgumentsAreClose() {
        assertEquals(5e-10, Deviance.of(1e9, 1e9 + 1, 1), 1e-18);
        assertEquals(3 * Math.log(3 / 5.0) + 2, Deviance.of(3, 5, 2), 1e-15);
        assertEquals(7, Deviance.of(0, 7, 7), 0);
        assertEquals(0, Deviance.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 7), 0);
        for (double t = -0.099; t < 0.1; t += 0.0123) { // series against the logarithm, which loses two digits here
            assertEquals((t - Math.log1p(t)) / t / t, Deviance.kappa(t), 1e-12);
        }
    }

    @Test
    void gammaTailsAgreeWithCommonsMathAndAddUpToOne() {
        for (final double shape : SHAPES) {
            for (double z = -6; z <= 6; z += 0.5) {
                final double x = Math.max(1e-300, shape + z * Math.sqrt(shape));
                assertEquals(1, IncompleteGamma.lower(shape, x) + IncompleteGamma.upper(shape, x), 1e-13);
                if (shape < 1e6) {
                    final double expected = Gamma.regularizedGammaQ(shape, x, 1e-15, 100_000);
                    // Commons Math's own error grows with the shape
                    assertEquals(expected, IncompleteGamma.upper(shape, x),
                        (shape < 1e4 ? 2e-13 : 1e-9) + 1e-10 * expected, shape + " " + x);
                }
            }
        }
    }

    @Test
    void gammaTailIsExactBeyondMillions() {
        assertEquals(0.1586552538911904, IncompleteGamma.upper(1e9, 1e9 + Math.sqrt(1e9)), 1e-13);
        assertEquals(4.169407527237299598e-4, IncompleteGamma.upper(1e5, 1e5 + 1_060), 1e-15);
    }

    @Test
    void gammaQuantilesInvertTheDistributionAtEveryShape() {
        for (final double shape : SHAPES) {
            for (final double p : PROBABILITIES) {
                final double x = IncompleteGamma.quantile(shape, p);
                if (x > 0) {
                    final double tail = p <= 0.5 ? IncompleteGamma.lower(shape, x) : IncompleteGamma.upper(shape, x);
                    // the last bit of log x moves the log tail by its density, up to 7 sqrt(shape) times log x
                    assertEquals(1, tail / (p <= 0.5 ? p : 1 - p), 1e-11 + 3e-14 * Math.sqrt(shape),
                        shape + " " + p + " " + x);
                } else {
                    assertTrue(shape < 0.03, shape + " " + p);
                }
            }
        }
    }

    @Test
    void betaQuantilesInvertTheDistributionAtEveryShape() {
        final double[] shapes = {1e-3, 0.1, 0.9, 1, 5, 80, 4_000, 1e6};
        for (final double a : shapes) {
            for (final double b : shapes) {
                for (final double p : PROBABILITIES) {
                    final double odds = IncompleteBeta.quantile(a, b, p);
                    if (odds > 1e-300 && odds < 1e300) {
                        final double tail = p <= 0.5 ? IncompleteBeta.ratio(a, b, odds)
                            : IncompleteBeta.ratio(b, a, 1 / odds);
                        assertEquals(1, tail / (p <= 0.5 ? p : 1 - p), 1e-10, a + " " + b + " " + p);
                    }
                }
            }
        }
    }

    @Test
    void samplesHaveTheMomentsOfTheirDistributions() {
        final Sampler sampler = new Sampler(1);
        final int n = 40_000;
        check(n, 3.5, 3.5, i -> sampler.gamma(3.5));
        check(n, 0.2, 0.2, i -> sampler.gamma(0.2));
        check(n, 0.4, 0.4 * 0.6 / 6, i -> sampler.beta(2, 3));
        check(n, 0.7, 0.7, i -> sampler.poisson(0.7));
        check(n, 5e8, 5e8, i -> sampler.poisson(5e8));
        check(n, 90, 90, i -> sampler.poisson(90));
        check(n, 12 * 0.3, 12 * 0.3 * 0.7, i -> sampler.binomial(12, 0.3));
        check(n, 1e9 * 0.1, 1e9 * 0.1 * 0.9, i -> sampler.binomial(1e9, 0.1));
        check(n, 0, 1, i -> sampler.normal());
    }

    private static void check(final int n, final double mean, final double variance,
        final java.util.function.IntToDoubleFunction draw) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            final double d = draw.applyAsDouble(i) - mean;
            sum += d;
            squares += d * d;
        }
        assertEquals(0, sum / n / Math.sqrt(variance / n), 4, "mean in Monte Carlo standard errors");
        // a wide band: the variance of squares depends on the kurtosis, below 35 for all of these
        assertEquals(1, squares / n / variance, 4 * Math.sqrt(35.0 / n), "variance " + variance);
    }

    @Test
    void falsePositionFindsRootsOfNearlyLinearFunctionsInFewEvaluations() {
        final int[] calls = {0};
        final double root = Roots.falsePosition(x -> {
            calls[0]++;
            return Math.exp(x) - 3;
        }, 0, -2, 2, Math.exp(2) - 3, 1e-15);
        assertEquals(Math.log(3), root, 1e-15);
        assertTrue(calls[0] <= 12, calls[0] + " evaluations");
        assertEquals(5, Roots.falsePosition(x -> x - 5, 0, -5, 5, 0, 1e-15), 0);
    }

    @Test
    void nonNegativeQuadraticSatisfiesItsOptimalityConditions() {
        final Sampler sampler = new Sampler(9);
        for (int n = 1; n <= 12; n++) {
            final double[][] h = new double[n][n];
            final double[] b = new double[n];
            final double[] start = new double[n];
            for (int r = 0; r < n + 2; r++) {
                final double[] row = new double[n];
                for (int j = 0; j < n; j++) {
                    row[j] = sampler.normal();
                }
                for (int i = 0; i < n; i++) {
                    b[i] += row[i] * sampler.normal();
                    start[i] = i % 2;
                    for (int j = 0; j < n; j++) {
                        h[i][j] += row[i] * row[j];
                    }
                }
            }
            final double[] u = NonNegativeQuadratic.minimise(h, b, start);
            for (int i = 0; i < n; i++) {
                final double descent = b[i] - Matrices.dot(h[i], u);
                assertTrue(u[i] >= 0 && descent <= 1e-9, "feasible, and no way down");
                assertEquals(0, u[i] * descent, 1e-9);
            }
        }
    }

    @Test
    void betaTailsOfShapesBeyondAllBoundsAreThoseOfTheirMean() {
        for (final double shape : new double[] {1e280, 1e300}) {
            assertEquals(1, IncompleteBeta.ratio(shape, shape, 1e300));
            assertEquals(0, IncompleteBeta.ratio(shape, shape, 1e-300));
            assertEquals(0, IncompleteBeta.ratio(shape, shape, 0.9));
            assertEquals(1, IncompleteBeta.ratio(shape, shape, 1.1));
            assertEquals(0.5, IncompleteBeta.ratio(shape, shape, 1), 1e-15);
        }
    }

    @Test
    void aQuadraticWithoutNumbersEnds() {
        final double[] start = {0.5, 0.5};
        final double none = Double.NaN;
        assertArrayEquals(start, NonNegativeQuadratic.minimise(new double[][] {{none, none}, {none, none}},
            new double[] {1, 1}, start));
        assertArrayEquals(new double[] {1, 0}, NonNegativeQuadratic.minimise(new double[][] {{2, 1}, {1, 2}},
            new double[] {2, 0.5}, start), 1e-12);
    }
}
