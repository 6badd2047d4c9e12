package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response in any unit has the same fit. */
class ResponseSizeTest {
    private static final String MODEL = "y ~ arm * x + (1 + x | site) + (1 | id)";

    private static Frame frame(final double factor) {
        final TestData data = TestData.read("threearms");
        return new Frame(data.rows(), List.of(NominalColumn.of("arm", Arrays.asList(data.strings("arm"))),
            NominalColumn.of("site", Arrays.asList(data.strings("site"))),
            NominalColumn.of("id", Arrays.asList(data.strings("id"))), new NumericColumn("x", data.numbers("x")),
            new NumericColumn("y", Arrays.stream(data.numbers("y")).map(y -> factor * y).toArray())));
    }

    private static ModelFit fit(final double factor, final Warnings warnings) {
        return Fits.fit(MODEL, frame(factor), Fits.DEFAULT, DesignOptions.DEFAULT, warnings);
    }

    /** A power of two changes no digit; variances are numbers up to its square. */
    @ParameterizedTest
    @ValueSource(ints = {-490, -40, 3, 490})
    void aPowerOfTwoChangesNoDigit(final int exponent) {
        final double c = Math.scalb(1.0, exponent);
        final ModelFit plain = fit(1, new Warnings());
        final ModelFit scaled = fit(c, new Warnings());
        for (int i = 0; i < plain.tables().fixedEffects().size(); i++) {
            final FixedEffectRow a = plain.tables().fixedEffects().get(i);
            assertEquals(new FixedEffectRow(a.term(), c * a.estimate(), c * a.stdError(), a.df(), a.t(), a.pValue(),
                c * a.lower(), c * a.upper(), c * a.naiveEstimate(), c * a.naiveStdError(), a.naivePValue(),
                a.designEffect()), scaled.tables().fixedEffects().get(i));
        }
        for (int i = 0; i < plain.tables().covarianceParameters().size(); i++) {
            final CovarianceParameterRow a = plain.tables().covarianceParameters().get(i);
            final double s = a.parameter().startsWith("Corr") ? 1 : c * c;
            assertEquals(new CovarianceParameterRow(a.group(), a.parameter(), s * a.estimate(), s * a.stdError(),
                s * a.lower(), s * a.upper(), c * a.stdDeviation(), a.correlation(), a.share(), a.onBoundary()),
                scaled.tables().covarianceParameters().get(i));
        }
        final BlupRow blup = plain.tables().blups().iterator().next();
        final BlupRow other = scaled.tables().blups().iterator().next();
        assertEquals(c * blup.blup(), other.blup());
        assertEquals(c * blup.coefficientStdError(), other.coefficientStdError());
        assertEquals(blup.reliability(), other.reliability());
        final MeansRow mean = plain.tables().means().iterator().next();
        assertEquals(c * mean.estimate(), scaled.tables().means().iterator().next().estimate());
        final CovarianceEntryRow d = plain.tables().covarianceMatrices().iterator().next();
        assertEquals(c * c * d.covariance(), scaled.tables().covarianceMatrices().iterator().next().covariance());
        final FittedRow row = Figures.fittedValues(plain).apply(4);
        assertEquals(new FittedRow(c * row.marginal(), c * row.conditional(), c * row.residual(), row.pearson(),
            row.normalized()), Figures.fittedValues(scaled).apply(4));
    }

    /** Beyond 1e154 either way variances are no numbers: they are missing, and all else is there. */
    @ParameterizedTest
    @CsvSource({"1e-300, small", "1e-170, small", "1e170, large", "1e300, large"})
    void whereVariancesAreNoNumbersAllElseIsThere(final double factor, final String size) {
        final Warnings warnings = new Warnings();
        final ModelFit plain = fit(1, new Warnings());
        final ModelFit scaled = fit(factor, warnings);
        assertTrue(String.join("\n", warnings.list()).contains("\"y\" are so " + size), warnings.list().toString());
        for (int i = 0; i < plain.tables().fixedEffects().size(); i++) {
            final FixedEffectRow a = plain.tables().fixedEffects().get(i);
            final FixedEffectRow b = scaled.tables().fixedEffects().get(i);
            // values of the response are rounded anew
            assertEquals(a.estimate(), b.estimate() / factor, 1e-9 * a.stdError());
            assertEquals(a.df(), b.df(), 1e-6 * a.df());
            assertEquals(a.pValue(), b.pValue(), 1e-9);
        }
        for (int i = 0; i < plain.tables().covarianceParameters().size(); i++) {
            final CovarianceParameterRow a = plain.tables().covarianceParameters().get(i);
            final CovarianceParameterRow b = scaled.tables().covarianceParameters().get(i);
            final boolean known = a.estimate() == 0 || a.parameter().startsWith("Corr") && !Double.isNaN(a.estimate());
            assertEquals(known, Double.isFinite(b.estimate()), a.parameter());
            if (a.stdDeviation() > 0) {
                assertEquals(a.stdDeviation(), b.stdDeviation() / factor, 1e-9 * a.stdDeviation(), a.parameter());
            }
        }
        for (final FitStatisticRow row : plain.tables().modelFit()) {
            final double value = Fits.statistic(scaled, row.statistic()).value();
            if (row.statistic().startsWith("Intraclass") || row.statistic().startsWith("R2")) {
                assertEquals(row.value(), value, 1e-8, row.statistic());
            }
        }
        assertEquals(Fits.statistic(plain, "Residual Std. Deviation").value(),
            Fits.statistic(scaled, "Residual Std. Deviation").value() / factor, 1e-9);
    }

    @Test
    void likelihoodsCountTheUnit() {
        final ModelFit plain = fit(1, new Warnings());
        final ModelFit scaled = fit(1000, new Warnings());
        final double n = 35 - 6;
        assertEquals(Fits.statistic(plain, "-2 Log Likelihood").value() + 2 * n * Math.log(1000),
            Fits.statistic(scaled, "-2 Log Likelihood").value(), 1e-8);
        assertFalse(Fits.statistic(plain, "BIC").note().equals(Fits.statistic(scaled, "BIC").note()));
    }
}
