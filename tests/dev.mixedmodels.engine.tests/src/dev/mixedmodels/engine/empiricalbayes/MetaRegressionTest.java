package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * BCG vaccine trials by latitude and year: metafor 3.8-1, rma(yi, vi, mods = ~ ablat + year, control = list(threshold =
 * 1e-14, tol = 1e-12)).
 */
class MetaRegressionTest {
    private static final double[][] COVARIATES = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    /** tau2, its standard error, three coefficients, their standard errors, Q, I2, H2, log likelihood (ML). */
    private static final Map<PriorEstimator, double[]> METAFOR = Map.of(
        PriorEstimator.REML, new double[] {0.110784696947, 0.0844607754596, -3.54535301988, -0.0280113294442,
            0.00190748044748, 29.0956222326, 0.010233943231, 0.014683685892, 28.3251436606, 71.9773177792, 3.5685377728,
            -8.27448856402},
        PriorEstimator.ML, new double[] {0.0268731993141, 0.0235843667177, 6.61092417492, -0.0308514226598,
            -0.00319006208008, 18.1913258987, 0.00628705770644, 0.00917980703569, 28.3251436606, 38.3877482136,
            1.62305380993, -7.64611522773},
        PriorEstimator.PAULE_MANDEL, new double[] {0.171637115724, 0.117639938382, -6.08883036307, -0.027019578009,
            0.00317995451422, 34.361357198, 0.0122523118187, 0.0173391703226, 28.3251436606, 79.9172515323,
            4.97939812178, -8.88350950338},
        PriorEstimator.DERSIMONIAN_LAIRD, new double[] {0.0790389578246, 0.0739352391563, -1.27979143966, -0.0287644839893,
            0.000772079782464, 25.7549692315, 0.00897921223568, 0.0129984747312, 28.3251436606, 64.6956777349,
            2.83251436606, -7.96957765293},
        PriorEstimator.HEDGES, new double[] {0.235610760817, 0.192028695739, -7.63257634772, -0.0263236700111,
            0.00395098450913, 38.9756366427, 0.0140421516199, 0.0196656815174, 28.3251436606, 84.5264089673,
            6.46262394999, -9.49872105027},
        PriorEstimator.SIDIK_JONKMAN, new double[] {0.253226123182, 0.133261729345, -7.95086674195, -0.0261707016624,
            0.00410984602743, 40.1355443368, 0.0144936651365, 0.0202504696807, 28.3251436606, 85.4461524119,
            6.87103526368, -9.66085678239},
        PriorEstimator.HUNTER_SCHMIDT, new double[] {0.0251355173662, 0.0130793109424, 7.06862993053, -0.0309598115753,
            -0.00341999841734, 17.8483638431, 0.00617209075145, 0.0090064995697, 28.3251436606, 36.8194562647,
            1.58276573907, -7.6469117970735});

    private static Units units() {
        final Golden golden = Golden.read("eb_bcg");
        final TestData data = TestData.read("bcg");
        final double[] latitude = data.numbers("\"ablat\"");
        final double[] year = data.numbers("\"year\"");
        final double[] x = new double[39];
        for (int i = 0; i < 13; i++) {
            x[3 * i] = 1;
            x[3 * i + 1] = latitude[i];
            x[3 * i + 2] = year[i];
        }
        final MeanDesign design = new MeanDesign(List.of("(Intercept)", "ablat", "copy", "year"), new int[] {0, 1, 3},
            x, Map.of("ablat", new double[][] {COVARIATES[1]}, "all", new double[][] {COVARIATES[1], COVARIATES[2]}));
        return new Units("trial", i -> "" + i, golden.at("y").numbers(), Arrays.stream(golden.at("V").numbers())
            .map(Math::sqrt).toArray(), design, null);
    }

    @Test
    void everyEstimatorAgreesWithMetafor() {
        METAFOR.forEach((estimator, expected) -> {
            final UnitFit result = Fits.of(Fits.gaussian().estimator(estimator), units(), new Warnings());
            assertEquals(expected[0], Fits.parameter(result, "tau2").estimate(), 1e-6 * expected[0], estimator.name());
            assertEquals(expected[1], Fits.parameter(result, "tau2").stdError(), 1e-5 * expected[1], estimator.name());
            final List<FixedEffectRow> rows = result.tables().fixedEffects();
            final int[] kept = {0, 1, 3};
            for (int j = 0; j < 3; j++) {
                final FixedEffectRow row = rows.get(kept[j]);
                assertEquals(expected[2 + j], row.estimate(), 1e-6 * row.stdError(), estimator.name());
                assertEquals(expected[5 + j], row.stdError(), 1e-5 * row.stdError(), estimator.name());
            }
            assertTrue(Double.isNaN(rows.get(2).estimate()));
            assertEquals(expected[8], Fits.statistic(result, "Q").value(), 1e-9 * expected[8]);
            assertEquals(expected[9], Fits.statistic(result, "I2").value(), 1e-5 * expected[9]);
            assertEquals(expected[10], Fits.statistic(result, "H2").value(), 1e-5 * expected[10]);
            if (estimator != PriorEstimator.REML) {
                assertEquals(expected[11], Fits.statistic(result, "Log Likelihood").value(), 1e-9);
            }
        });
    }

    @Test
    void testsOfCovariatesAgreeWithMetafor() {
        final FitStatisticRow wald =
            Fits.statistic(Fits.of(Fits.gaussian(), units(), new Warnings()), "Fixed all");
        assertEquals(12.2044868793 / 2, wald.value(), 1e-5); // metafor's QM is a chi-square
        assertEquals(2, wald.numDf(), 0);
        final UnitFit knapp =
            Fits.of(Fits.gaussian().dfMethod(DfMethod.KNAPP_HARTUNG), units(), new Warnings());
        assertEquals(32.2563394835, knapp.tables().fixedEffects().get(0).stdError(), 1e-8);
        assertEquals(0.0331673351464, knapp.tables().fixedEffects().get(1).pValue(), 1e-11);
        final FitStatisticRow f = Fits.statistic(knapp, "Fixed all");
        assertEquals(4.9649475559, f.value(), 1e-8);
        assertEquals(0.0318035012857, f.pValue(), 1e-11);
        assertEquals(10, f.denDf(), 0);
    }

    @Test
    void profileLikelihoodIntervalsAgreeWithMetafor() {
        final Golden golden = Golden.read("eb_bcg");
        final double[] se = Arrays.stream(golden.at("V").numbers()).map(Math::sqrt).toArray();
        final UnitFit reml = Fits.of(Fits.gaussian(), golden.at("y").numbers(), se);
        assertEquals(0.115266105748, Fits.parameter(reml, "tau2").lower(), 1e-4 * 0.115);
        assertEquals(0.964695326514, Fits.parameter(reml, "tau2").upper(), 1e-4 * 0.965);
        final UnitFit ml =
            Fits.of(Fits.gaussian().estimator(PriorEstimator.ML), golden.at("y").numbers(), se);
        assertEquals(0.105077380809, Fits.parameter(ml, "tau2").lower(), 1e-4 * 0.105);
        assertEquals(0.833912476824, Fits.parameter(ml, "tau2").upper(), 1e-4 * 0.834);
        assertEquals(-1.866692346607, Fits.statistic(reml, "Prediction Interval Lower").value(), 1e-6);
        assertEquals(0.437627649877, Fits.statistic(reml, "Prediction Interval Upper").value(), 1e-6);
    }

    @Test
    void covariatesAreForGaussianEstimates() {
        final Units units =
            new Units("u", i -> "", new double[] {1, 2, 3}, new double[] {4, 5, 6}, units().mean(), null);
        assertTrue(assertThrows(ModelException.class, () -> Fits.of(Fits.poisson(), units, new Warnings()))
            .getMessage().contains("Covariates"));
    }

    @Test
    void moreCoefficientsThanUnitsAreRefused() {
        final Units all = units();
        final double[] y = all.y().clone();
        Arrays.fill(y, 2, 13, Double.NaN);
        final Units few = new Units("u", i -> "", y, all.precision(), all.mean(), null);
        assertTrue(assertThrows(ModelException.class, () -> Fits.of(Fits.gaussian(), few, new Warnings()))
            .getMessage().contains("fewer units"));
    }
}
