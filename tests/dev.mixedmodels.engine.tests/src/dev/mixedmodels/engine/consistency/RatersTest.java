package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Six targets rated by four judges (Shrout and Fleiss 1979, table 2), whose correlations R's psych::ICC gives. */
class RatersTest {
    private static final double[][] RATINGS =
        {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};

    private static Frame frame(final int rows, final double shift) {
        final List<String> targets = new ArrayList<>();
        final List<String> judges = new ArrayList<>();
        final double[] ratings = new double[rows];
        for (int i = 0; i < rows; i++) {
            final int cell = i * 7 % 24; // in no order
            targets.add("target " + cell / 4);
            judges.add("judge " + cell % 4);
            ratings[i] = shift + RATINGS[cell / 4][cell % 4];
        }
        return new Frame(rows, List.of(NominalColumn.of("target", targets), NominalColumn.of("judge", judges),
            new NumericColumn("rating", ratings)));
    }

    private static ModelTables crossed(final String formula, final Frame frame) {
        return MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false)), frame, Progress.NONE,
                new Warnings()).tables();
    }

    private static ModelTables oneWay(final int least) {
        final GroupStatistics statistics = new GroupStatistics();
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            names.add("target " + i);
            for (int j = i == 0 ? 4 - least : 0; j < 4; j++) {
                statistics.add(i, RATINGS[i][j]);
            }
        }
        return RandomInterceptModel.fit(
            RandomInterceptSettings.of("rating", "target", RandomInterceptSettings.Method.REML),
            GroupedData.of(statistics, names), Progress.NONE, new Warnings()).tables();
    }

    private static FitStatisticRow row(final ModelTables tables, final String name) {
        return tables.modelFit().stream().filter(r -> r.statistic().equals(name)).findFirst().orElseThrow();
    }

    private static boolean has(final ModelTables tables, final String name) {
        return tables.modelFit().stream().anyMatch(r -> r.statistic().startsWith(name));
    }

    private static void assertCorrelation(final ModelTables tables, final String name, final double value,
        final double lower, final double upper, final double pValue) {
        final FitStatisticRow row = row(tables, name);
        assertEquals(value, row.value(), 1e-11, name);
        assertEquals(pValue, row.pValue(), 1e-11, name);
        assertEquals(lower, row(tables, name + " Lower Bound").value(), 1e-11, name);
        assertEquals(upper, row(tables, name + " Upper Bound").value(), 1e-11, name);
    }

    @Test
    void judgesOfTheirOwn() {
        final ModelTables tables = oneWay(4);
        assertCorrelation(tables, "ICC(1) target", 0.165741768405, -0.1329323248748, 0.722560062328, 0.164768808344640);
        assertCorrelation(tables, "ICC(k) target", 0.442797133679, -0.8844421552381, 0.912415420341, 0.164768808344640);
        assertEquals(5, row(tables, "ICC(1) target").numDf(), 0);
        assertEquals(18, row(tables, "ICC(1) target").denDf(), 0);
        final ModelTables unbalanced = oneWay(2);
        assertTrue(Double.isNaN(row(unbalanced, "ICC(1) target").value()));
        assertTrue(row(unbalanced, "ICC(k) target").note().contains("same number of rows"));
    }

    @Test
    void theSameJudgesForAll() {
        for (final double shift : new double[] {0, 1e6}) {
            final ModelTables tables = crossed("rating ~ 1 + (1 | target) + (1 | judge)", frame(24, shift));
            assertCorrelation(tables, "ICC(A,1) target", 0.289763779528, 0.0187865133747, 0.761084369649,
                0.000134566516484);
            assertCorrelation(tables, "ICC(C,1) target", 0.714840714841, 0.3424647650339, 0.945858259955,
                0.000134566516484);
            assertCorrelation(tables, "ICC(A,k) target", 0.620050547599, 0.0711368153025, 0.927232040168,
                0.000134566516484);
            assertCorrelation(tables, "ICC(C,k) target", 0.909315542377, 0.6756747138163, 0.985891678169,
                0.000134566516484);
            // the variances of the fit give the same, for none of them is 0
            assertEquals(row(tables, "Intraclass Correlation target").value(), row(tables, "ICC(A,1) target").value(),
                1e-6);
            assertTrue(has(tables, "ICC(A,1) judge"));
        }
    }

    @Test
    void otherDesignsHaveNone() {
        assertTrue(!has(crossed("rating ~ 1 + (1 | target) + (1 | judge)", frame(23, 0)), "ICC"));
        assertTrue(!has(crossed("rating ~ 1 + (1 | target)", frame(24, 0)), "ICC"));
        assertTrue(!has(crossed("rating ~ half + (1 | target) + (1 | judge)", frameWithCovariate()), "ICC"));
    }

    private static Frame frameWithCovariate() {
        final Frame frame = frame(24, 0);
        final List<String> judges = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            judges.add(i % 2 == 0 ? "a" : "b");
        }
        return new Frame(24, List.of(frame.column("target"), frame.column("judge"), frame.column("rating"),
            NominalColumn.of("half", judges)));
    }
}
