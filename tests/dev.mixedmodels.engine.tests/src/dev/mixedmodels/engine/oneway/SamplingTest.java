package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Estimates and intervals over repeated samples from the model with known parameters. */
class SamplingTest {
    private static final int[] SIZES = {2, 2, 3, 5, 8, 12, 20};
    private static final double SIGMA = 1.5;
    private static final double TAU = 1;
    private static final int SAMPLES = 4000;

    /** Within 4 Monte Carlo standard errors of the mean of the values. */
    private static void assertMean(final double expected, final double[] values, final String what) {
        double sum = 0;
        double squares = 0;
        for (final double x : values) {
            sum += x;
            squares += x * x;
        }
        final double mean = sum / values.length;
        final double sd = Math.sqrt(squares / values.length - mean * mean);
        assertEquals(expected, mean, 4 * sd / Math.sqrt(values.length), what);
    }

    @Test
    void theMethodOfMomentsIsUnbiasedAndItsVariancesAreRight() {
        final Random random = new Random(51);
        final double[] sigma2 = new double[SAMPLES];
        final double[] tau2 = new double[SAMPLES];
        final double[] mean = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            final Rows rows = Fixtures.simulate(random, SIZES, SIGMA, TAU);
            final AnovaTable anova = Fixtures.anova(rows.statistics());
            final SizeClasses classes = SizeClasses.of(rows.statistics(), anova);
            final VarianceEstimates e = MomentEstimator.estimate(classes, anova);
            sigma2[i] = e.sigma2() * classes.unit() * classes.unit();
            tau2[i] = e.tau2() * classes.unit() * classes.unit();
            mean[i] = anova.grandMean();
        }
        assertMean(SIGMA * SIGMA, sigma2, "sigma2");
        assertMean(TAU * TAU, tau2, "tau2");
        // the formulas at the true parameters against the spread of the estimates
        double n = 0;
        double squares = 0;
        double v2 = 0;
        double nv2 = 0;
        double nv = 0;
        for (final int size : SIZES) {
            final double v = TAU * TAU + size * SIGMA * SIGMA;
            n += size;
            squares += size * size;
            v2 += v * v;
            nv2 += size * v * v;
            nv += size * v;
        }
        final double a = SIZES.length;
        final double n0 = (n - squares / n) / (a - 1);
        final double between = 2 * (v2 - 2 * nv2 / n + nv * nv / n / n) / (a - 1) / (a - 1);
        final double within = 2 / (n - a);
        assertMean((between + within) / n0 / n0, squaredDeviations(sigma2, SIGMA * SIGMA), "Var(sigma2)");
        assertMean(SIGMA * SIGMA * squares / n / n + TAU * TAU / n, squaredDeviations(mean, 10), "Var(mu)");
    }

    private static double[] squaredDeviations(final double[] values, final double centre) {
        final double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = (values[i] - centre) * (values[i] - centre);
        }
        return squares;
    }

    @Test
    void exactIntervalsCoverAsTheySay() {
        final Random random = new Random(52);
        final double[] correlation = new double[SAMPLES];
        final double[] residual = new double[SAMPLES];
        final double icc = SIGMA * SIGMA / (SIGMA * SIGMA + TAU * TAU);
        final RandomInterceptSettings settings = RandomInterceptSettings.of("y", "g", Method.ANOVA);
        for (int i = 0; i < SAMPLES; i++) {
            final Rows rows = Fixtures.simulate(random, SIZES, SIGMA, TAU);
            final AnovaTable anova = Fixtures.anova(rows.statistics());
            final SizeClasses classes = SizeClasses.of(rows.statistics(), anova);
            final IntraclassCorrelation bounds = IntraclassCorrelation.of(anova, classes, 0.9);
            correlation[i] = bounds.exact().lower() <= icc && icc <= bounds.exact().upper() ? 1 : 0;
            final VarianceBounds variances = VarianceBounds.of(settings, anova, classes, null,
                MomentEstimator.estimate(classes, anova));
            final double tau2 = TAU * TAU / classes.unit() / classes.unit();
            residual[i] = variances.tau2().lower() <= tau2 && tau2 <= variances.tau2().upper() ? 1 : 0;
        }
        assertMean(0.9, correlation, "Wald's interval");
        assertMean(0.95, residual, "chi-square interval");
    }

    @Test
    void kenwardRogerAndSatterthwaiteIntervalsOfTheMeanCoverNearly95Percent() {
        for (final DfMethod df : new DfMethod[] {
            DfMethod.KENWARD_ROGER, DfMethod.SATTERTHWAITE}) {
            final Random random = new Random(53);
            final RandomInterceptSettings settings = new RandomInterceptSettings("y", "g", Method.REML,
            new InferenceSettings(df, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.NONE, false), 1);
            final int samples = 1500;
            int covered = 0;
            for (int i = 0; i < samples; i++) {
                final FixedEffectRow mean = Fixtures.fit(Fixtures.simulate(random, SIZES, SIGMA, TAU), settings)
                    .tables().fixedEffects().get(0);
                covered += mean.lower() <= 10 && 10 <= mean.upper() ? 1 : 0;
            }
            final double share = covered / (double) samples;
            // standard error 0.0056; the intervals are approximate
            assertTrue(share > 0.93 && share < 0.97, df + " " + share);
        }
    }
}
