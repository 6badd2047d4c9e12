package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Prior means by formula: BCG vaccine trials in metafor 3.8-1, rma(yi, vi, mods = the formula, control = list(threshold
 * = 1e-14, tol = 1e-12)).
 */
class FormulaMeanTest {
    private static final UnitColumns COLUMNS =
        new UnitColumns("trial", "yi", "vi", Double.NaN, Double.NaN, true, List.of(), null, null);

    private static Frame frame() {
        final TestData data = TestData.read("bcg");
        return new Frame(data.rows(), List.of(NominalColumn.of("trial", Arrays.asList(data.strings("\"trial\""))),
            NominalColumn.of("alloc", Arrays.stream(data.strings("\"alloc\"")).map(text -> text.replace("\"", "")).toList()),
            new NumericColumn("ablat", data.numbers("\"ablat\"")), new NumericColumn("yi", data.numbers("\"yi\"")),
            new NumericColumn("vi", data.numbers("\"vi\""))));
    }

    private static UnitFit fit(final String mean, final EmpiricalBayesSettings.Builder settings) {
        return Fits.of(settings, COLUMNS.withMean(UnitColumns.parse("yi", mean)), frame(), new Warnings());
    }

    private static void assertRow(final UnitFit result, final int row, final String term,
        final double estimate, final double stdError) {
        final FixedEffectRow effect = result.tables().fixedEffects().get(row);
        assertEquals(term, effect.term());
        assertEquals(estimate, effect.estimate(), 1e-6 * stdError);
        assertEquals(stdError, effect.stdError(), 1e-6 * stdError);
    }

    @Test
    void interactionsAgreeWithMetafor() {
        final UnitFit result = fit("ablat * alloc", Fits.gaussian());
        assertEquals(0.24653092505978, Fits.parameter(result, "tau2").estimate(), 1e-7);
        assertEquals(0.20851509709759, Fits.parameter(result, "tau2").stdError(), 1e-6);
        assertRow(result, 0, "(Intercept)", 0.0208845302693050, 0.802738250842425);
        assertRow(result, 1, "ablat", -0.0183409117292764, 0.023948819012571);
        assertRow(result, 3, "allocsystematic", 0.4710537925578636, 1.271260851012690);
        assertRow(result, 4, "ablat:allocrandom", -0.0098144002543371, 0.027896126675904);
        assertRow(result, 5, "ablat:allocsystematic", -0.0124917430642577, 0.039123480366707);
        assertEquals(20.780941912999, Fits.statistic(result, "Q").value(), 1e-9);
        assertEquals(70.4919704212, Fits.statistic(result, "I2").value(), 1e-5);
        assertEquals(2, Fits.statistic(result, "Fixed ablat:alloc").numDf(), 0);
    }

    @Test
    void likelihoodAndMomentsOfACurveAgreeWithMetafor() {
        final UnitFit result =
            fit("~ ablat + I(ablat^2)", Fits.gaussian().estimator(PriorEstimator.PAULE_MANDEL));
        assertEquals(0.14301585503888, Fits.parameter(result, "tau2").estimate(), 1e-7);
        assertRow(result, 0, "(Intercept)", -0.46923494641399782, 0.77098050233639714);
        assertRow(result, 1, "ablat", 0.02571351523348335, 0.05590995488731248);
        assertRow(result, 2, "I(ablat^2)", -0.00084491319659142, 0.00085882718207715);
        assertEquals(-8.1274587254838, Fits.statistic(result, "Log Likelihood").value(), 1e-7);
    }

    @Test
    void aMeanWithoutAnInterceptAgreesWithMetafor() {
        final UnitFit levels = fit("0 + alloc", Fits.gaussian());
        assertEquals(0.36150366432402, Fits.parameter(levels, "tau2").estimate(), 1e-6);
        assertRow(levels, 0, "allocalternate", -0.51795577715529, 0.44119446038685);
        assertRow(levels, 1, "allocrandom", -0.96577417854585, 0.26724409406526);
        assertRow(levels, 2, "allocsystematic", -0.42891756092358, 0.34494536762530);
        assertEquals(132.36763826271, Fits.statistic(levels, "Q").value(), 1e-8);
    }

    /**
     * With one column that is not constant metafor's own estimates of tau2 are no solutions of its equations: REML ends at
     * 0.2986, where its log likelihood is -9.69, Paule-Mandel at 0.2978, where Q is 7.6 on 12 degrees of freedom. These are
     * the maximum of metafor's log likelihood over given tau2 and the tau2 at which Q is 12, with metafor's fits there.
     */
    @Test
    void aLineThroughTheOriginAgreesWithMetaforAtTheSolution() {
        final UnitFit line = fit("ablat - 1", Fits.gaussian().posteriorVariance(PosteriorVariance.NAIVE)
            .estimator(PriorEstimator.PAULE_MANDEL));
        assertEquals(0.1302389231957, Fits.parameter(line, "tau2").estimate(), 1e-10);
        assertRow(line, 0, "ablat", -0.022771482981529, 0.003675631628203);
        assertEquals(48.7020856119, Fits.statistic(line, "Q").value(), 1e-9); // its residuals at tau2 = 0; it prints 209.7
        assertEquals(84.498150400626642, Fits.statistic(line, "I2").value(), 1e-8);
        assertEquals(-0.9697632464343, line.shrinkage(0).mean(), 1e-9);
        assertTrue(Fits.statistic(line, "Formula").note().endsWith("mean ~ 0 + ablat"));
        final UnitFit reml = fit("0 + ablat", Fits.gaussian().posteriorVariance(PosteriorVariance.NAIVE));
        assertEquals(0.08645031979671, Fits.parameter(reml, "tau2").estimate(), 1e-7);
        assertRow(reml, 0, "ablat", -0.022595448915194, 0.003202943087257);
        assertEquals(-0.9721927979006, reml.shrinkage(0).mean(), 1e-7);
        assertEquals(-1.3481515917543, reml.shrinkage(1).mean(), 1e-7);
    }

    @Test
    void levelsWithoutAnInterceptAreTheSameModelAsWithOne() {
        final UnitFit with = fit("alloc", Fits.gaussian());
        final UnitFit without = fit("0 + alloc", Fits.gaussian());
        for (int i = 0; i < 13; i++) {
            assertEquals(with.shrinkage(i).mean(), without.shrinkage(i).mean(), 1e-9);
            assertEquals(with.shrinkage(i).stdDeviation(), without.shrinkage(i).stdDeviation(), 1e-9);
            assertEquals(with.fitted(i).marginal(), without.fitted(i).marginal(), 1e-9);
        }
        // of restricted likelihoods only that without log |X'X| is the same
        assertEquals(Fits.statistic(with, "Q").value(), Fits.statistic(without, "Q").value(), 1e-9);
        assertEquals(Fits.statistic(with, "Prediction Interval Lower").value(),
            Fits.statistic(without, "Prediction Interval Lower").value(), 1e-9);
    }

    @Test
    void adHocCorrectionAgreesWithMetafor() {
        // the scale is 0.9908 here: Knapp-Hartung shortens the intervals, ad hoc does not
        final UnitFit plain = fit("ablat * alloc", Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG));
        assertRow(plain, 1, "ablat", -0.0183409117292764, 0.023838855575464);
        final UnitFit adHoc =
            fit("ablat * alloc", Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG_AD_HOC));
        assertRow(adHoc, 1, "ablat", -0.0183409117292764, 0.023948819012571);
        assertEquals(0.46880450833106, adHoc.tables().fixedEffects().get(1).pValue(), 1e-7);
        assertEquals(7, adHoc.tables().fixedEffects().get(1).df(), 0);
        // and here it is 1.19: both enlarge them
        final UnitFit larger = fit("ablat", Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG_AD_HOC));
        assertRow(larger, 1, "ablat", -0.02910172501165, 0.0082014174110366);
        assertEquals(0.00456505154154, larger.tables().fixedEffects().get(1).pValue(), 1e-9);
        final FitStatisticRow test = Fits.statistic(larger, "Fixed ablat");
        assertEquals(12.590982884426, test.value(), 1e-5);
        assertEquals("Knapp-Hartung, standard errors not below those of the normal distribution", test.note());
    }

    @Test
    void whatIsNoPriorMeanIsRefusedInWords() {
        assertRefused("ablat + (1 | trial)", "(1 | trial)");
        assertRefused("0", "Given prior mean");
        assertRefused("ablat + offset(vi)", "offset");
        assertRefused("yi ~ ablat", "Leave out \"yi ~\"");
        assertEquals("yi ~ `a~b`", UnitColumns.parse("yi", "`a~b`").toString());
        assertRefused("ablat +", "ablat +");
        assertRefused("yi", "yi");
        final UnitColumns unit = COLUMNS.withMean(UnitColumns.parse("yi", "trial"));
        assertThrows(ModelException.class,
            () -> Fits.of(Fits.gaussian(), unit, frame(), new Warnings()));
        assertEquals(COLUMNS.names(), COLUMNS.withMean(UnitColumns.parse("yi", "1")).names());
    }

    private static void assertRefused(final String mean, final String part) {
        final String message =
            assertThrows(ModelException.class, () -> UnitColumns.parse("yi", mean)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
