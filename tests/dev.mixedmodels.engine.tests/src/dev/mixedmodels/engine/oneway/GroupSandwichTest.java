package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sandwich over groups against clubSandwich, and its CR2 against dense matrices in R (doc/sandwich.md). */
class GroupSandwichTest {
    private static final Set<FixedCovariance> SANDWICHES = EnumSet.complementOf(EnumSet.of(FixedCovariance.MODEL));

    private static List<Golden> references() {
        return Golden.read("oneway_sandwich").list();
    }

    private static RandomInterceptFit fit(final boolean weighted, final Method method, final FixedCovariance kind, final DfMethod df) {
        final Rows rows = Rows.read("pastes_unbalanced", "strength", "batch");
        final GroupStatistics statistics = weighted ? GroupStatistics.weighted("w") : rows.statistics();
        for (int i = 0; weighted && i < rows.y().length; i++) {
            statistics.add(rows.group()[i], rows.y()[i], 1 + (i + 1) % 3);
        }
        return RandomInterceptModel.fit(RandomInterceptSettings.of("strength", "batch", method)
            .withInference(i -> i.withDf(df).withFixedCovariance(kind)), GroupedData.of(statistics, rows.levels()), Progress.NONE,
            new Warnings());
    }

    @ParameterizedTest
    @MethodSource("references")
    void clubSandwichAgrees(final Golden golden) {
        final boolean weighted = golden.at("weights").text().equals("w");
        final Method method = Method.valueOf(golden.at("method").text());
        for (final FixedCovariance kind : SANDWICHES) {
            final FixedEffectRow row = fit(weighted, method, kind, DfMethod.SATTERTHWAITE).tables().fixedEffects().get(0);
            final Golden expected = golden.at("robust", kind.name());
            final double stdError = kind == FixedCovariance.CR2 ? golden.at("CR2_whitened").number() : expected.at("se").number();
            assertEquals(golden.at("mean").number(), row.estimate(), 1e-6 * stdError);
            assertEquals(stdError, row.stdError(), 1e-5 * stdError, kind.toString());
            if (kind != FixedCovariance.CR2 || !weighted) { // the root makes no difference without weights
                assertEquals(expected.at("se").number(), row.stdError(), 1e-5 * stdError, kind.toString());
                assertEquals(expected.at("df").number(), row.df(), 1e-3 * row.df(), kind.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = DfMethod.class, names = {"SATTERTHWAITE", "RESIDUAL", "ASYMPTOTIC"})
    void aKeptModelHasTheSame(final DfMethod df) {
        for (final FixedCovariance kind : SANDWICHES) {
            final RandomInterceptFit fit = fit(true, Method.REML, kind, df);
            final FixedEffectRow row = fit.tables().fixedEffects().get(0);
            final FixedInference kept = fit.model().get().fixedInference();
            final double unit = Math.scalb(1.0, fit.model().get().exponent());
            assertEquals(row.stdError(), unit * Math.sqrt(kept.covariance()[0][0]), 1e-13 * row.stdError());
            assertEquals(row.df(), kept.df(new double[] {1}), 1e-12 * row.df());
            assertTrue(df != DfMethod.RESIDUAL || row.df() == 45);
            assertTrue(Fixtures.statistic(fit, "Method").note().contains("sandwich, " + kind.name()));
        }
    }

    @Test
    void momentsAndKenwardRogerAreRefused() {
        assertTrue(assertThrows(ModelException.class, () -> fit(false, Method.ANOVA, FixedCovariance.CR1, DfMethod.SATTERTHWAITE))
            .getMessage().contains("REML and ML"));
        assertTrue(assertThrows(ModelException.class, () -> fit(false, Method.REML, FixedCovariance.CR1, DfMethod.KENWARD_ROGER))
            .getMessage().contains("Sandwich CR1"));
    }
}
