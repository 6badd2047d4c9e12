package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Estimates, exposures and covariates in any unit and far from 0 give the figures of moderate ones. */
class CoordinatesTest {
    private static final int K = 25;
    private static final double[] SCALES = {0x1p-950, 0x1p-400, 0x1p400, 0x1p950};

    private static double[] times(final double factor, final double[] x) {
        return Arrays.stream(x).map(value -> factor * value).toArray();
    }

    private static void close(final double expected, final double actual, final double relative, final String what) {
        if (Double.isNaN(expected)) {
            assertEquals(expected, actual, what);
        } else {
            assertEquals(expected, actual, relative * Math.abs(expected), what);
        }
    }

    @Test
    void estimatesInAnyUnit() {
        final double[][] d = Fits.estimates(K, 1, 3);
        for (final PriorEstimator estimator : new PriorEstimator[] {PriorEstimator.REML, PriorEstimator.ML, PriorEstimator.DERSIMONIAN_LAIRD,
            PriorEstimator.PAULE_MANDEL, PriorEstimator.HEDGES, PriorEstimator.SIDIK_JONKMAN, PriorEstimator.HUNTER_SCHMIDT}) {
            for (final PosteriorVariance variance : new PosteriorVariance[] {PosteriorVariance.MORRIS,
                PosteriorVariance.KASS_STEFFEY}) {
                final EmpiricalBayesSettings.Builder settings =
                    Fits.gaussian().estimator(estimator).posteriorVariance(variance);
                final UnitFit plain = Fits.of(settings.threshold(3), d[0], d[1]);
                for (final double scale : SCALES) {
                    same(plain, Fits.of(settings.threshold(3 * scale), times(scale, d[0]), times(scale, d[1])), scale,
                        K * Math.log(scale) - (estimator == PriorEstimator.REML ? Math.log(scale) : 0));
                }
            }
        }
        final EmpiricalBayesSettings.Builder free = Fits.gaussian().prior(Prior.NONPARAMETRIC);
        same(Fits.of(free.threshold(3), d[0], d[1]), Fits.of(free.threshold(3 * 0x1p700), times(0x1p700, d[0]),
            times(0x1p700, d[1])), 0x1p700, K * Math.log(0x1p700));
        final UnitFit given = Fits.of(Fits.gaussian().given(0.5, 2.5).threshold(3), d[0], d[1]);
        same(given, Fits.of(Fits.gaussian().given(0.5 * 0x1p800, 2.5 * 0x1p400).threshold(3 * 0x1p400),
            times(0x1p400, d[0]), times(0x1p400, d[1])), 0x1p400, K * Math.log(0x1p400));
    }

    @Test
    void exposuresInAnyUnit() {
        final double[][] d = Fits.counts(K, 3);
        for (final PriorEstimator estimator : new PriorEstimator[] {PriorEstimator.ML, PriorEstimator.MOMENTS}) {
            final EmpiricalBayesSettings.Builder settings = Fits.poisson().estimator(estimator);
            final UnitFit plain = Fits.of(settings.threshold(0.5), d[0], d[1]);
            for (final double scale : SCALES) {
                final UnitFit moved =
                    Fits.of(settings.threshold(0.5 * scale), d[0], times(1 / scale, d[1]));
                same(plain, moved, scale, 0);
                close(Fits.parameter(plain, "shape").upper(), Fits.parameter(moved, "shape").upper(), 1e-9, "shape");
                close(Fits.parameter(plain, "rate").lower(), Fits.parameter(moved, "rate").lower() * scale, 1e-9,
                    "rate");
            }
        }
    }

    private static void same(final UnitFit plain, final UnitFit moved, final double scale,
        final double density) {
        final String at = "times " + scale;
        close(Fits.statistic(plain, "Log Likelihood").value(),
            Fits.statistic(moved, "Log Likelihood").value() + density, 1e-10, at);
        for (final String statistic : new String[] {"I2", "H2", "Q", "Random unit"}) {
            close(Fits.statistic(plain, statistic).value(), Fits.statistic(moved, statistic).value(), 1e-9, statistic);
        }
        close(Fits.statistic(plain, "Prediction Interval Upper").value(),
            Fits.statistic(moved, "Prediction Interval Upper").value() / scale, 1e-9, at);
        final FixedEffectRow mean = plain.tables().fixedEffects().get(0);
        final FixedEffectRow other = moved.tables().fixedEffects().get(0);
        close(mean.estimate(), other.estimate() / scale, 1e-10, at);
        close(mean.stdError(), other.stdError() / scale, 1e-10, at);
        close(mean.upper(), other.upper() / scale, 1e-10, at);
        close(mean.naiveStdError(), other.naiveStdError() / scale, 1e-10, at);
        close(mean.t(), other.t(), 1e-10, at);
        final CovarianceParameterRow tau2 = Fits.parameter(plain, "tau2");
        final CovarianceParameterRow tau2Moved = Fits.parameter(moved, "tau2");
        close(tau2.stdDeviation(), tau2Moved.stdDeviation() / scale, 1e-9, at);
        if (Math.abs(Math.log(scale)) < 300) { // else the variance itself is no number that a table can hold
            close(tau2.estimate(), tau2Moved.estimate() / scale / scale, 1e-9, at);
            close(tau2.upper(), tau2Moved.upper() / scale / scale, 1e-8, at);
            close(tau2.stdError(), tau2Moved.stdError() / scale / scale, 1e-8, at);
        } else {
            assertEquals(Double.NaN, tau2Moved.estimate());
        }
        close(tau2.share(), tau2Moved.share(), 1e-9, at);
        for (int i = 0; i < K; i++) {
            final ShrinkageRow expected = plain.shrinkage(i);
            final ShrinkageRow actual = moved.shrinkage(i);
            close(expected.mean(), actual.mean() / scale, 1e-10, at);
            close(expected.stdDeviation(), actual.stdDeviation() / scale, 1e-9, at);
            close(expected.lower(), actual.lower() / scale, 1e-8, at);
            close(expected.shrinkage(), actual.shrinkage(), 1e-9, at);
            close(expected.exceedance(), actual.exceedance(), 1e-8, at);
            close(plain.fitted(i).normalized(), moved.fitted(i).normalized(), 1e-9, at);
            close(plain.fitted(i).residual(), moved.fitted(i).residual() / scale, 1e-9, at);
        }
    }

    private static UnitFit regression(final double[][] d, final double origin, final double unit,
        final PosteriorVariance variance) {
        final double[] x = new double[2 * K];
        for (int i = 0; i < K; i++) {
            x[2 * i] = 1;
            x[2 * i + 1] = origin + unit * (i * i % 17);
        }
        return Fits.of(Fits.gaussian().posteriorVariance(variance), new Units("unit", i -> "u" + i, d[0], d[1],
            new MeanDesign(List.of("(Intercept)", "x"), new int[] {0, 1}, x, Map.of("x", new double[][] {{0, 1}})),
            null), new Warnings());
    }

    /** Origin and unit are such that the covariate is exact. */
    @Test
    void covariatesFarFromZeroAndInAnyUnit() {
        final double[][] d = Fits.estimates(K, 1, 8);
        final double[][] places = {{1e12, 1}, {-0x1p50, 0x1p-2}, {0, 0x1p-900}, {0, 0x1p1000}, {1e15, 8}};
        for (final PosteriorVariance variance : new PosteriorVariance[] {PosteriorVariance.MORRIS,
            PosteriorVariance.KASS_STEFFEY, PosteriorVariance.PRASAD_RAO, PosteriorVariance.BOOTSTRAP}) {
            final UnitFit plain = regression(d, 0, 1, variance);
            for (final double[] place : places) {
                final UnitFit moved = regression(d, place[0], place[1], variance);
                final String at = variance + " " + Arrays.toString(place);
                for (int i = 0; i < K; i++) {
                    close(plain.shrinkage(i).mean(), moved.shrinkage(i).mean(), 1e-11, at);
                    close(plain.shrinkage(i).stdDeviation(), moved.shrinkage(i).stdDeviation(), 1e-11, at);
                }
                final FixedEffectRow slope = plain.tables().fixedEffects().get(1);
                final FixedEffectRow other = moved.tables().fixedEffects().get(1);
                close(slope.estimate(), other.estimate() * place[1], 1e-11, at);
                close(slope.upper(), other.upper() * place[1], 1e-11, at);
                close(slope.pValue(), other.pValue(), 1e-10, at);
                close(Fits.statistic(plain, "Fixed x").value(), Fits.statistic(moved, "Fixed x").value(), 1e-10, at);
                final FixedEffectRow origin = moved.tables().fixedEffects().get(0);
                final double shift = place[0] / place[1];
                final double[][] c = matrix(plain, "Fixed effects");
                close(plain.tables().fixedEffects().get(0).estimate() - shift * slope.estimate(), origin.estimate(),
                    1e-11, at);
                close(Math.sqrt(c[0][0] - 2 * shift * c[0][1] + shift * shift * c[1][1]), origin.stdError(), 1e-11,
                    at);
                close(Fits.statistic(plain, "Log Likelihood").value(), Fits.statistic(moved, "Log Likelihood").value()
                    + Math.log(place[1]), 1e-11, at); // restricted: log |X'WX| has the unit twice, halved
            }
        }
    }

    private static double[][] matrix(final UnitFit result, final String name) {
        final List<CovarianceEntryRow> rows =
            result.covarianceMatrices().stream().filter(row -> row.matrix().equals(name)).toList();
        return new double[][] {{rows.get(0).covariance(), rows.get(1).covariance()},
            {rows.get(2).covariance(), rows.get(3).covariance()}};
    }

    @Test
    void numbersThatNoUnitBringsTogetherAreRefused() {
        refused("The smallest standard error is 1.0E-200", Fits.gaussian(), new double[] {1e200, 2, 3}, 1e-200, 1, 1);
        refused("given prior", Fits.gaussian().given(1e300, Double.NaN), new double[] {1, 2, 3}, 1, 1, 1);
        refused("Exposures go from 1.0E-100 to 1.0E100", Fits.poisson(), new double[] {1, 2}, 1e-100, 1e100);
    }

    private static void refused(final String part, final EmpiricalBayesSettings.Builder settings, final double[] y,
        final double... precision) {
        final String message =
            assertThrows(ModelException.class, () -> Fits.of(settings, y, precision)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
