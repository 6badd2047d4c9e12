package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvarianceTest {
    private static final PriorEstimator[] ESTIMATORS = {PriorEstimator.ML, PriorEstimator.REML, PriorEstimator.DERSIMONIAN_LAIRD,
        PriorEstimator.PAULE_MANDEL, PriorEstimator.HEDGES, PriorEstimator.SIDIK_JONKMAN, PriorEstimator.HUNTER_SCHMIDT};

    private static double[] map(final double[] x, final java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    @Test
    void shuffledUnitsGiveTheSameEstimates() {
        for (final Family family : Family.values()) {
            final double[][] d = family == Family.GAUSSIAN ? Fits.estimates(80, 1, 2)
                : family == Family.POISSON_GAMMA ? Fits.counts(80, 2) : Fits.successes(80, 2);
            final List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, 80).boxed().toList());
            Collections.shuffle(order, new Random(5));
            final double[] y = order.stream().mapToDouble(i -> d[0][i]).toArray();
            final double[] n = order.stream().mapToDouble(i -> d[1][i]).toArray();
            final EmpiricalBayesSettings.Builder settings = EmpiricalBayesSettings.builder(family);
            final UnitFit one = Fits.of(settings, d[0], d[1]);
            final UnitFit other = Fits.of(settings, y, n);
            for (int i = 0; i < 80; i++) {
                final ShrinkageRow expected = one.shrinkage(order.get(i));
                final ShrinkageRow actual = other.shrinkage(i);
                assertEquals(expected.mean(), actual.mean(), 1e-13 * Math.abs(expected.mean()), family.name());
                // standard deviations carry the observed information, whose sums cancel by three digits
                assertEquals(expected.stdDeviation(), actual.stdDeviation(), 1e-10 * expected.stdDeviation());
            }
        }
    }

    @Test
    void estimatesShiftAndScaleWithTheData() {
        final double[][] d = Fits.estimates(40, 1, 7);
        for (final PriorEstimator estimator : ESTIMATORS) {
            final EmpiricalBayesSettings.Builder settings = Fits.gaussian().estimator(estimator);
            final UnitFit plain = Fits.of(settings, d[0], d[1]);
            final double tau2 = Fits.parameter(plain, "tau2").estimate();
            for (final double scale : new double[] {1e-6, 1, 1e6}) {
                for (final double shift : new double[] {0, 1.5e6}) {
                    final UnitFit moved = Fits.of(settings, map(d[0], y -> scale * (y + shift)),
                        map(d[1], s -> scale * s));
                    assertEquals(tau2, Fits.parameter(moved, "tau2").estimate() / scale / scale, 1e-7 * tau2);
                    for (int i = 0; i < 40; i++) {
                        final ShrinkageRow expected = plain.shrinkage(i);
                        final ShrinkageRow actual = moved.shrinkage(i);
                        assertEquals(expected.mean(), actual.mean() / scale - shift, 1e-7, estimator.name());
                        assertEquals(expected.stdDeviation(), actual.stdDeviation() / scale, 1e-7);
                    }
                }
            }
        }
    }

    @Test
    void ratesScaleWithTheExposure() {
        final double[][] d = Fits.counts(50, 3);
        final UnitFit plain = Fits.of(Fits.poisson(), d[0], d[1]);
        for (final double scale : new double[] {1e-6, 1e6}) {
            final UnitFit other = Fits.of(Fits.poisson(), d[0], map(d[1], n -> scale * n));
            assertEquals(Fits.statistic(plain, "Log Likelihood").value(),
                Fits.statistic(other, "Log Likelihood").value(), 1e-10);
            assertEquals(Fits.parameter(plain, "shape").upper(), Fits.parameter(other, "shape").upper(), 1e-7);
            for (int i = 0; i < 50; i++) {
                assertEquals(plain.shrinkage(i).mean(), other.shrinkage(i).mean() * scale, 1e-10);
                assertEquals(plain.shrinkage(i).upper(), other.shrinkage(i).upper() * scale, 1e-8);
            }
        }
    }

    @Test
    void successesAndFailuresAreInterchangeable() {
        final double[][] d = Fits.successes(50, 3);
        final double[] failures = new double[50];
        Arrays.setAll(failures, i -> d[1][i] - d[0][i]);
        final UnitFit one = Fits.of(Fits.binomial(), d[0], d[1]);
        final UnitFit other = Fits.of(Fits.binomial(), failures, d[1]);
        assertEquals(Fits.parameter(one, "alpha").lower(), Fits.parameter(other, "beta").lower(), 1e-7);
        for (int i = 0; i < 50; i++) {
            assertEquals(one.shrinkage(i).mean(), 1 - other.shrinkage(i).mean(), 1e-12);
            assertEquals(one.shrinkage(i).lower(), 1 - other.shrinkage(i).upper(), 1e-10);
        }
    }

    @Test
    void covariatesMayBeShiftedAndScaled() {
        final double[][] d = Fits.estimates(40, 1, 7);
        final double[] plain = new double[80];
        final double[] moved = new double[80];
        for (int i = 0; i < 40; i++) {
            plain[2 * i] = 1;
            plain[2 * i + 1] = Math.sin(i);
            moved[2 * i] = 1;
            moved[2 * i + 1] = 1e4 * (Math.sin(i) + 50);
        }
        final UnitFit one = fit(d, plain);
        final UnitFit other = fit(d, moved);
        assertEquals(one.tables().fixedEffects().get(1).estimate(),
            other.tables().fixedEffects().get(1).estimate() * 1e4, 1e-10);
        for (int i = 0; i < 40; i++) {
            assertEquals(one.shrinkage(i).mean(), other.shrinkage(i).mean(), 1e-10);
            assertEquals(one.shrinkage(i).stdDeviation(), other.shrinkage(i).stdDeviation(), 1e-10);
        }
    }

    private static UnitFit fit(final double[][] d, final double[] x) {
        final MeanDesign design = new MeanDesign(List.of("(Intercept)", "x"), new int[] {0, 1}, x, Map.of());
        return Fits.of(Fits.gaussian(), new Units("unit", i -> "u" + i, d[0], d[1], design, null), new Warnings());
    }
}
