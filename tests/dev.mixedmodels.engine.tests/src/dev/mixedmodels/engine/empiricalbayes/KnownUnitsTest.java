package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Standard errors of 0: BCG trials of which some have the sampling variance 0, metafor 3.8-1, rma(yi, vi, mods = ~ ablat,
 * control = list(threshold = 1e-14, tol = 1e-12)), which warns and leaves out what does not exist; closed forms; limits.
 */
class KnownUnitsTest {
    private static final MeanDesign CONSTANT = MeanDesign.INTERCEPT;

    private static Units trials(final MeanDesign mean, final int... known) {
        final TestData data = TestData.read("bcg");
        final double[] se = data.numbers("\"vi\"").clone();
        for (int i = 0; i < se.length; i++) {
            se[i] = Math.sqrt(se[i]);
        }
        for (final int unit : known) {
            se[unit] = 0;
        }
        return new Units("trial", i -> "" + i, data.numbers("\"yi\""), se, mean, null);
    }

    private static MeanDesign latitude() {
        final double[] latitude = TestData.read("bcg").numbers("\"ablat\"");
        final double[] x = new double[2 * latitude.length];
        for (int i = 0; i < latitude.length; i++) {
            x[2 * i] = 1;
            x[2 * i + 1] = latitude[i];
        }
        return new MeanDesign(List.of("(Intercept)", "ablat"), new int[] {0, 1}, x,
            Map.of("ablat", new double[][] {{0, 1}}));
    }

    private static UnitFit fit(final EmpiricalBayesSettings.Builder settings, final Units units) {
        return Fits.of(settings, units, new Warnings());
    }

    @Test
    void thatNothingIsShrunkIsSaid() {
        for (final int known : new int[] {12, 13}) {
            final Warnings warnings = new Warnings();
            final UnitFit result = Fits.of(Fits.gaussian(), trials(CONSTANT, IntStream.range(0, known).toArray()),
                warnings);
            assertEquals(known == 13, warnings.list().stream().anyMatch(text -> text.startsWith("All units have the standard "
                + "error 0: their estimates are taken for their true values")), warnings.list().toString());
            assertEquals(0, result.shrinkage(0).shrinkage());
        }
    }

    /** tau2, its standard error, log likelihood (NaN for REML), coefficients and standard errors. */
    private static void assertFit(final PriorEstimator estimator, final MeanDesign mean, final double... expected) {
        final UnitFit result = fit(Fits.gaussian().estimator(estimator), trials(mean, 2, 6, 10));
        assertEquals(expected[0], Fits.parameter(result, "tau2").estimate(), 1e-7, estimator.name());
        assertEquals(expected[1], Fits.parameter(result, "tau2").stdError(), 1e-5 * expected[1], estimator.name());
        if (!Double.isNaN(expected[2])) {
            assertEquals(expected[2], Fits.statistic(result, "Log Likelihood").value(), 1e-7);
        }
        final List<FixedEffectRow> effects = result.tables().fixedEffects();
        for (int j = 0; j < effects.size(); j++) {
            final double stdError = expected[3 + effects.size() + j];
            assertEquals(expected[3 + j], effects.get(j).estimate(), 1e-6 * stdError, estimator.name());
            assertEquals(stdError, effects.get(j).stdError(), 1e-6 * stdError, estimator.name());
            assertTrue(Double.isNaN(effects.get(j).naiveEstimate()), "complete pooling does not exist");
        }
    }

    @Test
    void priorsAgreeWithMetafor() {
        assertFit(PriorEstimator.REML, CONSTANT, 0.3717660834717, 0.1769326939196, Double.NaN, -0.779260004835,
            0.1843205673781);
        assertFit(PriorEstimator.REML, latitude(), 0.2695729803216, 0.1395516187974, Double.NaN, 0.03075801115662,
            -0.02530652620702, 0.39787788665398, 0.01130482018926);
        assertFit(PriorEstimator.ML, CONSTANT, 0.3383464613185, 0.1553276104102, -12.80392216394, -0.780811605251,
            0.1768393488576);
        assertFit(PriorEstimator.ML, latitude(), 0.2219681391364, 0.1063239740369, -10.34321398009, 0.01899801481810,
            -0.02516531665997, 0.3642328423498, 0.0103903494047);
        assertFit(PriorEstimator.HEDGES, latitude(), 0.2607590292549, 0.1688702875566, -10.4030481803, 0.02879168277525,
            -0.02528333335230, 0.39188186989757, 0.01114185940879);
        assertFit(PriorEstimator.SIDIK_JONKMAN, CONSTANT, 0.3813875808999, 0.1594582585961, -12.83766617949,
            -0.7788386408812, 0.1864119833133);
    }

    @Test
    void profileBoundsAgreeWithMetafor() {
        final UnitFit result = fit(Fits.gaussian(), trials(CONSTANT, 2, 6, 10));
        assertEquals(1.0416, Fits.parameter(result, "tau2").upper(), 1e-4);
        assertTrue(Fits.parameter(result, "tau2").lower() > 0);
    }

    @ParameterizedTest
    @EnumSource(PosteriorVariance.class)
    void whatIsKnownIsNotShrunkWhateverTheVariance(final PosteriorVariance variance) {
        final UnitFit result = fit(
            Fits.gaussian().posteriorVariance(variance).simulation(1, 20).threshold(-1).ranks(true),
            trials(latitude(), 2, 6, 10));
        final ShrinkageRow known = result.shrinkage(6);
        assertEquals(known.observed(), known.mean(), 0);
        assertEquals(0, known.observedStdError(), 0);
        assertEquals(0, known.shrinkage(), 0);
        assertEquals(0, known.stdDeviation(), 0);
        assertEquals(known.mean(), known.lower(), 0);
        assertEquals(known.mean(), known.upper(), 0);
        assertEquals(1 - (known.observed() > -1 ? 0 : 1), known.exceedance(), 0);
        assertEquals(0, result.fitted(6).residual(), 0);
        final ShrinkageRow other = result.shrinkage(0);
        assertTrue(other.stdDeviation() > 0 && other.shrinkage() > 0 && other.lower() < other.upper());
        for (final String missing : List.of("Q", "I2", "H2", "Typical Sampling Variance", "Random trial")) {
            assertTrue(Double.isNaN(Fits.statistic(result, missing).value()), missing);
            assertTrue(Fits.statistic(result, missing).note().contains("standard error 0"), missing);
        }
        assertTrue(Fits.statistic(result, "Levels of trial").note().contains("3 with the standard error 0 are known"));
    }

    @Test
    void allKnownIsASample() {
        final double[] y = {3, 5, 4, 8};
        final Units units = Units.of("unit", i -> "u" + i, y, new double[4]);
        final UnitFit reml = fit(Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG), units);
        assertEquals(14 / 3.0, Fits.parameter(reml, "tau2").estimate(), 1e-9);
        assertEquals(5, reml.tables().fixedEffects().get(0).estimate(), 1e-12);
        assertEquals(Math.sqrt(14 / 12.0), reml.tables().fixedEffects().get(0).stdError(), 1e-9);
        assertEquals(3.5, Fits.parameter(fit(Fits.gaussian().estimator(PriorEstimator.ML), units), "tau2").estimate(), 1e-9);
        assertEquals(14 / 3.0,
            Fits.parameter(fit(Fits.gaussian().estimator(PriorEstimator.PAULE_MANDEL), units), "tau2").estimate(), 1e-9);
        assertEquals(8, reml.shrinkage(3).mean(), 0);
    }

    /** One known unit and an unknown mean: the restricted likelihood is that of the differences from the known one. */
    @Test
    void asManyKnownUnitsAsCoefficientsHaveARestrictedMaximum() {
        final UnitFit result = fit(Fits.gaussian(), trials(CONSTANT, 5));
        assertEquals(0.3124342121681, Fits.parameter(result, "tau2").estimate(), 1e-8); // metafor
        assertEquals(-0.7146177767947, result.tables().fixedEffects().get(0).estimate(), 1e-8);
        assertEquals(0.1793943408410, result.tables().fixedEffects().get(0).stdError(), 1e-8);
        // three units close to the known one, whose differences are less than chance
        final UnitFit pooled =
            Fits.of(Fits.gaussian().posteriorVariance(PosteriorVariance.NAIVE), new double[] {1, 1.1, 0.9, 1.05}, 0, 1, 2, 1);
        assertEquals(0, Fits.parameter(pooled, "tau2").estimate(), 0);
        assertEquals(1, pooled.tables().fixedEffects().get(0).estimate(), 1e-12);
        assertEquals(1, pooled.shrinkage(2).mean(), 1e-12);
        assertEquals(0, pooled.shrinkage(0).shrinkage(), 0);
    }

    /** Standard errors that go to 0 lead to the same figures. */
    @Test
    void smallStandardErrorsHaveThisLimit() {
        final Units known = trials(latitude(), 2, 6, 10);
        final double[] se = known.precision().clone();
        for (int i = 0; i < se.length; i++) {
            se[i] = se[i] == 0 ? 1e-7 : se[i];
        }
        final Units close = new Units("trial", known.labels(), known.y(), se, known.mean(), null);
        for (final PosteriorVariance variance : List.of(PosteriorVariance.MORRIS, PosteriorVariance.KASS_STEFFEY,
            PosteriorVariance.PRASAD_RAO)) {
            final UnitFit limit = fit(Fits.gaussian().posteriorVariance(variance), known);
            final UnitFit near = fit(Fits.gaussian().posteriorVariance(variance), close);
            for (int i = 0; i < se.length; i++) {
                assertEquals(near.shrinkage(i).mean(), limit.shrinkage(i).mean(), 1e-6);
                assertEquals(near.shrinkage(i).stdDeviation(), limit.shrinkage(i).stdDeviation(), 1e-6);
                assertEquals(near.fitted(i).normalized(), limit.fitted(i).normalized(), 1e-6);
            }
            assertEquals(Fits.statistic(near, "Log Likelihood").value(), Fits.statistic(limit, "Log Likelihood").value(),
                1e-6);
        }
    }

    /** Also where tau2 is estimated as 0, as by one known unit and three that differ from it by less than chance. */
    @ParameterizedTest
    @EnumSource(PosteriorVariance.class)
    void aKeptPriorLeavesWhatIsKnownAsItIs(final PosteriorVariance variance) {
        final Frame frame = new Frame(4, List.of(new NumericColumn("y", new double[] {1, 1.1, 0.9, 1.05}),
            new NumericColumn("se", new double[] {0, 1, 2, 1})));
        final UnitColumns columns = new UnitColumns(null, "y", "se", Double.NaN, Double.NaN, List.of());
        final UnitFit result = Fits.of(Fits.gaussian().posteriorVariance(variance).simulation(1, 10), columns, frame,
            new Warnings());
        final NewUnits units =
            new NewUnits(result.result().prior(), null, ModelFrame.ofNew(frame, "y", List.of("se")), 0.95);
        for (int row = 0; row < 4; row++) {
            assertEquals(result.shrinkage(row).mean(), units.posterior(row).mean(), 1e-12);
            final double deviation = result.shrinkage(row).stdDeviation();
            assertEquals(deviation * deviation, units.posterior(row).variance(), 1e-12);
        }
    }

    @Test
    void likelihoodsWithoutAMaximumAreRefusedInWords() {
        refused("likelihood grows better without bound", Fits.gaussian().estimator(PriorEstimator.ML), 1, 2, 0, 1);
        refused("they all lie on one prior mean", Fits.gaussian(), 1, 1, 0, 0);
        refused("REML", Fits.gaussian().estimator(PriorEstimator.ML), 1, 2, 0, 1);
        refused("inverse of their sampling", Fits.gaussian().estimator(PriorEstimator.DERSIMONIAN_LAIRD), 1, 2, 0, 1);
        refused("Given prior variance", Fits.gaussian().given(0, Double.NaN), 1, 2, 0, 1);
        refused("nonparametric", Fits.gaussian().prior(Prior.NONPARAMETRIC), 1, 2, 0, 1);
        refused("gives a prior variance of 0", Fits.gaussian().estimator(PriorEstimator.HEDGES), 1, 1.001, 0, 0);
        assertEquals(3, Fits.of(Fits.gaussian().given(0.5, Double.NaN), new double[] {3, 3, 5}, 0, 0, 1).shrinkage(1)
            .mean(), 0);
    }

    /** Four units: two with these estimates and standard errors, and two with standard errors of 5. */
    private static void refused(final String part, final EmpiricalBayesSettings.Builder settings, final double first,
        final double second, final double firstError, final double secondError) {
        final String message = assertThrows(ModelException.class,
            () -> Fits.of(settings, new double[] {first, second, 1, 1.5}, firstError, secondError, 5, 5)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
