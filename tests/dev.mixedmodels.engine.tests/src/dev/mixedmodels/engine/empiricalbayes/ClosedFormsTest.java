package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClosedFormsTest {
    private static final double[] Y = {3.25, -1.5, 0.75, 8, 4.5, 2, -0.25};

    private static double[] equal(final int k, final double value) {
        final double[] x = new double[k];
        Arrays.fill(x, value);
        return x;
    }

    private static double mean(final double[] y) {
        return Arrays.stream(y).sum() / y.length;
    }

    private static double squares(final double[] y) {
        return Arrays.stream(y).map(v -> (v - mean(y)) * (v - mean(y))).sum();
    }

    @Test
    void equalVariancesWithGivenPriorVarianceShrinkTowardsTheMean() {
        final double sigma2 = 2.25;
        for (final double tau2 : new double[] {0, 0.01, 1.75, 40, 1e6}) {
            final UnitFit result =
                Fits.of(Fits.gaussian().given(tau2, Double.NaN), Y, equal(Y.length, Math.sqrt(sigma2)));
            final double b = sigma2 / (sigma2 + tau2);
            for (int i = 0; i < Y.length; i++) {
                final double expected = mean(Y) + (1 - b) * (Y[i] - mean(Y));
                assertEquals(expected, result.shrinkage(i).mean(), 1e-14 * Math.max(1, Math.abs(expected)));
                assertEquals(b, result.shrinkage(i).shrinkage(), 1e-15);
                final double variance = b * tau2 + b * b * (sigma2 + tau2) / Y.length;
                assertEquals(variance, Math.pow(result.shrinkage(i).stdDeviation(), 2), 1e-14 * Math.max(1, variance));
            }
        }
    }

    @Test
    void equalVariancesGiveTheTextbookEstimators() {
        final int k = Y.length;
        final double v = 0.81;
        final double s = squares(Y);
        final double[] se = equal(k, 0.9);
        final double reml = s / (k - 1) - v;
        assertEquals(reml, Fits.parameter(Fits.of(Fits.gaussian(), Y, se), "tau2").estimate(), 1e-13);
        for (final PriorEstimator estimator : new PriorEstimator[] {PriorEstimator.DERSIMONIAN_LAIRD, PriorEstimator.PAULE_MANDEL,
            PriorEstimator.HEDGES}) {
            assertEquals(reml, Fits.parameter(Fits.of(Fits.gaussian().estimator(estimator), Y, se), "tau2").estimate(),
                1e-12, estimator.name());
        }
        assertEquals(s / k - v, Fits.parameter(Fits.of(Fits.gaussian().estimator(PriorEstimator.ML), Y, se), "tau2")
            .estimate(), 1e-13);
        assertEquals(s / k - v, Fits.parameter(Fits.of(Fits.gaussian().estimator(PriorEstimator.HUNTER_SCHMIDT), Y, se),
            "tau2").estimate(), 1e-13);
        assertEquals(s / (k - 3) - v, Fits.parameter(Fits.of(Fits.gaussian().estimator(PriorEstimator.JAMES_STEIN), Y, se),
            "tau2").estimate(), 1e-13);
    }

    @Test
    void jamesSteinIsEfronAndMorrissFormulaWithAndWithoutMorrissVariances() {
        final int k = Y.length;
        for (final double v : new double[] {0.81, 4, 30}) {
            final double b = Math.min(1, (k - 3) * v / squares(Y));
            for (final PosteriorVariance variance : new PosteriorVariance[] {PosteriorVariance.DEFAULT,
                PosteriorVariance.NAIVE}) {
                final UnitFit result =
                    Fits.of(Fits.gaussian().estimator(PriorEstimator.JAMES_STEIN).posteriorVariance(variance), Y,
                        equal(k, Math.sqrt(v)));
                for (int i = 0; i < k; i++) {
                    final ShrinkageRow row = result.shrinkage(i);
                    assertEquals(b, row.shrinkage(), 1e-14);
                    assertEquals(mean(Y) + (1 - b) * (Y[i] - mean(Y)), row.mean(), 1e-14);
                    final double squared = variance == PosteriorVariance.NAIVE ? v * (1 - b)
                        : v * (1 - (k - 1.0) / k * b) + 2.0 / (k - 3) * b * b * Math.pow(Y[i] - mean(Y), 2);
                    assertEquals(squared, Math.pow(row.stdDeviation(), 2), 1e-13 * Math.max(1, squared));
                }
            }
        }
    }

    @Test
    void givenMeanShrinksTowardsIt() {
        final double[] se = {1, 2, 0.5, 1, 1, 3, 1};
        final UnitFit result = Fits.of(Fits.gaussian().given(4, 1.5), Y, se);
        for (int i = 0; i < Y.length; i++) {
            final double b = se[i] * se[i] / (se[i] * se[i] + 4);
            assertEquals(1.5 * b + (1 - b) * Y[i], result.shrinkage(i).mean(), 1e-14);
            assertEquals(4 * b, Math.pow(result.shrinkage(i).stdDeviation(), 2), 1e-14);
        }
    }

    @Test
    void gammaPosteriorIsConjugate() {
        final double[] y = {0, 3, 17, 1_000_000};
        final double[] n = {1e-6, 2.5, 40, 1e9};
        final double m = 0.8;
        final double tau2 = 0.16;
        final double shape = m * m / tau2;
        final double rate = m / tau2;
        final UnitFit result = Fits.of(Fits.poisson().given(tau2, m).threshold(0.5), y, n);
        for (int i = 0; i < y.length; i++) {
            final ShrinkageRow row = result.shrinkage(i);
            close((shape + y[i]) / (rate + n[i]), row.mean());
            close(Math.sqrt(shape + y[i]) / (rate + n[i]), row.stdDeviation());
            close(rate / (rate + n[i]), row.shrinkage());
        }
        // shape 4 + 0, rate 5 + 1e-6: P(theta > t) = sum over j < 4 of Poisson(j; rate t)
        final double x = (rate + 1e-6) * 0.5;
        close(Math.exp(-x) * (1 + x + x * x / 2 + x * x * x / 6), result.shrinkage(0).exceedance());
    }

    @Test
    void betaPosteriorIsConjugate() {
        final double[] y = {0, 3, 20, 400_000_000};
        final double[] n = {1, 9, 20, 1_000_000_000};
        final double m = 0.25;
        final double size = 4; // Beta(1, 3)
        final UnitFit result =
            Fits.of(Fits.binomial().given(m * (1 - m) / (size + 1), m).threshold(0.1), y, n);
        for (int i = 0; i < y.length; i++) {
            final ShrinkageRow row = result.shrinkage(i);
            final double mean = (size * m + y[i]) / (size + n[i]);
            close(mean, row.mean());
            close(Math.sqrt(mean * (1 - mean) / (size + n[i] + 1)), row.stdDeviation());
            close(size / (size + n[i]), row.shrinkage());
        }
        close(Math.pow(0.9, 4), result.shrinkage(0).exceedance()); // Beta(1, 4)
    }

    private static void close(final double expected, final double actual) {
        assertEquals(expected, actual, 1e-12 * Math.abs(expected));
    }

    @Test
    void completePoolingOfCountsHasNoShape() {
        final UnitFit result = Fits.of(Fits.poisson(), new double[] {10, 10, 11}, 20, 20, 22);
        assertEquals(0, Fits.parameter(result, "tau2").estimate(), 0);
        assertEquals(0, Fits.parameter(result, "overdispersion").estimate(), 0);
        assertEquals(Double.NaN, Fits.parameter(result, "shape").estimate(), 0);
        assertEquals(Double.NaN, Fits.parameter(result, "rate").estimate(), 0);
        assertEquals(31 / 62.0, result.shrinkage(0).mean(), 1e-15);
        assertEquals(1, result.shrinkage(0).shrinkage(), 0);
        assertEquals(1, Fits.statistic(result, "Singular").value(), 0);
        // only the mean is uncertain: Var = sum y / (sum n)^2
        assertEquals(Math.sqrt(31) / 62, result.shrinkage(1).stdDeviation(), 1e-9);
    }

    @Test
    void momentsOfRatesSolveTheirEquation() {
        final double[][] d = Fits.counts(30, 4);
        final UnitFit result = Fits.of(Fits.poisson().estimator(PriorEstimator.MOMENTS), d[0], d[1]);
        final double total = Arrays.stream(d[1]).sum();
        final double m = Arrays.stream(d[0]).sum() / total;
        double observed = 0;
        double weight = 0;
        for (int i = 0; i < 30; i++) {
            observed += d[1][i] * Math.pow(d[0][i] / d[1][i] - m, 2);
            weight += d[1][i] * (1 - d[1][i] / total);
        }
        final double tau2 = Fits.parameter(result, "tau2").estimate();
        assertEquals(observed, m * 29 + tau2 * weight, 1e-12 * observed);
        assertEquals(m, result.tables().fixedEffects().get(0).estimate(), 1e-15);
    }
}
