package dev.mixedmodels.knime.multilevel;

import static dev.mixedmodels.knime.node.NodeChecks.assertError;
import static dev.mixedmodels.knime.node.NodeChecks.assertProgressRisesAndCancelEnds;
import static dev.mixedmodels.knime.node.NodeChecks.assertWaldIntervalsWithoutConvergence;
import static dev.mixedmodels.knime.node.NodeChecks.fit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** The node from table to tables. The numbers themselves are tested in the engine. */
class MultilevelModelNodeTest {
    private static final int FIXED = 0;
    private static final int PARAMETERS = 1;
    private static final int BLUPS = 2;
    private static final int FIT = 4;
    private static final int FITTED = 5;
    private static final int MEANS = 6;
    private static final String LEA_AND_SCHOOL = "[{\"column\":\"lea\"},{\"column\":\"school\"}]";

    private static NodeRun node(final BufferedDataTable table) {
        return NodeRun.of(new MultilevelModelNodeFactory()).input(table);
    }

    private static NodeRun pastes() {
        return node(CsvTable.read("pastes", "batch", "cask", "sample")).set("varianceIntervals", "NONE");
    }

    private static NodeRun students() {
        return node(CsvTable.read("chem97", "lea", "school", "student", "gender")).set("response", "score")
            .set("levels", LEA_AND_SCHOOL).set("varianceIntervals", "NONE").set("randomTests", false);
    }

    private static String formula(final NodeResult result) {
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return result.view(FIT).text(result.view(FIT).row("Statistic", "Formula"), "Note");
    }

    @Test
    void runsOnPastesWithoutAnySetting() {
        final NodeResult result = node(CsvTable.read("pastes", "batch", "cask", "sample")).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(8, result.tables().size());
        assertEquals(60, result.view(FITTED).rows());
        assertEquals(List.of("batch", "batch/sample", "Residual"), result.view(PARAMETERS).texts("Group"));
        assertEquals(10 + 30, result.view(BLUPS).rows());
        assertTrue(result.warning().orElse("").contains("already unique"), () -> result.warning().orElse("none"));
    }

    @Test
    void threeLevelsOfChem97() {
        final NodeResult result = students().set("fixedEffects", "gcsecnt").run();
        assertEquals(141696.988149308, fit(result, "-2 Log Likelihood"), 1e-4); // 1e-9 relative
        final TableView fixed = result.view(FIXED);
        final int slope = fixed.row("Term", "gcsecnt");
        assertEquals(2.47255692424234, fixed.number(slope, "Estimate"), 1e-6);
        assertEquals(0.0169040937161463, fixed.number(slope, "Std. Error"), 1e-7);
        assertEquals(0.0161665250834021, fixed.number(slope, "Naive Std. Error"), 1e-9);
        final TableView parameters = result.view(PARAMETERS);
        assertEquals(1.1661976523201, parameters.number(parameters.row("Group", "lea/school"), "Estimate"), 1e-5);
        assertEquals(31022, result.view(FITTED).rows());
        assertEquals(131 + 2410, result.view(BLUPS).rows());
    }

    @Test
    void columnsMakeTheFormulaThatTheyDescribe() {
        final String nested = formula(students().set("fixedEffects", "gcsecnt,gender")
            .set("interactions", "[{\"first\":\"gcsecnt\",\"second\":\"gender\"}]").run());
        assertTrue(nested.contains("score ~ gcsecnt + gender + gcsecnt:gender + (1 | lea/school)"), nested);
        final String slopes = formula(students().set("fixedEffects", "gcsecnt")
            .set("levels", "[{\"column\":\"school\",\"slopes\":[\"gcsecnt\"],\"covariance\":\"DIAGONAL\"}]").run());
        assertTrue(slopes.contains("score ~ gcsecnt + (1 + gcsecnt || school)"), slopes);
        final NodeResult crossed = node(CsvTable.read("penicillin", "plate", "sample"))
            .set("levels", "[{\"column\":\"plate\"},{\"column\":\"sample\"}]").set("crossed", true).run();
        assertTrue(formula(crossed).contains("diameter ~ 1 + (1 | plate) + (1 | sample)"), () -> formula(crossed));
        assertEquals(330.860588991087, fit(crossed, "-2 Log Likelihood"), 1e-6);
    }

    @Test
    void formulaAndColumnsAreTheSameModel() {
        final NodeResult columns = pastes().set("levels", "[{\"column\":\"batch\"},{\"column\":\"cask\"}]").run();
        final NodeResult formula = pastes().set("levels", "[]").set("modelSpecification", "FORMULA")
            .set("formula", "strength ~ 1 + (1 | batch/cask)").run();
        assertEquals(formula(columns), formula(formula));
        assertEquals(columns.view(PARAMETERS).texts("Estimate"), formula.view(PARAMETERS).texts("Estimate"));
    }

    @Test
    void aCovariateIsSplitWithinAndBetweenSchools() {
        final NodeResult result = students().set("fixedEffects", "gcsescore").set("centering",
            "[{\"column\":\"gcsescore\",\"mode\":\"WITHIN_AND_BETWEEN\",\"level\":\"school\"}]").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of("(Intercept)", "gcsescore.within.school", "gcsescore.between.school"),
            result.view(FIXED).texts("Term"));
    }

    @Test
    void meansOfANominalFixedEffect() {
        final TableView means = students().set("fixedEffects", "gender").set("adjustment", "TUKEY").run().view(MEANS);
        assertEquals(3, means.rows());
        assertFalse(means.isMissing(means.row("Type", "Difference"), "Adjusted p-value"));
    }

    @Test
    void eachBadInputHasItsOwnMessage() {
        assertError(pastes().set("levels", "[]"), "No level is chosen");
        assertError(pastes().set("levels", "[{}]"), "No level column is chosen");
        assertError(pastes().set("levels", "[{\"column\":\"batch\"},{\"column\":\"batch\"}]"), "chosen for two levels");
        assertError(pastes().set("response", "strength").set("levels", "[{\"column\":\"strength\"}]"),
            "cannot name groups");
        assertError(pastes().set("levels", "[{\"column\":\"vat\"}]"), "no column \"vat\"");
        assertError(pastes().set("levels", "[{\"column\":\"batch\"},{\"column\":\"batch\"}]"), "two levels");
        assertError(pastes().set("levels", "[{\"column\":\"batch\",\"slopes\":[\"cask\"]}]"), "not numeric");
        assertError(pastes().set("response", "strength")
            .set("levels", "[{\"column\":\"batch\",\"slopes\":[\"strength\"]}]"), "\"Response\"");
        assertError(pastes().set("response", "strength").set("fixedEffects", "strength"), "\"Fixed effects\"");
        assertError(pastes().set("centering", "[{\"column\":\"strength\"}]"), "no fixed effect");
        assertError(students().set("fixedEffects", "age").set("centering",
            "[{\"column\":\"age\",\"mode\":\"WITHIN\",\"level\":\"student\"}]"), "\"lea\" and \"school\"");
        assertError(students().set("fixedEffects", "age")
            .set("centering", "[{\"column\":\"age\"},{\"column\":\"age\"}]"), "centred twice");
        assertError(pastes().set("method", "ML").set("dfMethod", "KENWARD_ROGER"), "REML");
        assertError(pastes().set("modelSpecification", "FORMULA").set("formula", "strength ~ cask"), "no level");
        assertError(pastes().set("modelSpecification", "FORMULA").set("formula", "strength ~ (1 | vat)"), "\"vat\"");
        final BufferedDataTable single = new TableBuilder().strings("g", "a", "a", "a", "a")
            .doubles("y", 1, 2, 4, 3).build();
        assertError(node(single), "one unit");
    }

    @Test
    void progressRisesAndCancelEndsTheRun() {
        assertProgressRisesAndCancelEnds(MultilevelModelNodeTest::students, 0.5);
    }

    @Test
    void intervalsAreWaldsWhereTheSearchDidNotConverge() {
        assertWaldIntervalsWithoutConvergence(() -> pastes().set("maxIterations", 1));
    }
}
