package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arms of one subject each, whose residuals add up to 0: a sandwich of their means is nothing but rounding. */
class SandwichOfNothingTest {
    private static Simulated data() {
        final Simulated all = new Simulated(4, 3, 0, 12);
        for (int i = 0; i < all.y.size(); i++) {
            all.arm.set(i, List.of("a", "a", "b", "c").get(i / 3));
        }
        return all;
    }

    private static ModelFit fit(final Coding coding, final DfMethod df, final FixedCovariance kind,
        final Warnings warnings) {
        final MarginalSettings base = Simulated.settings("y ~ arm", VisitStructure.INDEPENDENT, true);
        return MarginalModel.fit(base.withOptions(base.options().withCoding(coding))
            .withInference(i -> i.withDf(df).withFixedCovariance(kind).withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.DEFAULT), data().frame(), Progress.NONE, warnings);
    }

    @ParameterizedTest
    @EnumSource(value = DfMethod.class, names = {"SATTERTHWAITE", "BETWEEN_WITHIN", "RESIDUAL", "ASYMPTOTIC"})
    void whatIsNothingButRoundingIsMissingUnderEveryCoding(final DfMethod df) {
        for (final FixedCovariance kind : EnumSet.complementOf(EnumSet.of(FixedCovariance.MODEL))) {
            for (final Coding coding : Coding.values()) {
                for (final MeansRow row : fit(coding, df, kind, new Warnings()).tables().means()) {
                    final boolean corrected = kind == FixedCovariance.CR2 || kind == FixedCovariance.CR3;
                    final boolean known = (row.level().equals("a") || row.against().equals("a"))
                        && !(corrected && row.type().equals("Difference"));
                    assertEquals(known, row.stdError() > 1e-3, row.toString());
                    assertEquals(known, !Double.isNaN(row.stdError()), row.toString());
                    assertEquals(known && !Double.isNaN(row.df()), row.pValue() >= 0, row.toString());
                    assertTrue(Double.isNaN(row.df()) || row.df() > 0, row.toString());
                }
            }
        }
    }

    /** Without an intercept the coefficients are the means. */
    @Test
    void coefficientsWithoutAStandardErrorAreNamed() {
        final MarginalSettings base = Simulated.settings("y ~ 0 + arm", VisitStructure.INDEPENDENT, true)
            .withInference(i -> i.withFixedCovariance(FixedCovariance.CR0).withVariances(VarianceIntervals.NONE, false));
        final Warnings warnings = new Warnings();
        final ModelFit fit = MarginalModel.fit(base, data().frame(), Progress.NONE, warnings);
        assertTrue(fit.tables().fixedEffects().get(0).stdError() > 1e-3);
        assertTrue(Double.isNaN(fit.tables().fixedEffects().get(1).stdError()));
        assertTrue(Double.isNaN(fit.tables().fixedEffects().get(2).pValue()));
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("armb and armc are estimated from")),
            warnings.list().toString());
    }
}
