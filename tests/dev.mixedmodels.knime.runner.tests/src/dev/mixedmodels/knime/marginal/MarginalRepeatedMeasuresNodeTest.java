package dev.mixedmodels.knime.marginal;

import static dev.mixedmodels.knime.node.NodeChecks.assertError;
import static dev.mixedmodels.knime.node.NodeChecks.assertProgressRisesAndCancelEnds;
import static dev.mixedmodels.knime.node.NodeChecks.assertRefused;
import static dev.mixedmodels.knime.node.NodeChecks.assertWaldIntervalsWithoutConvergence;
import static dev.mixedmodels.knime.node.NodeChecks.fit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** The node from table to tables. The numbers themselves are tested in the engine. */
class MarginalRepeatedMeasuresNodeTest {
    private static final int FIXED = 0;
    private static final int PARAMETERS = 1;
    private static final int BLUPS = 2;
    private static final int FIT = 4;
    private static final int FITTED = 5;
    private static final int MEANS = 6;

    private static NodeRun node(final BufferedDataTable table) {
        return NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).input(table);
    }

    private static BufferedDataTable trial() {
        return CsvTable.read("hetar1", "subject", "arm", "visit");
    }

    /** The usual analysis of a trial. */
    private static NodeRun analysis() {
        return node(trial()).set("fixedEffects", "baseline,arm,visit").set("varianceIntervals", "WALD")
            .set("interactions", "[{\"first\":\"arm\",\"second\":\"visit\"}]")
            .set("referenceLevels", "[{\"column\":\"arm\",\"level\":\"pbo\"}]");
    }

    private static String formula(final NodeResult result) {
        return result.view(FIT).text(result.view(FIT).row("Statistic", "Formula"), "Note");
    }

    @Test
    void runsOnATrialWithoutAnySetting() {
        final NodeResult result = node(trial()).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of("(Intercept)", "armpbo", "visit2", "visit3", "visit4", "visit5", "baseline"),
            result.view(FIXED).texts("Term"));
        assertEquals(8, result.tables().size());
        assertEquals(300, result.view(FITTED).rows());
        assertEquals(53, result.view(BLUPS).rows()); // the unobserved visits
        assertTrue(result.warning().orElse("").contains("53 of 300 rows left out"));
        assertTrue(result.warning().orElse("").contains("Covariance structure = Unstructured"));
    }

    /** An unstructured V is linear in its variances and covariances: mmrm's "Kenward-Roger-Linear". */
    @Test
    void trialWithKenwardRogerAgreesWithMmrmWithoutSecondDerivatives() {
        final NodeResult result = analysis().set("dfMethod", "KENWARD_ROGER").run();
        assertEquals(875.668908690473, fit(result, "-2 Log Likelihood"), 1e-6);
        final TableView fixed = result.view(FIXED);
        final int row = fixed.row("Term", "armact:visit5");
        assertEquals(1.1088104464733, fixed.number(row, "Estimate"), 1e-5);
        assertEquals(0.889142214273351, fixed.number(row, "Std. Error"), 1e-5);
        assertEquals(50.6182630280331, fixed.number(row, "df"), 1e-2); // df to 1e-3 relative at least
        final TableView means = result.view(MEANS);
        final int difference = means.row("Type", "Difference", "Term", "arm", "At", "visit = 5");
        assertEquals("pbo", means.text(difference, "Level"));
        assertEquals("act", means.text(difference, "Against"));
        assertEquals(-1.47664181088196, means.number(difference, "Estimate"), 1e-5);
        assertEquals(0.846122153567383, means.number(difference, "Std. Error"), 1e-5);
        assertEquals(0.0874685075796518, means.number(difference, "p-value"), 1e-4);
    }

    @Test
    void formulaAndColumnsAreTheSameModel() {
        final NodeResult columns = analysis().run();
        final NodeResult formula = node(trial()).set("modelSpecification", "FORMULA")
            .set("formula", "y ~ baseline + arm * visit")
            .set("referenceLevels", "[{\"column\":\"arm\",\"level\":\"pbo\"}]").run();
        assertTrue(formula(columns).contains("y ~ baseline + arm + visit + arm:visit"), () -> formula(columns));
        assertEquals(columns.view(FIXED).texts("Term"), formula.view(FIXED).texts("Term"));
        assertEquals(columns.view(FIXED).texts("Estimate"), formula.view(FIXED).texts("Estimate"));
    }

    @Test
    void structuresAreComparedInOneRun() {
        final NodeResult result = analysis().set("structure", "HETEROGENEOUS_AR1")
            .set("compareStructures", "UNSTRUCTURED,COMPOUND_SYMMETRY").run();
        final List<String> values = result.view(FIT).texts("Value");
        assertEquals(917.284750278488, fit(result, "AIC"), 1e-5);
        assertTrue(values.stream().filter(v -> !v.isEmpty()).mapToDouble(Double::parseDouble)
            .anyMatch(v -> Math.abs(v - 927.668908690473) < 1e-5), values::toString);
    }

    @Test
    void datesAreTimesInTheChosenUnit() {
        final List<String> subjects = new ArrayList<>();
        final List<LocalDate> days = new ArrayList<>();
        final double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            subjects.add("s" + i / 4);
            days.add(LocalDate.of(2024, 1, 1).plusDays(7L * (i % 4) + i % 3));
            y[i] = 3 + i % 4 + Math.sin(i * i);
        }
        final BufferedDataTable table = new TableBuilder().strings("who", subjects.toArray(String[]::new))
            .dates("when", days.toArray(LocalDate[]::new)).doubles("y", y).build();
        final NodeResult inDays = node(table).set("structure", "CONTINUOUS_AR1").run();
        final NodeResult inWeeks = node(table).set("structure", "CONTINUOUS_AR1").set("timeUnit", "WEEKS").run();
        assertTrue(inDays.isOk(), () -> inDays.error().orElse(""));
        assertEquals(List.of("(Intercept)", "when"), inDays.view(FIXED).texts("Term"));
        assertEquals(7 * inDays.view(FIXED).number(1, "Estimate"), inWeeks.view(FIXED).number(1, "Estimate"), 1e-6);
    }

    @Test
    void compoundSymmetryHasTheColumnsOfEveryOtherStructure() {
        final NodeResult result = analysis().set("structure", "COMPOUND_SYMMETRY").run();
        assertEquals(10, result.view(PARAMETERS).columns().size());
        assertEquals(999.971856436522, fit(result, "-2 Log Likelihood"), 1e-6);
    }

    @Test
    void eachBadInputHasItsOwnMessage() {
        assertError(node(trial()).set("response", "arm"), "not numeric");
        assertError(node(trial()).set("timeDegree", 20_000), "\"Degree of the average course\" is 20000.");
        assertError(node(trial()).set("subject", ""), "No subject column is chosen");
        assertError(node(trial()).set("subject", "y"), "cannot name groups");
        assertError(node(trial()).set("subject", "subject").set("visit", "subject"), "\"Subject\" and under \"Visit\"");
        assertError(node(trial()).set("visit", "week"), "no column \"week\"");
        assertError(node(trial()).set("time", "arm"), "times must be numbers or dates");
        assertError(node(trial()).set("structureBy", "arms"), "no column \"arms\"");
        assertError(node(trial()).set("response", "y").set("fixedEffects", "visit,y"), "\"Fixed effects\"");
        assertRefused(node(trial()).set("structure", "CONTINUOUS_AR1"), "no time column is chosen");
        assertRefused(node(trial()).set("visit", "").set("time", "baseline").set("structure", "AR1"),
            "no visit column is chosen");
        assertError(analysis().set("method", "ML").set("dfMethod", "KENWARD_ROGER"), "REML");
        assertError(analysis().set("fixedCovariance", "CR2").set("dfMethod", "KENWARD_ROGER"), "sandwich");
        assertError(analysis().set("compareStructures", "SPHERICAL"), "\"SPHERICAL\"");
        assertError(analysis().set("interactions", "[{\"first\":\"arm\",\"second\":\"arm\"}]"), "with itself");
        assertError(analysis().set("interactions", "[{\"first\":\"arm\"}]"), "lacks a column");
        assertError(analysis().set("referenceLevels", "[{\"column\":\"arm\",\"level\":\"drug\"}]"), "\"drug\"");
        assertError(analysis().set("visitOrder", "1,2,3,4"), "\"5\"");
        assertError(analysis().set("meansOf", "arm:dose"), "\"arm:dose\"");
        assertError(analysis().set("meansOf", "baseline"), "baseline");
        assertError(analysis().set("meansAt", "dose"), "\"dose\"");
        assertRefused(analysis().set("meansOf", "subject"), "\"subject\", which is no fixed effect");
        assertRefused(analysis().set("meansAt", "y"), "\"y\", which is no fixed effect");
        assertError(analysis().set("maxIterations", 0), "Iterations at most");
        assertError(analysis().set("tolerance", 1.0), "Tolerance");
        assertError(analysis().set("confidenceLevel", 100.0), "confidence level");
        assertError(analysis().set("modelSpecification", "FORMULA"), "formula is empty");
        assertError(analysis().set("modelSpecification", "FORMULA").set("formula", "y ~ arm +"),
            "at the end, after \"y ~ arm +\"");
        assertError(analysis().set("modelSpecification", "FORMULA").set("formula", "y ~ dose"), "\"dose\"");
        assertRefused(analysis().set("modelSpecification", "FORMULA").set("formula", "y ~ arm + (1 | subject)"),
            "random part");
        final NodeRun twice = node(new TableBuilder().strings("subject", "a", "a", "b", "b", "c")
            .strings("visit", "1", "1", "1", "2", "2").doubles("y", 1, 2, 3, 5, 4).build());
        assertError(twice.set("visit", "visit"), "two rows for visit");
    }

    @Test
    void progressRisesAndCancelEndsTheRun() {
        assertProgressRisesAndCancelEnds(MarginalRepeatedMeasuresNodeTest::analysis, 0.5);
    }

    @Test
    void intervalsAreWaldsWhereTheSearchDidNotConverge() {
        assertWaldIntervalsWithoutConvergence(() -> analysis().set("maxIterations", 1));
    }

    /**
     * Unstructured V for 92 rows whose last visit few subjects saw: the likelihood is flat on the way to a singular V.
     * How far the search goes there depends on rounding, and so on the coding of the factor, but not whether it fits.
     */
    @Test
    void aNearlySingularStructureFitsWhateverTheCoding() {
        final List<NodeResult> results = new ArrayList<>();
        for (final String coding : List.of("TREATMENT", "SUM", "HELMERT")) {
            final NodeResult result = node(CsvTable.read("nearlysingular", "subject", "visit", "arm"))
                .set("response", "y").set("subject", "subject").set("visit", "visit").set("time", "score")
                .set("timeDegree", 3).set("fixedEffects", "day,base,arm").set("dfMethod", "ASYMPTOTIC")
                .set("varianceIntervals", "WALD").set("randomTests", false).set("coding", coding).run();
            assertTrue(result.isOk(), () -> coding + ": " + result.error().orElse(""));
            assertEquals(1, fit(result, "Singular"), 0);
            results.add(result);
        }
        final TableView first = results.get(0).view(FIXED);
        final int day = first.row("Term", "day");
        for (final NodeResult other : results) {
            final double error = first.number(day, "Std. Error"); // a search along a ridge ends within a small part of it
            assertEquals(first.number(day, "Estimate"), other.view(FIXED).number(day, "Estimate"), 0.01 * error);
            assertEquals(error, other.view(FIXED).number(day, "Std. Error"), 0.01 * error);
        }
    }
}
