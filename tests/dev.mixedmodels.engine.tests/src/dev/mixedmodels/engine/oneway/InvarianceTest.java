package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvarianceTest {
    private static Rows rows() {
        return Fixtures.simulate(new Random(31), new int[] {3, 9, 1, 4, 12, 6, 6}, 1.2, 0.9);
    }

    /** fit = that of the transformed response factor * y + shift. */
    private static void assertTransformed(final RandomInterceptFit plain, final RandomInterceptFit fit,
        final double factor, final double shift, final double tolerance) {
        final FixedEffectRow before = plain.tables().fixedEffects().get(0);
        final FixedEffectRow after = fit.tables().fixedEffects().get(0);
        final double unit = Math.abs(factor);
        assertEquals(before.estimate() * factor + shift, after.estimate(), tolerance * unit * before.stdError()
            + 4e-16 * Math.abs(shift));
        assertRelative(before.stdError() * unit, after.stdError(), tolerance, "standard error");
        assertRelative(before.df(), after.df(), tolerance, "df");
        assertRelative(before.designEffect(), after.designEffect(), tolerance, "design effect");
        for (int i = 0; i < 2; i++) {
            final CovarianceParameterRow x = plain.tables().covarianceParameters().get(i);
            final CovarianceParameterRow y = fit.tables().covarianceParameters().get(i);
            assertRelative(x.estimate() * unit * unit, y.estimate(), tolerance, x.parameter());
            assertRelative(x.stdError() * unit * unit, y.stdError(), tolerance, x.parameter());
            assertRelative(x.lower() * unit * unit, y.lower(), tolerance, x.parameter());
            assertRelative(x.upper() * unit * unit, y.upper(), tolerance, x.parameter());
            assertRelative(x.share(), y.share(), tolerance, x.parameter());
        }
        final List<BlupRow> effects = new ArrayList<>();
        fit.tables().blups().forEach(effects::add);
        int at = 0;
        for (final BlupRow row : plain.tables().blups()) {
            assertEquals(row.blup() * factor, effects.get(at).blup(), tolerance * unit);
            assertRelative(row.stdError() * unit, effects.get(at++).stdError(), tolerance, "prediction error");
        }
        for (final String name : new String[] {"F Test g", "Likelihood Ratio g"}) {
            final FitStatisticRow x = Fixtures.statistic(plain, name);
            assertRelative(x.value(), Fixtures.statistic(fit, name).value(), tolerance, name);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void unitsAndOriginOfTheResponseDoNotMatter(final Method method) {
        final RandomInterceptFit plain = Fixtures.fit(rows(), method);
        // stored responses of a shift by 1e6 have 10 digits of the variation left
        for (final double[] t : new double[][] {{1, 1e6}, {1, -1e6}, {1e6, 0}, {1e-6, 0}, {-1, 0}, {1e-6, 1}}) {
            assertTransformed(plain, Fixtures.fit(rows().scaled(t[0], t[1]), method), t[0], t[1], 1e-7);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void extremeUnitsDoNotMatter(final Method method) {
        final RandomInterceptFit plain = Fixtures.fit(rows(), method);
        for (final double factor : new double[] {0x1p-490, 0x1p-100, 0x1p100, 0x1p490}) {
            assertTransformed(plain, Fixtures.fit(rows().scaled(factor, 0), method), factor, 0, 1e-13);
        }
        assertTransformed(plain, Fixtures.fit(rows().scaled(1e150, 0), method), 1e150, 0, 1e-10);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void orderOfRowsDoesNotMatter(final Method method) {
        final RandomInterceptFit plain = Fixtures.fit(rows(), method);
        for (int seed = 0; seed < 5; seed++) {
            assertTransformed(plain, Fixtures.fit(rows().shuffled(seed), method), 1, 0, 1e-13);
        }
    }

    @Test
    void orderOfLevelsDoesNotMatter() {
        final Rows rows = rows();
        final int[] other = {4, 2, 6, 0, 1, 3, 5};
        final int[] group = new int[rows.y().length];
        for (int i = 0; i < group.length; i++) {
            group[i] = other[rows.group()[i]];
        }
        final List<String> levels = new ArrayList<>(rows.levels());
        for (int g = 0; g < other.length; g++) {
            levels.set(other[g], "g" + g);
        }
        final GroupedData data = new GroupedData(new Rows(group, rows.y(), levels).statistics(), levels, other, 0);
        final RandomInterceptFit fit = RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", Method.REML), data,
            Progress.NONE, new Warnings());
        assertTransformed(Fixtures.fit(rows, Method.REML), fit, 1, 0, 1e-13);
    }

    @Test
    void emptyGroupsDoNotMatter() {
        final Rows rows = rows();
        final int[] group = rows.group().clone();
        final List<String> levels = new ArrayList<>();
        for (int g = 0; g < rows.levels().size(); g++) {
            levels.add("empty" + g);
            levels.add("g" + g);
        }
        levels.add("empty");
        for (int i = 0; i < group.length; i++) {
            group[i] = 2 * group[i] + 1;
        }
        final RandomInterceptFit fit = Fixtures.fit(new Rows(group, rows.y(), levels), Method.REML);
        assertTransformed(Fixtures.fit(rows, Method.REML), fit, 1, 0, 1e-15);
        assertEquals(7, Fixtures.statistic(fit, "Levels of g").value());
    }

    @Test
    void refittingGivesTheSameBits() {
        final RandomInterceptFit one = Fixtures.fit(rows(), Method.ML);
        final RandomInterceptFit two = Fixtures.fit(rows(), Method.ML);
        assertEquals(one.tables().modelFit(), two.tables().modelFit());
        assertEquals(one.tables().covarianceParameters(), two.tables().covarianceParameters());
    }
}
