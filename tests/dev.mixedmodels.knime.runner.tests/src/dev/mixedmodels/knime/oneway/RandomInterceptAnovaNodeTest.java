package dev.mixedmodels.knime.oneway;

import static dev.mixedmodels.knime.node.NodeChecks.assertError;
import static dev.mixedmodels.knime.node.NodeChecks.assertProgressRisesAndCancelEnds;
import static dev.mixedmodels.knime.node.NodeChecks.fit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** The node from table to tables. The numbers themselves are tested in the engine. */
class RandomInterceptAnovaNodeTest {
    private static final int FIXED = 0;
    private static final int PARAMETERS = 1;
    private static final int BLUPS = 2;
    private static final int MATRICES = 3;
    private static final int FIT = 4;
    private static final int FITTED = 5;

    private static NodeRun node(final BufferedDataTable table) {
        return NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(table);
    }

    @Test
    void runsOnDyestuffWithoutAnySetting() {
        final NodeResult result = node(CsvTable.read("dyestuff", "Batch")).run();
        assertEquals(List.of("(Intercept)"), result.view(FIXED).texts("Term"));
        assertEquals(1527.5, result.view(FIXED).number(0, "Estimate"), 1e-9);
        assertEquals(19.3834121532884, result.view(FIXED).number(0, "Std. Error"), 1e-5); // lme4
        assertEquals(List.of("Var((Intercept))", "Var(Residual)"), result.view(PARAMETERS).texts("Parameter"));
        assertEquals(1764.05000023571, result.view(PARAMETERS).number(0, "Estimate"), 2e-3); // 1e-6 relative
        assertEquals(List.of("A", "B", "C", "D", "E", "F"), result.view(BLUPS).texts("Level"));
        assertEquals(319.654276842257, fit(result, "-2 Log Likelihood"), 1e-6);
        assertEquals(30, result.view(FITTED).rows());
        assertEquals("Row29", result.view(FITTED).key(29));
        assertEquals(7, result.tables().size());
        assertEquals("Guessed, for nothing was chosen: Group = \"Batch\"; Response = \"Yield\". Open the dialog to "
            + "choose.",
            result.warning().orElseThrow());
        assertTrue(node(CsvTable.read("dyestuff", "Batch")).set("response", "Yield").set("group", "Batch").run()
            .warning().isEmpty());
    }

    @Test
    void tablesHaveTheSameColumnsWhateverTheMethod() {
        final BufferedDataTable table = CsvTable.read("dyestuff2", "Batch");
        final NodeResult reml = node(table).run();
        final NodeResult anova = node(table).set("method", "ANOVA").run();
        for (int i = 0; i < 6; i++) {
            assertEquals(reml.view(i).columns(), anova.view(i).columns());
        }
        assertEquals(12, reml.view(FIXED).columns().size());
        assertEquals(10, reml.view(PARAMETERS).columns().size());
        assertEquals(12, reml.view(BLUPS).columns().size());
        assertEquals(List.of("Matrix", "Block", "Row", "Column", "Covariance", "Correlation"),
            reml.view(MATRICES).columns());
    }

    @Test
    void aVarianceOfZeroIsSaidInAWarningAndInTheTables() {
        final NodeResult result = node(CsvTable.read("dyestuff2", "Batch")).run();
        assertTrue(result.warning().orElse("").contains("Batch"));
        assertEquals(1, fit(result, "Singular"));
        assertEquals("true", result.view(PARAMETERS).text(0, "On Boundary"));
        assertTrue(result.view(PARAMETERS).isMissing(0, "Std. Error"));
    }

    @Test
    void aNegativeMomentEstimateIsReportedAndHasNoBlups() {
        final NodeResult result = node(CsvTable.read("dyestuff2", "Batch")).set("method", "ANOVA").run();
        assertEquals(-1.321912768, result.view(PARAMETERS).number(0, "Estimate"), 1e-9);
        assertTrue(result.view(BLUPS).isMissing(0, "BLUP"));
        assertTrue(result.warning().isPresent());
    }

    @Test
    void rowsWithMissingValuesAreCountedAndPredictedWhereTheyCanBe() {
        final BufferedDataTable table = new TableBuilder()
            .strings("g", "a", "a", "b", "b", null, "a", "new", "b")
            .boxedDoubles("y", 1.0, 2.0, 4.0, 6.0, 3.0, null, Double.NaN, Double.POSITIVE_INFINITY).build();
        final NodeResult result = node(table).run();
        assertTrue(result.warning().orElse("").contains("4 of 8 rows left out: missing value in \"y\" (3), \"g\" (1)"),
            () -> result.warning().orElse("none"));
        final TableView fitted = result.view(FITTED);
        assertTrue(fitted.isMissing(4, "Fitted (marginal)")); // no group
        assertEquals(fitted.number(0, "Fitted (conditional)"), fitted.number(5, "Fitted (conditional)"));
        assertTrue(fitted.isMissing(5, "Residual"));
        assertEquals(fitted.number(6, "Fitted (marginal)"), fitted.number(6, "Fitted (conditional)")); // a new group
        assertEquals(2, result.view(BLUPS).rows());
        final NodeResult failed = node(table).set("missingValues", "FAIL").run();
        assertTrue(failed.error().orElse("").contains("\"Row4\"") && failed.error().orElse("").contains("\"g\""));
    }

    @Test
    void wholeNumbersCanNameGroupsAndAreOrderedByValue() {
        final BufferedDataTable table = new TableBuilder().ints("g", 10, 9, 10, 9, -1, -1)
            .doubles("y", 1, 5, 2, 7, 3, 3.5).build();
        assertEquals(List.of("-1", "9", "10"), node(table).run().view(BLUPS).texts("Level"));
    }

    @Test
    void strangeNamesOfGroupsAndColumnsSurvive() {
        final String[] levels = {"a,b", "say \"hi\"", "two\nlines", "\u00e4\u6f22\ud83d\ude00", "   ", ""};
        final List<String> groups = new ArrayList<>();
        final double[] y = new double[18];
        for (int i = 0; i < 18; i++) {
            groups.add(levels[i % 6]);
            y[i] = i % 6 * 1.5 + Math.sin(i);
        }
        final BufferedDataTable table =
            new TableBuilder().strings("BLUP", groups.toArray(String[]::new)).doubles("Fitted (marginal)", y).build();
        final NodeResult result = node(table).run();
        assertEquals(List.of(levels).stream().sorted().toList(),
            result.view(BLUPS).texts("Level").stream().sorted().toList());
        assertEquals("BLUP", result.view(BLUPS).text(0, "Group"));
        assertEquals(18, result.view(FITTED).rows());
    }

    @Test
    void eachBadInputHasItsOwnMessage() {
        final BufferedDataTable good = CsvTable.read("dyestuff", "Batch");
        assertError(node(good).set("response", "Yeild"), "no column \"Yeild\"");
        assertError(node(good).set("response", "Batch").set("group", "Yield"), "not numeric");
        assertError(node(new TableBuilder().ints("y", 1, 2, 3).build()).set("response", "y").set("group", "y"), "both");
        assertError(node(new TableBuilder().ints("y", 1, 2, 3).build()).set("group", "y"), "No response column");
        assertError(node(new TableBuilder().doubles("y", 1, 2, 3).doubles("x", 1, 2, 3).build()).set("group", "x"),
            "cannot name groups");
        assertError(node(new TableBuilder().doubles("y", 1, 2).build()), "No grouping column is chosen");
        assertError(node(table("a a a", 1, 2, 3)), "one group");
        assertError(node(table("a b c", 1, 2, 3)), "single row");
        assertError(node(table("a a b b", 5, 5, 5, 5)), "equal");
        assertError(node(table("a a b b", 5, 5, 6, 6)), "residual variance is 0");
        assertError(node(table("a a b b", Double.NaN, Double.NaN, Double.NaN, Double.NaN)), "missing value");
        assertError(node(new TableBuilder().strings("g").doubles("y").build()), "empty");
        for (final double level : new double[] {0, 100, -3, Double.NaN}) {
            assertError(node(good).set("confidenceLevel", level), "confidence level");
        }
        assertError(node(good).set("method", "ML").set("dfMethod", "KENWARD_ROGER"), "Kenward-Roger");
    }

    private static BufferedDataTable table(final String groups, final double... y) {
        return new TableBuilder().strings("g", groups.split(" ")).doubles("y", y).build();
    }

    @Test
    void chem97BySchoolRunsThroughTheNode() {
        final NodeResult result = node(CsvTable.read("chem97", "school", "lea", "gender")).set("response", "score")
            .set("group", "school").run();
        assertEquals(2410, result.view(BLUPS).rows());
        assertEquals(31022, fit(result, "Rows Used"));
        assertEquals(31022, result.view(FITTED).rows());
        assertEquals(1, fit(result, "Converged"));
    }

    @Test
    void progressRisesAndCancelEndsTheRun() {
        final BufferedDataTable table = CsvTable.read("chem97", "school", "lea", "gender");
        assertProgressRisesAndCancelEnds(() -> node(table).set("response", "score").set("group", "school"), 0.2);
    }

    @Test
    void resultsDoNotDependOnTheLocale() {
        final Locale before = Locale.getDefault();
        try {
            final BufferedDataTable table = CsvTable.read("pastes_unbalanced", "batch", "cask", "sample");
            final List<String> english = notes(node(table).set("group", "batch").run());
            Locale.setDefault(new Locale("ar", "EG", "x"));
            assertEquals(english, notes(node(table).set("group", "batch").run()));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> notes(final NodeResult result) {
        final List<String> notes = new ArrayList<>(result.view(FIT).texts("Note"));
        notes.addAll(result.view(FIT).texts("Value"));
        return notes;
    }

    /** lme4, tests/reference/influence.json. */
    @Test
    void influenceOfBatchesIsTheLastTable() {
        final BufferedDataTable table = CsvTable.read("dyestuff", "Batch");
        assertEquals(0, node(table).run().view(6).rows());
        final NodeResult result = node(table).set("influence", "REFIT").run();
        assertEquals(6 * 8, result.view(6).rows());
        assertEquals(List.of("Cook's Distance", "MDFFITS", "Covariance Ratio", "Leverage", "Change", "Standardized Change",
            "Change", "Change"), result.view(6).texts("Measure").subList(0, 8));
        assertEquals(0.0538969968182266, result.view(6).number(0, "Value"), 1e-6);
        assertEquals(4.5, result.view(6).number(4, "Value"), 1e-6);
    }
}
