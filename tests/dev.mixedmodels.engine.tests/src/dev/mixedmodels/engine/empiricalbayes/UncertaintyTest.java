package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Display;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UncertaintyTest {
    private static double[][] data(final Family family) {
        return switch (family) {
            case GAUSSIAN -> Fits.estimates(25, 1, 11);
            case POISSON_GAMMA -> Fits.counts(25, 11);
            case BETA_BINOMIAL -> Fits.successes(25, 11);
        };
    }

    private static CompoundModel model(final EmpiricalBayesSettings settings, final double[][] d) {
        final Units units = Units.of("u", i -> "", d[0], d[1]);
        return settings.family() == Family.GAUSSIAN ? GaussianModel.of(units, settings)
            : CountModel.of(units, settings);
    }

    @Test
    void gradientsAreDerivativesOfThePosteriorMean() {
        for (final Family family : Family.values()) {
            final CompoundModel model = model(EmpiricalBayesSettings.builder(family).build(), data(family));
            final double[] eta = model.estimate(Progress.NONE).eta();
            for (int i = 0; i < 25; i++) {
                for (int j = 0; j < eta.length; j++) {
                    final double h = 1e-6 * Math.abs(eta[j]);
                    final double[] up = eta.clone();
                    final double[] down = eta.clone();
                    up[j] += h;
                    down[j] -= h;
                    final double expected =
                        (model.posterior(up, i).mean() - model.posterior(down, i).mean()) / (2 * h);
                    assertEquals(expected, model.gradient(eta, i)[j], 1e-7 * Math.max(1, Math.abs(expected)));
                }
            }
        }
    }

    /** Cov(eta) of ML is the inverse of minus the Hessian of the joint log likelihood of beta and tau2. */
    @Test
    void covarianceOfTheGaussianPriorIsTheInverseObservedInformation() {
        final double[][] d = data(Family.GAUSSIAN);
        final PriorEstimate prior =
            model(Fits.gaussian().estimator(PriorEstimator.ML).build(), d).estimate(Progress.NONE);
        final double[][] information = new double[2][2];
        final double h = 1e-4;
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double sum = 0;
                for (final int s : new int[] {-1, 1}) {
                    for (final int t : new int[] {-1, 1}) {
                        final double[] eta = prior.eta().clone();
                        eta[a] += s * h;
                        eta[b] += t * h;
                        double log = 0;
                        for (int i = 0; i < 25; i++) {
                            final double v = d[1][i] * d[1][i] + eta[1];
                            log -= 0.5 * (Math.log(v) + (d[0][i] - eta[0]) * (d[0][i] - eta[0]) / v);
                        }
                        sum += s * t * log;
                    }
                }
                information[a][b] = -sum / (4 * h * h);
            }
        }
        final double determinant = information[0][0] * information[1][1] - information[0][1] * information[1][0];
        assertEquals(information[1][1] / determinant, prior.covariance()[0][0], 1e-5);
        assertEquals(information[0][0] / determinant, prior.covariance()[1][1], 1e-5);
        assertEquals(-information[0][1] / determinant, prior.covariance()[0][1], 1e-5);
    }

    @Test
    void posteriorMatrixHasTheVariancesOnItsDiagonalAndIsPositiveSemidefinite() {
        for (final Family family : Family.values()) {
            for (final PosteriorVariance variance : PosteriorVariance.values()) {
                if (family != Family.GAUSSIAN && (variance == PosteriorVariance.MORRIS
                    || variance == PosteriorVariance.PRASAD_RAO)) {
                    continue;
                }
                final double[][] d = data(family);
                final UnitFit result =
                    Fits.of(EmpiricalBayesSettings.builder(family).posteriorVariance(variance), d[0], d[1]);
                final List<CovarianceEntryRow> entries = result.covarianceMatrices().stream()
                    .filter(e -> e.matrix().equals("Posterior")).toList();
                assertEquals(25 * 25, entries.size());
                final double[][] matrix = new double[25][25];
                for (int e = 0; e < entries.size(); e++) {
                    matrix[e / 25][e % 25] = entries.get(e).covariance();
                }
                for (int i = 0; i < 25; i++) {
                    final double sd = result.shrinkage(i).stdDeviation();
                    assertEquals(sd * sd, matrix[i][i], 1e-12 * sd * sd, family + " " + variance);
                    for (int j = 0; j < 25; j++) {
                        assertEquals(matrix[i][j], matrix[j][i], 0);
                        assertTrue(variance != PosteriorVariance.NAIVE || i == j || matrix[i][j] == 0);
                    }
                }
                final double[] eigenvalues = Matrices.eigen(matrix).values();
                assertTrue(eigenvalues[24] > -1e-12 * eigenvalues[0], family + " " + variance);
            }
        }
    }

    @Test
    void correctedVariancesExceedTheNaiveOnes() {
        for (final Family family : Family.values()) {
            final double[][] d = data(family);
            final EmpiricalBayesSettings.Builder settings = EmpiricalBayesSettings.builder(family);
            final UnitFit naive =
                Fits.of(settings.posteriorVariance(PosteriorVariance.NAIVE), d[0], d[1]);
            final UnitFit first =
                Fits.of(settings.posteriorVariance(PosteriorVariance.KASS_STEFFEY), d[0], d[1]);
            for (int i = 0; i < 25; i++) {
                assertTrue(first.shrinkage(i).stdDeviation() > naive.shrinkage(i).stdDeviation());
                assertEquals(first.shrinkage(i).mean(), naive.shrinkage(i).mean(), 1e-15);
            }
        }
    }

    @Test
    void bootstrapIsReproducibleAndAgreesWithTheFirstOrderCorrectionForManyUnits() {
        for (final Family family : Family.values()) {
            final double[][] d = family == Family.GAUSSIAN ? Fits.estimates(300, 1, 1)
                : family == Family.POISSON_GAMMA ? Fits.counts(300, 1) : Fits.successes(300, 1);
            final EmpiricalBayesSettings.Builder settings =
                EmpiricalBayesSettings.builder(family).posteriorVariance(PosteriorVariance.BOOTSTRAP);
            final UnitFit one = Fits.of(settings.simulation(5, 100), d[0], d[1]);
            final UnitFit same = Fits.of(settings.simulation(5, 100), d[0], d[1]);
            final UnitFit other = Fits.of(settings.simulation(6, 100), d[0], d[1]);
            final UnitFit first =
                Fits.of(settings.posteriorVariance(PosteriorVariance.KASS_STEFFEY), d[0], d[1]);
            boolean differs = false;
            for (int i = 0; i < 300; i++) {
                assertEquals(one.shrinkage(i), same.shrinkage(i));
                differs |= one.shrinkage(i).stdDeviation() != other.shrinkage(i).stdDeviation();
                assertEquals(first.shrinkage(i).stdDeviation(), one.shrinkage(i).stdDeviation(),
                    0.08 * first.shrinkage(i).stdDeviation(), family + " " + i);
            }
            assertTrue(differs);
        }
    }

    @Test
    void waldIntervalsAreOnTheLogScaleAndProfilesOfCountsHaveTheirLikelihood() {
        for (final Family family : Family.values()) {
            final double[][] d = data(family);
            final EmpiricalBayesSettings.Builder settings = EmpiricalBayesSettings.builder(family);
            final CovarianceParameterRow wald =
                Fits.parameter(Fits.of(settings.intervals(Intervals.WALD), d[0], d[1]), "tau2");
            final double z = Tail.normalQuantile(0.025);
            assertEquals(Math.log(wald.estimate()) - z * wald.stdError() / wald.estimate(), Math.log(wald.lower()),
                1e-12);
            assertTrue(Double.isNaN(Fits.parameter(Fits.of(settings.intervals(Intervals.NONE), d[0], d[1]), "tau2")
                .lower()));
            if (family != Family.GAUSSIAN) {
                final CountModel model = (CountModel) model(settings.build(), d);
                final double[] eta = model.estimate(Progress.NONE).eta();
                final double u = model.link(eta[0]);
                final double largest = model.logLikelihood(u, model.omega(eta[1]));
                final UnitFit result = Fits.of(settings.intervals(Intervals.PROFILE), d[0], d[1]);
                for (final CountParameter parameter : CountParameter.of(family)) {
                    final CovarianceParameterRow row = Fits.parameter(result, parameter.label());
                    for (final double bound : new double[] {row.lower(), row.upper()}) {
                        final double at = new CountMaximum(model, Progress.NONE).profile(parameter, bound, u);
                        assertEquals(Tail.chiSquareQuantile(0.05, 1), 2 * (largest - at), 1e-6, parameter.label());
                    }
                }
            }
        }
    }

    @Test
    void firstOrderCorrectionsCollapseAtTheBoundaryAndSaySo() {
        final Warnings warnings = new Warnings();
        final Units units = Units.of("u", i -> "" + i, new double[] {1, 1.1, 0.9, 1, 1}, new double[] {1, 1, 1, 1, 1});
        final UnitFit result =
            Fits.of(Fits.gaussian().posteriorVariance(PosteriorVariance.KASS_STEFFEY), units, warnings);
        assertTrue(warnings.list().get(0).contains("collapse"));
        assertEquals(Math.sqrt(0.2), result.shrinkage(0).stdDeviation(), 1e-12);
        assertTrue(Double.isNaN(Fits.parameter(result, "tau2").stdError()));
        assertEquals(0, Fits.parameter(result, "tau2").lower(), 0);
        assertEquals(1, Fits.statistic(result, "Random u").pValue(), 0);
    }

    @Test
    void unitsWithoutAnObservationGetThePrior() {
        for (final Family family : Family.values()) {
            final double[][] d = data(family);
            d[0][3] = Double.NaN;
            final UnitFit result = Fits.of(EmpiricalBayesSettings.builder(family).threshold(0.4), d[0],
                d[1]);
            final ShrinkageRow row = result.shrinkage(3);
            assertTrue(Double.isNaN(row.observed()) && Double.isNaN(row.observedStdError()));
            assertEquals(result.tables().fixedEffects().get(0).estimate(), row.mean(), 1e-12);
            assertEquals(1, row.shrinkage(), 0);
            final double mean = result.tables().fixedEffects().get(0).stdError();
            final double tau2 = Fits.parameter(result, "tau2").estimate();
            assertEquals(Math.sqrt(tau2 + mean * mean), row.stdDeviation(), 1e-9);
            assertTrue(row.lower() < row.mean() && row.mean() < row.upper());
            assertEquals(24, Fits.statistic(result, "Rows Used").value(), 0);
            assertEquals(row.lower(), Fits.statistic(result, "Prediction Interval Lower").value(), 1e-9);
            final FittedRow fitted = result.fitted(3);
            assertEquals(row.mean(), fitted.marginal(), 1e-12);
            assertTrue(Double.isNaN(fitted.residual()));
        }
    }

    @Test
    void displayScalesMoveEstimatesBoundsAndThresholdTogether() {
        final double[][] d = data(Family.POISSON_GAMMA);
        final UnitFit plain = Fits.of(Fits.poisson().threshold(0.5), d[0], d[1]);
        final UnitFit per = Fits.of(Fits.poisson().threshold(500).display(Display.RATE_PER, 1000), d[0],
            d[1]);
        final double[] angle = {0.4, 0.6, 0.5, 0.7, 0.45};
        final double[] se = {0.05, 0.05, 0.1, 0.05, 0.02};
        final UnitFit raw = Fits.of(Fits.gaussian().threshold(0.5), angle, se);
        final UnitFit sine = Fits.of(Fits.gaussian().threshold(Math.pow(Math.sin(0.5), 2))
            .display(Display.ARCSINE, 1), angle, se);
        for (int i = 0; i < 5; i++) {
            assertEquals(plain.shrinkage(i).mean() * 1000, per.shrinkage(i).mean(), 1e-9);
            assertEquals(plain.shrinkage(i).stdDeviation() * 1000, per.shrinkage(i).stdDeviation(), 1e-9);
            assertEquals(plain.shrinkage(i).lower() * 1000, per.shrinkage(i).lower(), 1e-9);
            assertEquals(plain.shrinkage(i).exceedance(), per.shrinkage(i).exceedance(), 1e-12);
            assertEquals(Math.pow(Math.sin(raw.shrinkage(i).upper()), 2), sine.shrinkage(i).upper(), 1e-14);
            assertEquals(Math.pow(Math.sin(angle[i]), 2), sine.shrinkage(i).observed(), 1e-15);
            assertEquals(raw.shrinkage(i).exceedance(), sine.shrinkage(i).exceedance(), 1e-12);
        }
    }

    @Test
    void ranksAreExpectedRanksWithIntervals() {
        final double[] y = {0, 100, 50, 50.1, 200};
        final double[] se = {1, 1, 1, 1, 1};
        final UnitFit result = Fits.of(Fits.gaussian().ranks(true), y, se);
        assertEquals(1, result.shrinkage(0).rank(), 0);
        assertEquals(5, result.shrinkage(4).rank(), 1e-6);
        assertEquals(5, result.shrinkage(4).rankLower(), 0);
        assertEquals(2, result.shrinkage(2).rankLower(), 0);
        assertEquals(3, result.shrinkage(2).rankUpper(), 0);
        // P(theta_3 > theta_2) = Phi(0.1 / sqrt 2 ...) near 0.53
        final double expected = 2 + Tail.normal((result.shrinkage(2).mean() - result.shrinkage(3).mean())
            / Math.hypot(result.shrinkage(2).stdDeviation(), result.shrinkage(3).stdDeviation()));
        assertEquals(expected, result.shrinkage(3).rank(), 4 * 0.5 / Math.sqrt(Ranks.DRAWS));
        assertEquals(15, IntStream.range(0, 5).mapToDouble(i -> result.shrinkage(i).rank()).sum(), 1e-4);
        final UnitFit tied = Fits.of(Fits.gaussian().ranks(true).prior(Prior.NONPARAMETRIC), new double[] {
            0, 0, 0, 50}, 1, 1, 1, 1);
        assertEquals(2, tied.shrinkage(1).rank(), 1e-6);
        assertThrows(ModelException.class, () -> Fits.of(Fits.gaussian().ranks(true), new double[20_000],
            Arrays.stream(new double[20_000]).map(x -> 1).toArray()));
    }

    @Test
    void cancelAnswersInTheMiddleOfTheBootstrap() {
        final double[][] d = data(Family.GAUSSIAN);
        final int[] calls = {0};
        final Progress cancelled = () -> {
            if (calls[0]++ > 200) {
                throw new CancellationException();
            }
        };
        assertThrows(CancellationException.class, () -> EmpiricalBayes.fit(Fits.gaussian().posteriorVariance(
            PosteriorVariance.BOOTSTRAP).build(), Units.of("u", i -> "", d[0], d[1]), cancelled, new Warnings()));
        assertNotEquals(0, calls[0]);
    }
}
