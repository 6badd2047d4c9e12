package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
    private static final List<Growth.Row> ROWS = Growth.rows(40, 31);

    static Stream<LongitudinalSettings> models() {
        final LongitudinalSettings slopes = Growth.settings("y ~ time + (1 + time | subject)");
        return Stream.of(slopes, slopes.withRandom(RandomStructure.DIAGONAL),
            slopes.withRandom(RandomStructure.COMPOUND_SYMMETRY), slopes.withRandom(RandomStructure.IDENTITY),
            Growth.settings("y ~ time + (1 | subject)").withResidual(ResidualStructure.CONTINUOUS_AR1, "time",
                "subject"),
            Growth.settings("y ~ time + (1 | subject)").withVariance("arm", null),
            Growth.settings("y ~ time + (1 | subject)").withVariance(null, "x"),
            Growth.settings("y ~ time").withResidual(ResidualStructure.COMPOUND_SYMMETRY, null, "subject"));
    }

    /**
     * At a bound the profiled criterion exceeds its minimum by the quantile of chi2(1): here the criterion with a penalty
     * for leaving the bound, minimised by a simplex without derivatives.
     */
    @ParameterizedTest
    @MethodSource("models")
    void theCriterionAtABoundExceedsItsMinimumByTheQuantile(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final List<CovarianceParameterRow> rows = fit.tables(Progress.NONE, new Warnings()).covarianceParameters();
        final double quantile = Tail.chiSquareQuantile(0.05, 1);
        for (final CovarianceParameterRow row : rows) {
            assertTrue(row.lower() <= row.estimate() && row.estimate() <= row.upper(), row.toString());
            if (!row.parameter().startsWith("Cov") && row.upper() < 1e3 && row.upper() != 1) {
                assertEquals(quantile, profiled(fit, row.parameter(), row.upper()), 2e-3, row.toString());
            }
        }
    }

    /** What is 0 at the estimate may be positive where another parameter is held. */
    @Test
    void aVanishedVarianceMayComeBackAlongAProfile() {
        final Random random = new Random(4);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double error = random.nextGaussian();
            for (int visit = 0; visit < 7; visit++) {
                rows.add(new Growth.Row(3 + 0.2 * visit + 2 * error, visit, 1, "A", "S" + i));
                error = 0.75 * error + Math.sqrt(1 - 0.75 * 0.75) * random.nextGaussian();
            }
        }
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ time + (1 | subject)")
            .withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject"), rows);
        assertTrue(FitFigures.singular(fit));
        final double quantile = Tail.chiSquareQuantile(0.05, 1);
        for (final CovarianceParameterRow row : fit.tables(Progress.NONE, new Warnings()).covarianceParameters()) {
            assertEquals(quantile, profiled(fit, row.parameter(), row.upper()), 2e-3, row.toString());
            if (row.lower() > 0) {
                assertEquals(quantile, profiled(fit, row.parameter(), row.lower()), 2e-3, row.toString());
            }
        }
    }

    private static double profiled(final LongitudinalFit fit, final String parameter, final double value) {
        final Estimate estimate = fit.estimate();
        final double least = estimate.atMinimum().value();
        final AffineCoordinates coordinates = withScale(estimate);
        final double[] start = coordinates.nearest(estimate.absolute());
        final ObjectiveFunction function = new ObjectiveFunction(x -> {
            final double[] z = coordinates.at(x);
            final double deviation = (of(fit, parameter, z) - value) / value;
            final double f = new GaussianCriterion(estimate.criterion().absoluteJet(coordinates.q(), z, 0),
                estimate.criterion().reml()).value();
            return Double.isNaN(f) ? 1e9 : f - least + 1e7 * deviation * deviation;
        });
        double best = Double.POSITIVE_INFINITY;
        double[] at = start;
        final Random random = new Random(1);
        for (int restart = 0; restart < 8; restart++) {
            final double[] steps = random.doubles(start.length, 0.02, 0.2).toArray();
            final var result = new SimplexOptimizer(1e-13, 1e-13).optimize(new MaxEval(100_000), function,
                GoalType.MINIMIZE, new InitialGuess(at), new NelderMeadSimplex(steps));
            at = result.getPoint();
            best = Math.min(best, result.getValue());
        }
        return best;
    }

    private static AffineCoordinates withScale(final Estimate estimate) {
        return estimate.model().coordinates(estimate.model().random().directions(),
            estimate.model().residual().size() + 1);
    }

    /** A reported parameter at z = (F, eta, log s), in the user's units. */
    private static double of(final LongitudinalFit fit, final String parameter, final double[] z) {
        final Estimate estimate = fit.estimate();
        final int q = estimate.model().q();
        final double square = Math.pow(estimate.unit() * fit.data().design().responseUnit(), 2);
        final double[][] d = estimate.model().random().userCovariance(Arrays.copyOf(z, q * q));
        final List<String> effects = estimate.model().random().names();
        for (int i = 0; i < q; i++) {
            if (parameter.equals("Var(" + effects.get(i) + ")")) {
                return d[i][i] * square;
            }
        }
        if (parameter.startsWith("Corr")) {
            return d[0][1] / Math.sqrt(d[0][0] * d[1][1]);
        }
        final ResidualModel residual = estimate.model().residual();
        final double[] values =
            residual.values(Arrays.copyOfRange(z, q * q, z.length - 1), z[z.length - 1]);
        final int place = residual.names().indexOf(parameter);
        return values[place] * (parameter.startsWith("Var") ? square : 1);
    }
}
