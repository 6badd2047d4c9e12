package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    private static void refused(final double[][] groups, final String words) {
        for (final Method method : Method.values()) {
            final ModelException e =
                assertThrows(ModelException.class, () -> Fixtures.fit(Rows.of(groups), method));
            assertTrue(e.getMessage().contains(words), e.getMessage());
        }
    }

    @Test
    void noRows() {
        refused(new double[0][], "no rows");
        refused(new double[3][0], "no rows");
    }

    @Test
    void oneGroup() {
        refused(new double[][] {{1, 2, 3}}, "one group");
        refused(new double[][] {{1}, {}}, "The only row belongs to one group");
    }

    @Test
    void everyGroupOfSizeOne() {
        refused(new double[][] {{1}, {2}, {3}}, "a single row");
        refused(new double[][] {{1}, {2}}, "a single row");
    }

    @Test
    void allResponsesEqual() {
        refused(new double[][] {{0.1, 0.1}, {0.1, 0.1, 0.1}}, "are equal: there is no variation");
        refused(new double[][] {{0, 0}, {0}}, "are equal: there is no variation");
    }

    @Test
    void noVariationWithinGroups() {
        refused(new double[][] {{0.1, 0.1}, {0.3, 0.3, 0.3}}, "residual variance is 0");
    }

    @Test
    void infiniteResponses() {
        refused(new double[][] {{1, Double.POSITIVE_INFINITY}, {2, 3}}, "infinite");
        refused(new double[][] {{1, Double.NaN}, {2, 3}}, "finite");
    }

    @Test
    void columnsAreNamed() {
        final RandomInterceptSettings settings = RandomInterceptSettings.of("yield", "batch", Method.REML);
        for (final double[][] groups : new double[][][] {{}, {{1, 2, 3}}, {{1}, {2}}, {{1, 1}, {1, 1}}, {{1, 1}, {2}}}) {
            final String message =
                assertThrows(ModelException.class, () -> Fixtures.fit(Rows.of(groups), settings)).getMessage();
            assertTrue(message.contains("\"batch\"") || message.contains("\"yield\""), message);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 100, -1, 101, Double.NaN, Double.POSITIVE_INFINITY})
    void confidenceLevelsThatAreNone(final double level) {
        final ModelException e = assertThrows(ModelException.class, () -> new RandomInterceptSettings("y", "g", Method.REML,
            new InferenceSettings(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, InfluenceMethod.NONE, level, VarianceIntervals.PROFILE, true), 1));
        assertTrue(e.getMessage().contains("confidence level"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, names = {"ML", "ANOVA"})
    void kenwardRogerWithoutReml(final Method method) {
        final ModelException e = assertThrows(ModelException.class, () -> new RandomInterceptSettings("y", "g", method,
            new InferenceSettings(DfMethod.KENWARD_ROGER, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true), 1));
        assertTrue(e.getMessage().contains("REML only"), e.getMessage());
    }

    @Test
    void theSmallestDataThatCanBeFittedAreFitted() {
        for (final Method method : Method.values()) {
            final RandomInterceptFit fit = Fixtures.fit(Rows.of(new double[][] {{1, 2}, {4}}), method);
            assertEquals(3, Fixtures.statistic(fit, "Rows Used").value());
            assertTrue(Double.isNaN(Fixtures.statistic(fit, "AICc").value()));
        }
    }

    @Test
    void aVarianceAtItsBoundIsWarnedOfAndSoIsRounding() {
        final Warnings warnings = new Warnings();
        RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", Method.REML), Fixtures.dyestuff2().data(),
            Progress.NONE, warnings);
        assertEquals(1, warnings.list().size());
        assertTrue(warnings.list().get(0).contains("estimated as 0"), warnings.list().get(0));
        final Warnings rounding = new Warnings();
        RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", Method.REML),
            Rows.of(new double[][] {{1e15, 1e15 + 0.125}, {1e15 + 2, 1e15 + 2.125}}).data(), Progress.NONE, rounding);
        assertTrue(rounding.list().get(0).contains("rounding"), rounding.list().toString());
    }

    @Test
    void cancellingEndsTheFit() {
        final Progress cancelled = () -> {
            throw new CancellationException();
        };
        assertThrows(CancellationException.class, () -> RandomInterceptModel.fit(
            RandomInterceptSettings.of("y", "g", Method.REML), Fixtures.unbalanced().data(), cancelled,
            new Warnings()));
    }
}
