package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ShrinkageRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitColumnsTest {
    private static final double NONE = Double.NaN;

    private static Frame frame() {
        return new Frame(6, List.of(
            NominalColumn.of("unit", Arrays.asList("a", "b", "c", "d", null, "f")),
            new NumericColumn("y", new double[] {1, 4, NONE, 2, 3, 5}),
            new NumericColumn("se", new double[] {1, 0.5, 1, NONE, 1, 2}),
            new NumericColumn("n", new double[] {4, 16, 4, 1, 4, 1}),
            NominalColumn.of("kind", Arrays.asList("p", "q", "q", "p", "p", "q"))));
    }

    private static UnitFit fit(final UnitColumns columns, final Warnings warnings) {
        return Fits.of(Fits.gaussian().given(1, NONE), columns, frame(), warnings);
    }

    @Test
    void rowsAreFittedPredictedOrLeftOut() {
        final Warnings warnings = new Warnings();
        final UnitFit result =
            fit(new UnitColumns("unit", "y", "se", NONE, NONE, List.of()), warnings);
        assertTrue(warnings.list().get(0).startsWith("3 of 6 rows left out"), warnings.list().toString());
        assertEquals(3, Fits.statistic(result, "Rows Used").value(), 0);
        assertEquals(result.tables().fixedEffects().get(0).estimate(), result.shrinkage(2).mean(), 1e-15);
        assertEquals(1, result.shrinkage(2).shrinkage(), 0);
        assertEquals(ShrinkageRow.missing("d"), result.shrinkage(3));
        assertEquals(ShrinkageRow.missing(""), result.shrinkage(4));
        assertEquals("f", result.shrinkage(5).unit());
        assertTrue(Double.isNaN(result.fitted(3).marginal()));
    }

    @Test
    void standardErrorsMayBeCommonOrMadeOfCounts() {
        final UnitFit common =
            fit(new UnitColumns(null, "y", null, 0.5, NONE, List.of()), new Warnings());
        assertEquals(0.5, common.shrinkage(0).observedStdError(), 0);
        assertEquals("1", common.shrinkage(0).unit());
        final UnitFit counted =
            fit(new UnitColumns("unit", "y", "n", NONE, 4, List.of()), new Warnings());
        assertEquals(1, counted.shrinkage(0).observedStdError(), 0);
        assertEquals(0.5, counted.shrinkage(1).observedStdError(), 0);
        final UnitFit squared =
            fit(new UnitColumns("unit", "y", "n", NONE, NONE, true, List.of(), null, null), new Warnings());
        assertEquals(2, squared.shrinkage(0).observedStdError(), 0); // n = 4
        assertThrows(ModelException.class, () -> fit(new UnitColumns("unit", "n", "y", NONE, -4, List.of()),
            new Warnings()));
    }

    @Test
    void nominalCovariatesShiftThePriorMeanAndAreTested() {
        final UnitFit result =
            fit(new UnitColumns("unit", "y", "se", NONE, NONE, List.of("kind")), new Warnings());
        assertEquals(List.of("(Intercept)", "kindq"),
            result.tables().fixedEffects().stream().map(r -> r.term()).toList());
        final double difference = result.tables().fixedEffects().get(1).estimate();
        assertEquals(difference, result.shrinkage(5).priorMean() - result.shrinkage(0).priorMean(), 1e-14);
        assertEquals(result.shrinkage(5).priorMean(), result.shrinkage(2).mean(), 1e-14);
        final double t = result.tables().fixedEffects().get(1).t();
        assertEquals(t * t, Fits.statistic(result, "Fixed kind").value(), 1e-10 * t * t);
    }

    /** Group means, their variances tau2 / n_i and the ANOVA's sigma2 given: the same model as the one-way BLUPs. */
    @Test
    void groupMeansWithTheAnovasVariancesGiveTheOneWayBlups() {
        final TestData data = TestData.read("dyestuff");
        final String[] batch = data.strings("Batch");
        final double[] yield = data.numbers("Yield");
        final List<String> names = Arrays.stream(batch).distinct().toList();
        final GroupStatistics statistics = new GroupStatistics();
        final double[] sum = new double[names.size()];
        final double[] n = new double[names.size()];
        for (int i = 0; i < yield.length; i++) {
            if (i % 7 == 3) {
                continue; // unequal sizes
            }
            final int g = names.indexOf(batch[i]);
            statistics.add(g, yield[i]);
            sum[g] += yield[i];
            n[g]++;
        }
        final ModelTables oneWay = RandomInterceptModel.fit(
            RandomInterceptSettings.of("Yield", "Batch", RandomInterceptSettings.Method.REML),
            GroupedData.of(statistics, names), Progress.NONE, new Warnings()).tables();
        final double between = oneWay.covarianceParameters().get(0).estimate();
        final double within = oneWay.covarianceParameters().get(1).estimate();
        final double[] mean = new double[n.length];
        final double[] se = new double[n.length];
        for (int g = 0; g < n.length; g++) {
            mean[g] = sum[g] / n[g];
            se[g] = Math.sqrt(within / n[g]);
        }
        final UnitFit result = Fits.of(Fits.gaussian().given(between, NONE), mean, se);
        int g = 0;
        for (final BlupRow blup : oneWay.blups()) {
            final ShrinkageRow row = result.shrinkage(g++);
            assertEquals(blup.coefficient(), row.mean(), 1e-10 * row.mean());
            assertEquals(blup.coefficientStdError(), row.stdDeviation(), 1e-9 * row.stdDeviation());
            assertEquals(blup.reliability(), 1 - row.shrinkage(), 1e-10);
        }
        assertEquals(n.length, g);
    }
}
