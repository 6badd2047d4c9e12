package dev.mixedmodels.knime.longitudinal;

import static dev.mixedmodels.knime.node.NodeChecks.assertError;
import static dev.mixedmodels.knime.node.NodeChecks.assertProgressRisesAndCancelEnds;
import static dev.mixedmodels.knime.node.NodeChecks.assertRefused;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** The node from table to tables. The numbers themselves are tested in the engine. */
class LongitudinalMixedModelNodeTest {
    private static final int FIXED = 0;
    private static final int PARAMETERS = 1;
    private static final int BLUPS = 2;
    private static final int FIT = 4;
    private static final int FITTED = 5;
    private static final int MEANS = 6;

    private static NodeRun node(final BufferedDataTable table) {
        return NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(table);
    }

    private static NodeRun sleep() {
        return node(CsvTable.read("sleepstudy", "Subject")).set("varianceIntervals", "WALD").set("randomTests", false);
    }

    private static NodeRun growth() {
        return node(CsvTable.read("orthodont", "Subject", "Sex")).set("varianceIntervals", "NONE")
            .set("randomTests", false);
    }

    /** More to find than one step does. */
    private static NodeRun slow() {
        return sleep().set("residualStructure", "AR1").set("maxIterations", 1);
    }

    private static String formula(final NodeResult result) {
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return result.view(FIT).text(result.view(FIT).row("Statistic", "Formula"), "Note");
    }

    @Test
    void runsOnSleepstudyWithoutAnySetting() {
        final NodeResult result = node(CsvTable.read("sleepstudy", "Subject")).run();
        assertTrue(formula(result).contains("Reaction ~ Days + (1 + Days | Subject)"), () -> formula(result));
        assertEquals(1743.62827195849, fit(result, "-2 Log Likelihood"), 1e-6);
        final TableView fixed = result.view(FIXED);
        assertEquals(10.4672859595955, fixed.number(fixed.row("Term", "Days"), "Estimate"), 1e-6);
        assertEquals(1.54578889562, fixed.number(fixed.row("Term", "Days"), "Std. Error"), 1e-5);
        final TableView blups = result.view(BLUPS);
        assertEquals(9.1989718701435, blups.number(blups.row("Level", "308", "Effect", "Days"), "BLUP"), 1e-4);
        assertEquals(8, result.tables().size());
        assertEquals(180, result.view(FITTED).rows());
        assertEquals("Guessed, for nothing was chosen: Subject = \"Subject\"; Response = \"Reaction\"; Time = "
            + "\"Days\". Open the dialog to choose.", result.warning().orElseThrow());
    }

    /** lme4 1.1-31: Reaction ~ ns(Days, df = 3) + (1 + Days | Subject). */
    @Test
    void theAverageCourseCanBeANaturalSpline() {
        final NodeResult result = sleep().set("timeCurve", "NATURAL_SPLINE").run();
        assertTrue(formula(result).contains("Reaction ~ ns(Days, df = 3) + (1 + Days | Subject)"), formula(result));
        assertEquals(1724.86650467, fit(result, "-2 Log Likelihood"), 1e-6);
        assertTrue(result.warning().orElse("").endsWith("Open the dialog to choose."), result.warning().toString());
        final TableView fixed = result.view(FIXED);
        assertEquals("ns(Days, df = 3)1", fixed.text(1, "Term"));
        final NodeResult offset = node(CsvTable.read("sleepstudy", "Subject")).set("modelSpecification", "FORMULA")
            .set("formula", "Reaction ~ 0 + offset(250 + 10 * Days) + (scale(Days) | Subject)")
            .set("varianceIntervals", "WALD").set("randomTests", false).run();
        assertTrue(formula(offset).contains("offset(250 + 10 * Days)"), formula(offset));
        assertEquals(1752.1014657351964, fit(offset, "-2 Log Likelihood"), 1e-6);
        assertEquals(340, offset.view(FITTED).number(9, "Fitted (marginal)"), 1e-9);
    }

    @Test
    void columnsMakeTheFormulaThatTheyDescribe() {
        assertTrue(formula(sleep().set("randomCovariance", "DIAGONAL").run())
            .contains("Reaction ~ Days + (1 + Days || Subject)"));
        assertTrue(formula(sleep().set("randomDegree", 0).run()).contains("Reaction ~ Days + (1 | Subject)"));
        assertTrue(formula(sleep().set("randomIntercept", false).run()).contains("(0 + Days | Subject)"));
        final String none = formula(sleep().set("randomIntercept", false).set("randomDegree", 0)
            .set("residualStructure", "AR1").run());
        assertTrue(none.contains("Reaction ~ Days") && !none.contains("|"), none);
        final String curves = formula(growth().set("fixedEffects", "Sex").set("timeDegree", 2).set("randomDegree", 0)
            .set("interactions", "[{\"first\":\"age\",\"second\":\"Sex\"}]").run());
        assertTrue(curves.contains("distance ~ age + I(age^2) + Sex + age:Sex + I(age^2):Sex + (1 | Subject)"), curves);
    }

    @Test
    void formulaAndColumnsAreTheSameModel() {
        final NodeResult columns = growth().set("fixedEffects", "Sex").run();
        final NodeResult formula = growth().set("modelSpecification", "FORMULA")
            .set("formula", "distance ~ age + Sex + (1 + age | Subject)").set("subject", "").run();
        assertEquals(formula(columns), formula(formula));
        assertEquals(columns.view(FIXED).texts("Std. Error"), formula.view(FIXED).texts("Std. Error"));
    }

    @Test
    void aFormulaWithoutRandomEffectsTakesTheChosenSubject() {
        final NodeResult columns = sleep().set("randomIntercept", false).set("randomDegree", 0)
            .set("residualStructure", "AR1").run();
        final NodeResult formula = sleep().set("modelSpecification", "FORMULA").set("formula", "Reaction ~ Days")
            .set("residualStructure", "AR1").run();
        assertEquals(formula(columns), formula(formula));
        assertEquals(columns.view(FIXED).texts("Std. Error"), formula.view(FIXED).texts("Std. Error"));
    }

    @Test
    void meansAtTheValuesOfTime() {
        final NodeResult result = growth().set("fixedEffects", "Sex").set("meansAt", "age").run();
        final TableView means = result.view(MEANS);
        assertEquals(4 * 3, means.rows()); // two means and a difference at each of four ages
        final int row = means.row("Type", "Mean", "Level", "Female", "At", "age = 14");
        final TableView fixed = result.view(FIXED);
        final double expected = fixed.number(fixed.row("Term", "(Intercept)"), "Estimate")
            + 14 * fixed.number(fixed.row("Term", "age"), "Estimate");
        assertEquals("SexMale", fixed.text(2, "Term"));
        assertEquals(expected, means.number(row, "Estimate"), 1e-9);
    }

    @Test
    void varianceFunctionsAndResidualStructuresReachTheEngine() {
        final NodeResult by = growth().set("residualVarianceBy", "Sex").set("randomDegree", 0).run();
        assertTrue(by.isOk(), () -> by.error().orElse(""));
        assertTrue(by.view(PARAMETERS).texts("Parameter").stream().filter(p -> p.contains("Residual")).count() >= 2,
            () -> by.view(PARAMETERS).texts("Parameter").toString());
        final NodeResult power = growth().set("residualPowerOf", "age").set("randomDegree", 0).run();
        assertTrue(power.view(PARAMETERS).texts("Parameter").contains("delta"),
            () -> power.view(PARAMETERS).texts("Parameter").toString());
        final NodeResult ar1 = sleep().set("residualStructure", "CONTINUOUS_AR1").run();
        assertTrue(ar1.view(PARAMETERS).texts("Parameter").contains("rho"));
    }

    @Test
    void datesAreTimesInTheChosenUnitFromTheFirstOfThem() {
        final List<String> subjects = new ArrayList<>();
        final List<LocalDate> days = new ArrayList<>();
        final double[] y = new double[48];
        for (int i = 0; i < 48; i++) {
            subjects.add("s" + i / 4);
            days.add(LocalDate.of(2024, 1, 1).plusDays(7L * (i % 4) + i % 3));
            y[i] = 3 + i % 4 + i / 4 % 5 + Math.sin(i * i);
        }
        final BufferedDataTable table = new TableBuilder().strings("who", subjects.toArray(String[]::new))
            .dates("when", days.toArray(LocalDate[]::new)).doubles("y", y).build();
        final double[] numbers = days.stream().mapToDouble(day -> day.toEpochDay() - days.get(0).toEpochDay()).toArray();
        final NodeResult asNumbers = node(new TableBuilder().strings("who", subjects.toArray(String[]::new))
            .doubles("when", numbers).doubles("y", y).build()).set("subject", "who").set("time", "when").set("response", "y")
            .set("randomDegree", 0).run();
        final NodeResult inDays = node(table).set("randomDegree", 0).run();
        final NodeResult inWeeks = node(table).set("randomDegree", 0).set("timeUnit", "WEEKS").run();
        assertTrue(inDays.isOk(), () -> inDays.error().orElse(""));
        assertEquals(List.of("(Intercept)", "when"), inDays.view(FIXED).texts("Term"));
        for (int i = 0; i < 2; i++) {
            assertEquals(asNumbers.view(FIXED).number(i, "Estimate"), inDays.view(FIXED).number(i, "Estimate"), 0);
        }
        final TableView fit = inDays.view(FIT);
        final int origin = fit.texts("Statistic").indexOf("Origin of when");
        assertEquals("\"when\" is counted in days from 2024-01-01, the first in the data.", fit.text(origin, "Note"));
        assertEquals(7 * inDays.view(FIXED).number(1, "Estimate"), inWeeks.view(FIXED).number(1, "Estimate"), 1e-6);
    }

    @Test
    void rowsThatLackTheResponseArePredicted() {
        final TableBuilder table = new TableBuilder();
        final String[] subjects = new String[21];
        final double[] times = new double[21];
        final Double[] y = new Double[21];
        for (int i = 0; i < 20; i++) {
            subjects[i] = "s" + i / 4;
            times[i] = i % 4;
            y[i] = i == 7 ? null : Double.valueOf(2 * (i / 4) + i % 4 + Math.sin(i * 7));
        }
        subjects[20] = "new";
        final NodeResult result = node(table.strings("subject", subjects).doubles("time", times).boxedDoubles("y", y)
            .build()).set("randomDegree", 0).run();
        assertTrue(result.warning().orElse("").contains("2 of 21 rows left out"), () -> result.warning().orElse(""));
        final TableView fitted = result.view(FITTED);
        assertFalse(fitted.isMissing(7, "Fitted (conditional)"));
        assertTrue(fitted.isMissing(7, "Residual"));
        assertEquals(fitted.number(20, "Fitted (marginal)"), fitted.number(20, "Fitted (conditional)"));
    }

    @Test
    void eachBadInputHasItsOwnMessage() {
        assertError(sleep().set("subject", ""), "No subject column is chosen");
        assertError(sleep().set("subject", "Reaction"), "cannot name groups");
        assertError(sleep().set("subject", "Subject").set("time", "Subject"), "numbers or dates");
        assertError(sleep().set("response", "Reaction").set("time", "Reaction"), "\"Response\" and under \"Time\"");
        assertError(sleep().set("time", "days"), "no column \"days\"");
        assertRefused(sleep().set("time", "").set("residualStructure", "AR1"), "Choose the time column");
        assertError(sleep().set("timeCurve", "NATURAL_SPLINE").set("timeDf", 0),
            "\"Degrees of freedom of the average course\" is 0.");
        assertError(sleep().set("timeCurve", "NATURAL_SPLINE").set("timeDf", 12), "ns(Days, df = 12)");
        assertError(sleep().set("timeDegree", -1),
            "\"Degree of the average course\" is -1. The degree of a polynomial must");
        assertError(sleep().set("timeDegree", Integer.MAX_VALUE), "between 0 and 10");
        assertError(sleep().set("randomDegree", 11), "\"Degree of each subject's own course\" is 11.");
        assertError(growth().set("randomSlopes", "Sex"), "not numeric");
        assertError(sleep().set("residualVarianceBy", "Days"), "cannot name groups");
        assertError(growth().set("residualPowerOf", "Sex"), "not numeric");
        assertError(growth().set("residualPowerOf", "age").set("residualVarianceBy", "Sex"), "not both");
        assertError(sleep().set("dfMethod", "KENWARD_ROGER").set("method", "ML"), "REML");
        assertError(sleep().set("tolerance", 0.0), "Tolerance");
        assertRefused(sleep().set("residualStructure", "COMPOUND_SYMMETRY").set("randomDegree", 0),
            "cannot be told apart");
        assertError(sleep().set("modelSpecification", "FORMULA").set("formula", "Reaction ~ (1 | Subject"),
            "after \"Reaction ~ (1 | Subject\"");
        assertError(sleep().set("modelSpecification", "FORMULA").set("formula", "Reaction ~ Days + (1 | Clinic)"),
            "\"Clinic\"");
        assertError(growth().set("modelSpecification", "FORMULA")
            .set("formula", "distance ~ age + (1 | Subject) + (1 | Sex)"), "Multilevel Model");
        assertError(node(new TableBuilder().strings("subject", "a", "b", "c", "d").doubles("time", 1, 2, 3, 4)
            .doubles("y", 1, 3, 2, 4).build()), "one row");
    }

    @Test
    void progressRisesAndCancelEndsTheRun() {
        assertProgressRisesAndCancelEnds(LongitudinalMixedModelNodeTest::sleep, 0.4);
    }

    @Test
    void intervalsAreWaldsWhereTheSearchDidNotConverge() {
        assertWaldIntervalsWithoutConvergence(LongitudinalMixedModelNodeTest::slow);
    }

    /** lme4, tests/reference/influence.json; sandwich standard errors have their note. */
    @Test
    void influenceOfSubjectsIsTheLastTable() {
        final BufferedDataTable table = CsvTable.read("sleepstudy", "Subject");
        final NodeResult result = node(table).set("influence", "REFIT").set("fixedCovariance", "CR2").run();
        assertEquals(18 * 12, result.view(7).rows());
        assertEquals(0.0924170479234845, result.view(7).number(0, "Value"), 1e-5);
        final int row = result.view(4).texts("Statistic").indexOf("Method");
        final String note = result.view(4).texts("Note").get(row);
        assertTrue(note.contains("sandwich, CR2") && note.contains("fitted again without each level of Subject"), note);
        assertEquals(0, node(table).run().view(7).rows());
    }
}
