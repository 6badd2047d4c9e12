package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.statistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExoticSizesTest {
    static int[][] sizes() {
        final int[] dominated = new int[201];
        Arrays.fill(dominated, 1);
        dominated[100] = 50_000;
        final int[] singles = new int[400];
        Arrays.fill(singles, 1);
        singles[7] = 2;
        return new int[][] {dominated, singles, {1, 2}, {1, 1, 1, 2, 2, 90, 4000},
            IntStream.rangeClosed(1, 300).toArray(), IntStream.range(0, 30_000).map(i -> 1 + i % 3).toArray()};
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void fitsConvergeAndIntervalsHoldTheirEstimates(final int[] sizes) {
        for (final Method method : new Method[] {Method.REML, Method.ML}) {
            final RandomInterceptFit fit = Fixtures.fit(Fixtures.simulate(new Random(61), sizes, 0.7, 1), method);
            assertEquals(1, statistic(fit, "Converged").value());
            for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
                assertTrue(row.lower() <= row.estimate() && row.estimate() < row.upper(), row::toString);
                assertTrue(row.onBoundary() || row.stdError() > 0, row::toString);
            }
            assertTrue(fit.tables().fixedEffects().get(0).df() > 0);
            final double p = statistic(fit, "Exact Restricted Likelihood Ratio g").pValue();
            assertTrue(p >= 0 && p <= 1, "p " + p);
            assertTrue(statistic(fit, "Intraclass Correlation g Lower Bound").value()
                <= statistic(fit, "Intraclass Correlation g Upper Bound").value());
        }
    }

    /** With profile bounds from their definition: the other variance minimised over on a fine grid. */
    @Test
    void profileBoundsRaiseTheCriterionByTheQuantile() {
        final Rows rows = Fixtures.simulate(new Random(62), new int[] {1, 2, 5, 9, 30, 4}, 1, 1);
        for (final Method method : new Method[] {Method.REML, Method.ML}) {
            final RandomInterceptFit fit = Fixtures.fit(rows, method);
            final SizeClasses classes = rows.classes();
            final VarianceLikelihood likelihood = new VarianceLikelihood(classes, method == Method.REML);
            final double square = classes.unit() * classes.unit();
            final double df = method == Method.REML ? 50 : 51;
            final double least = statistic(fit, "-2 Log Likelihood").value() - 2 * df * Math.log(classes.unit());
            for (int i = 0; i < 2; i++) {
                final CovarianceParameterRow row = fit.tables().covarianceParameters().get(i);
                final double other = fit.tables().covarianceParameters().get(1 - i).estimate() / square;
                for (final double bound : new double[] {row.lower() / square, row.upper() / square}) {
                    double lowest = Double.POSITIVE_INFINITY;
                    for (double log = -4; log < 4; log += 1e-4) {
                        final double free = other * Math.exp(log);
                        lowest = Math.min(lowest, likelihood.at(i == 0 ? bound : free, i == 0 ? free : bound).value());
                    }
                    // grid of 1e-4: 1e-8 times the curvature
                    assertEquals(3.841458820694124, lowest - least, 1e-6, row.parameter());
                }
            }
        }
    }
}
