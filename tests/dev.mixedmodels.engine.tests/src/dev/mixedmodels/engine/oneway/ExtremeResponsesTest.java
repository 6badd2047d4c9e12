package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses from 1e-300 to 1e300: the same figures, and variances that no table can hold are missing, with a word. */
class ExtremeResponsesTest {
    private static Rows rows() {
        return Fixtures.simulate(new Random(31), new int[] {3, 9, 1, 4, 12, 6, 6}, 1.2, 0.9);
    }


    @ParameterizedTest
    @EnumSource(Method.class)
    void figuresAreTheSameInEveryUnit(final Method method) {
        final RandomInterceptFit plain = Fixtures.fit(rows(), method);
        for (final int exponent : new int[] {-1010, -990, -600, -320, 320, 511, 513, 990, 1017}) {
            final double factor = Math.scalb(1.0, exponent);
            final Rows scaled = rows().scaled(factor, 0);
            final Warnings warnings = new Warnings();
            final RandomInterceptFit fit = RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", method),
                scaled.data(), Progress.NONE, warnings);
            final FixedEffectRow before = plain.tables().fixedEffects().get(0);
            final FixedEffectRow after = fit.tables().fixedEffects().get(0);
            assertEquals(new FixedEffectRow(before.term(), before.estimate() * factor, before.stdError() * factor,
                before.df(), before.t(), before.pValue(), before.lower() * factor, before.upper() * factor,
                before.naiveEstimate() * factor, before.naiveStdError() * factor, before.naivePValue(),
                before.designEffect()), after);
            boolean lost = false;
            for (int i = 0; i < 2; i++) {
                final CovarianceParameterRow x = plain.tables().covarianceParameters().get(i);
                final CovarianceParameterRow y = fit.tables().covarianceParameters().get(i);
                final double variance = Math.scalb(x.estimate(), 2 * exponent);
                final boolean out = Double.isInfinite(variance) || variance < Double.MIN_NORMAL;
                assertEquals(out ? Double.NaN : variance, y.estimate());
                assertEquals(x.stdDeviation() * factor, y.stdDeviation());
                assertEquals(x.share(), y.share());
                lost |= out;
            }
            assertEquals(lost, warnings.list().stream().anyMatch(w -> w.contains("\"y\" is so large or so small")));
            sameStatistics(plain, fit, exponent, rows().y().length);
            sameLevels(plain, fit, factor);
            sameRows(plain, fit, scaled, factor);
        }
    }

    private static void sameStatistics(final RandomInterceptFit plain, final RandomInterceptFit fit,
        final int exponent, final int n) {
        final Iterator<FitStatisticRow> rows = fit.tables().modelFit().iterator();
        for (final FitStatisticRow x : plain.tables().modelFit()) {
            FitStatisticRow y = rows.next();
            while (y.statistic().equals("Warning")) {
                y = rows.next();
            }
            if (x.statistic().equals("-2 Log Likelihood")) {
                final double df = plain.tables().modelFit().stream().anyMatch(r -> r.note().equals("Restricted."))
                    ? n - 1 : n;
                assertRelative(x.value() + 2 * df * exponent * Math.log(2), y.value(), 1e-13, x.statistic());
            } else if (!x.statistic().matches("Log Lik.*|A?[AB]ICc?|Sum of.*|Mean Sq.*|Residual Std. Deviation")) {
                assertEquals(x.value(), y.value(), x.statistic());
                assertEquals(x.pValue(), y.pValue(), x.statistic());
            }
        }
        final Iterator<CovarianceEntryRow> entries = fit.tables().covarianceMatrices().iterator();
        plain.tables().covarianceMatrices().forEach(x -> assertEquals(x.correlation(), entries.next().correlation()));
    }

    private static void sameLevels(final RandomInterceptFit plain, final RandomInterceptFit fit, final double factor) {
        final Iterator<BlupRow> blups = fit.tables().blups().iterator();
        for (final BlupRow x : plain.tables().blups()) {
            final BlupRow y = blups.next();
            assertEquals(x.blup() * factor, y.blup());
            assertEquals(x.stdError() * factor, y.stdError());
            assertEquals(x.coefficient() * factor, y.coefficient());
            assertEquals(x.reliability(), y.reliability());
        }
    }

    private static void sameRows(final RandomInterceptFit plain, final RandomInterceptFit fit, final Rows scaled,
        final double factor) {
        final FittedValues before = plain.fittedValues().get();
        final FittedValues after = fit.fittedValues().get();
        for (int i = 0; i < scaled.y().length; i++) {
            final FittedRow x = before.next(scaled.group()[i], scaled.y()[i] / factor, 1);
            final FittedRow y = after.next(scaled.group()[i], scaled.y()[i], 1);
            assertEquals(new FittedRow(x.marginal() * factor, x.conditional() * factor, x.residual() * factor,
                x.pearson(), x.normalized()), y);
        }
    }

    /** Statistics of rows that come in chunks, merged from the left. */
    private static GroupStatistics merged(final Rows rows, final int chunk) {
        final GroupStatistics all = new GroupStatistics();
        for (int from = 0; from < rows.y().length; from += chunk) {
            final GroupStatistics part = new GroupStatistics();
            for (int i = from; i < Math.min(rows.y().length, from + chunk); i++) {
                part.add(rows.group()[i], rows.y()[i]);
            }
            Fixtures.merge(all, part);
        }
        return all;
    }

    @Test
    void theUnitFollowsResponsesThatGrowOrShrinkOnTheWay() {
        // groups 0 and 1 matter; the others are far smaller, so that their variation counts as 0
        final double[][] groups = {{1e300, -1e300, 1.5e300, 1.7e308, -1.7e308}, {1e299, 2e299, -1.7e308},
            {1e-300, 2e-300, 5e-300}, {1e100, 1e100}, {3, 4, 5}, {0, 0}};
        final Rows rows = Rows.of(groups);
        final AnovaTable expected = Fixtures.anova(rows.scaled(0x1p-1020, 0).statistics());
        for (int seed = 0; seed < 20; seed++) {
            final Rows shuffled = rows.shuffled(seed);
            for (final int chunk : new int[] {1, 2, 3, 1000}) {
                final AnovaTable table = Fixtures.anova(merged(shuffled, chunk));
                assertRelative(expected.f(), table.f(), 1e-13, "F");
                assertRelative(Math.scalb(expected.grandMean(), expected.unit().exponent()),
                    Math.scalb(table.grandMean(), table.unit().exponent() - 1020), 1e-13, "mean");
            }
        }
    }

    @Test
    void tinyVariationIsFoundWhateverTheGroupsThatComeFirst() {
        final double[][] groups = {{1e-300, 2e-300, 4e-300}, {5e-300, 1e-301}, {0, 0, 0}};
        final AnovaTable expected = Fixtures.anova(Rows.of(groups).scaled(0x1p990, 0).statistics());
        for (int seed = 0; seed < 20; seed++) {
            final Rows shuffled = Rows.of(groups).shuffled(seed);
            for (final int chunk : new int[] {1, 2, 5, 1000}) {
                assertRelative(expected.f(), Fixtures.anova(merged(shuffled, chunk)).f(), 1e-13, "F");
            }
        }
    }

    @Test
    void meansOfGroupsAreInTheResponsesOwnUnit() {
        final GroupStatistics statistics = Rows.of(new double[][] {{1e300, 3e300}, {-1e-300, 1e-300}}).statistics();
        assertRelative(2e300, Fixtures.mean(statistics, 0), 1e-15, "mean");
        assertEquals(0, Fixtures.mean(statistics, 1), 1e-300);
    }

    @Test
    void subnormalResponsesAreFitted() {
        final double m = Double.MIN_VALUE;
        final RandomInterceptFit fit = Fixtures.fit(Rows.of(new double[][] {{m, 2 * m}, {4 * m, 7 * m, 9 * m}}),
            Method.ANOVA);
        final RandomInterceptFit same = Fixtures.fit(Rows.of(new double[][] {{1, 2}, {4, 7, 9}}), Method.ANOVA);
        assertRelative(Fixtures.statistic(same, "F Test g").value(), Fixtures.statistic(fit, "F Test g").value(), 1e-14,
            "F");
        assertTrue(List.of(fit.tables().covarianceParameters().get(0).estimate()).contains(Double.NaN));
    }
}
