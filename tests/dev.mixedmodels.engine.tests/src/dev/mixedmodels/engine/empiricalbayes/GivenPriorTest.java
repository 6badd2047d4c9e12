package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** A given prior variance with an estimated mean, against a search over a grid of means; variances no prior has. */
class GivenPriorTest {
    private static CountModel model(final EmpiricalBayesSettings settings, final double[][] d) {
        return CountModel.of(Units.of("u", i -> "u" + i, d[0], d[1]), settings);
    }

    /** Log likelihood along the curve of one prior variance, -infinity where no prior has it. */
    private static DoubleUnaryOperator along(final CountModel model, final double tau2, final boolean beta) {
        return m -> {
            final double omega = beta ? tau2 / (m * (1 - m) - tau2) : tau2 / (m * m);
            return omega > 0 ? model.logLikelihood(model.link(m), omega) : Double.NEGATIVE_INFINITY;
        };
    }

    private static double highest(final DoubleUnaryOperator f, final double from, final double to) {
        double low = from;
        double high = to;
        for (int round = 0; round < 40; round++) { // the best of 40 points, then around it
            double best = low;
            final double step = (high - low) / 40;
            for (int i = 0; i <= 40; i++) {
                best = f.applyAsDouble(low + i * step) > f.applyAsDouble(best) ? low + i * step : best;
            }
            low = Math.max(from, best - step);
            high = Math.min(to, best + step);
        }
        return (low + high) / 2;
    }

    @Test
    void meanAndItsVarianceAreThoseOfTheLikelihoodAtThatVariance() {
        for (final double tau2 : new double[] {1e-6, 0.01, 0.1, 0.2, 0.24, 0.2499}) {
            final boolean[] kinds = tau2 < 0.1 ? new boolean[] {true, false} : new boolean[] {true};
            for (final boolean beta : kinds) {
                final double[][] d = beta ? Fits.successes(30, 4) : Fits.counts(30, 4);
                final CountModel model = model((beta ? Fits.binomial() : Fits.poisson()).given(tau2, Double.NaN)
                    .build(), d);
                final PriorEstimate prior = model.estimate(Progress.NONE);
                final DoubleUnaryOperator f = along(model, tau2, beta);
                final double m = highest(f, 1e-3, beta ? 1 - 1e-3 : 5);
                assertEquals(m, prior.eta()[0], 1e-6 * m, "mean at " + tau2); // a maximum is flat: half the digits
                final double factor = beta ? m * (1 - m) : m * m;
                assertEquals(tau2, prior.eta()[1] * model.varianceFactor(prior.eta()[0]), 1e-12 * tau2);
                // dc/dm along tau2 = c factor(m)
                final double slope = -tau2 * (beta ? 1 - 2 * m : 2 * m) / (factor * factor);
                assertEquals(slope, prior.covariance()[0][1] / prior.covariance()[0][0],
                    1e-4 * Math.abs(slope) + 1e-6, "slope at " + tau2);
                final double room = beta ? Math.sqrt(0.25 - tau2) - Math.abs(m - 0.5) : m;
                final double h = 1e-2 * Math.min(room, Math.sqrt(prior.covariance()[0][0]));
                final double top = prior.eta()[0];
                final double information =
                    -(f.applyAsDouble(top + h) - 2 * f.applyAsDouble(top) + f.applyAsDouble(top - h)) / (h * h);
                assertEquals(1 / information, prior.covariance()[0][0], 1e-2 * prior.covariance()[0][0],
                    "variance at " + tau2);
            }
        }
    }

    @Test
    void estimatesLieBetweenTheirOwnAndThePriorMeanUpToTheLargestVariance() {
        final double[][] d = Fits.successes(25, 9);
        for (final double tau2 : new double[] {1e-300, 1e-20, 1e-3, 0.1, 0.2, 0.2499, 0.2499999999}) {
            for (final double mean : new double[] {Double.NaN, 0.5}) {
                final UnitFit result = Fits.of(Fits.binomial().given(tau2, mean).threshold(1e-300), d[0],
                    d[1]);
                for (int i = 0; i < result.rows(); i++) {
                    final ShrinkageRow row = result.shrinkage(i);
                    assertTrue(row.mean() >= Math.min(row.observed(), row.priorMean()) * (1 - 1e-12)
                        && row.mean() <= Math.max(row.observed(), row.priorMean()) * (1 + 1e-12), row.toString());
                    assertTrue(row.shrinkage() >= 0 && row.shrinkage() <= 1 && row.stdDeviation() >= 0
                        && row.lower() <= row.upper() && row.exceedance() >= 0 && row.exceedance() <= 1, row.toString());
                }
            }
        }
    }

    @Test
    void variancesThatNoPriorHasAreRefused() {
        refused("below 0.25", Fits.binomial().given(0.25, Double.NaN));
        refused("below 0.25", Fits.binomial().given(0.5, Double.NaN));
        refused("below 0.16", Fits.binomial().given(0.16, 0.2));
        refused("10^12", Fits.poisson().given(1e300, 0.5));
        refused("10^12", Fits.poisson().given(1, 1e-9));
        final double[][] all = {{0, 3, 4, 0}, {2, 3, 4, 5}}; // none in between: the largest variance fits best
        assertTrue(assertThrows(ModelException.class,
            () -> Fits.of(Fits.binomial().given(0.24, Double.NaN), all[0], all[1])).getMessage()
            .contains("\"Given prior variance\" is too large"));
    }

    private static void refused(final String part, final EmpiricalBayesSettings.Builder settings) {
        final String message = assertThrows(ModelException.class, settings::build).getMessage();
        assertTrue(message.contains(part) && message.contains("\"Given prior variance\""), message);
    }
}
