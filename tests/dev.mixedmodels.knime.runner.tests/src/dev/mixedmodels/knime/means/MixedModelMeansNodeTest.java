package dev.mixedmodels.knime.means;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** Mixed Model Means as a node; its figures are held against emmeans by the engine's tests. */
class MixedModelMeansNodeTest {
    private static final BufferedDataTable TRIAL = CsvTable.read("hetar1", "subject", "arm");

    private static NodeRun trial() {
        return NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("modelSpecification", "FORMULA")
            .set("formula", "y ~ arm * factor(visit) + baseline + (1 | subject)").set("varianceIntervals", "NONE")
            .set("randomTests", false);
    }

    private static NodeRun means() {
        return means(Models.fit(TRIAL, trial()).model());
    }

    private static NodeRun means(final MixedModelPortObject model) {
        return NodeRun.of(new MixedModelMeansNodeFactory()).input(model);
    }

    private static String error(final NodeRun run, final NodeResult.Stage stage) {
        final NodeResult result = run.run();
        assertFalse(result.isOk());
        assertEquals(stage, result.stage().orElseThrow());
        return result.error().orElseThrow();
    }

    @Test
    void withoutSettingsItSaysWhatTheNodeThatFittedSays() {
        final NodeResult fit = trial().input(TRIAL).run();
        final NodeResult result = means((MixedModelPortObject) fit.output(fit.outputs().size() - 1)).set("adjustment", "NONE").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        final TableView expected = fit.view(6);
        final TableView rows = result.view(0);
        assertEquals(expected.rows(), rows.rows());
        for (int i = 0; i < rows.rows(); i++) {
            for (final String column : List.of("Type", "Term", "Level", "Against", "At")) {
                assertEquals(expected.text(i, column), rows.text(i, column));
            }
            for (final String column : List.of("Estimate", "Std. Error", "df", "Lower Bound")) {
                assertEquals(expected.number(i, column), rows.number(i, column), 1e-12 * Math.abs(expected.number(i, column)));
            }
        }
        assertEquals(List.of("arm", "visit", "baseline", "arm:visit"), result.view(1).texts("Term"));
    }

    @Test
    void simpleEffectsContrastsAndSlopes() {
        final NodeResult result = means().set("meansOf", "arm").set("by", "visit").set("contrasts", "mean = (act + pbo)/2")
            .set("slopesOf", "baseline").set("comparisons", "REFERENCE").set("referenceLevel", "pbo")
            .set("adjustment", "DUNNETT").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        final TableView rows = result.view(0);
        assertEquals(5 * (2 + 1 + 1) * 2, rows.rows());
        assertEquals(List.of("Mean", "Mean", "Difference", "Contrast"), rows.texts("Type").subList(0, 4));
        assertEquals("act", rows.text(2, "Level"));
        assertEquals("pbo", rows.text(2, "Against"));
        assertEquals("visit = 1", rows.text(2, "At"));
        assertEquals("mean", rows.text(3, "Level"));
        assertEquals("Slope", rows.text(20, "Type"));
        assertEquals("baseline:arm", rows.text(20, "Term"));
        assertTrue(rows.isMissing(22, "t")); // no interaction: the slopes' difference is 0 without an error
    }

    @Test
    void oneSidedTestsHaveOneBound() {
        final TableView rows = means().set("meansOf", "arm").set("alternative", "GREATER").set("nullDifference", "-0.5")
            .run().view(0);
        assertTrue(rows.isMissing(2, "Upper Bound"));
        assertEquals((rows.number(2, "Estimate") + 0.5) / rows.number(2, "Std. Error"), rows.number(2, "t"), 1e-12);
    }

    @Test
    void settingsThatDoNotFitAreSaidBeforeTheRun() {
        final NodeResult.Stage configure = NodeResult.Stage.CONFIGURE;
        assertEquals("\"baseline\" is no nominal fixed effect of the model. These are \"arm\" and \"visit\". Choose others under "
            + "\"Means of\".", error(means().set("meansOf", "baseline"), configure));
        assertTrue(error(means().set("by", "subject"), configure).contains("no nominal fixed effect"));
        assertTrue(error(means().set("slopesOf", "arm"), configure).contains("These are \"baseline\""));
        assertTrue(error(means().set("meansOf", "dose"), configure).contains("dose"));
        assertEquals("The column \"arm\" stands under \"Means of\" and under \"Separately for each level of\". Remove it from "
            + "one of them.", error(means().set("meansOf", "arm:visit").set("by", "arm"), configure));
        assertEquals("Two contrasts are named \"a\". Give each a name of its own.",
            error(means().set("contrasts", "a = act - pbo\na = pbo - act"), configure));
    }

    @Test
    void simultaneousIntervalsAreWiderAndOfComparisonsOnly() {
        final NodeRun run = means().set("meansOf", "visit").set("adjustment", "TUKEY").set("contrasts", "");
        final TableView single = run.run().view(0);
        final TableView all = run.set("simultaneousIntervals", true).run().view(0);
        for (int i = 0; i < all.rows(); i++) {
            final double wider = (all.number(i, "Upper Bound") - all.number(i, "Lower Bound"))
                / (single.number(i, "Upper Bound") - single.number(i, "Lower Bound"));
            assertTrue(all.text(i, "Type").equals("Mean") ? wider == 1 : wider > 1.2, all.text(i, "Type") + wider);
        }
    }

    @Test
    void aModelOfAnInterceptAloneHasNoJointTestsAndSaysSo() {
        final NodeResult result = means(Models.all().get("random intercept").model()).run();
        assertEquals("The table Joint tests is empty, for the model has no fixed effect beside the intercept.",
            result.warning().orElse(""));
        assertEquals(0, result.view(1).rows());
    }

    @Test
    void settingsThatContradictOneAnother() {
        for (final String[] wrong : new String[][] {{"contrasts", "act -", "The place: at the end"},
            {"adjustment", "TUKEY", "all pairs"}, {"confidenceLevel", "0.95", "percent"}}) {
            final NodeResult result = means().set("comparisons", "REFERENCE").set(wrong[0], wrong[1]).run();
            assertTrue(result.error().orElse("").contains(wrong[2]), () -> result.error().orElse("none"));
        }
    }

    @Test
    void unknownLevelsAreNamed() {
        final String contrast = error(means().set("contrasts", "act - placebo"), NodeResult.Stage.EXECUTE);
        assertTrue(contrast.contains("names \"act\" and \"placebo\"") && contrast.contains("arm has \"act\" and \"pbo\""), contrast);
        final String level = error(means().set("comparisons", "REFERENCE").set("referenceLevel", "x"),
            NodeResult.Stage.EXECUTE);
        assertTrue(level.contains("The reference level is \"x\""), level);
    }

    @Test
    void placesOfNumericColumns() {
        final NodeResult result = means().set("meansOf", "arm").set("comparisons", "NONE")
            .set("at", "[{\"column\":\"baseline\",\"values\":\"GIVEN\",\"given\":\"45, 50.5\"}]").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of("baseline = 45", "baseline = 45", "baseline = 50.5", "baseline = 50.5"),
            result.view(0).texts("At"));
        final String wrong = means().set("at", "[{\"column\":\"baseline\",\"values\":\"GIVEN\",\"given\":\"4,x\"}]").run().error()
            .orElseThrow();
        assertTrue(wrong.contains("Write numbers with commas between"), wrong);
    }

    @Test
    void termsAndValuesThatAreWrittenTwiceCountOnce() {
        final NodeResult result = means().set("meansOf", List.of("arm", "arm")).set("comparisons", "NONE")
            .set("at", "[{\"column\":\"baseline\",\"values\":\"GIVEN\",\"given\":\"45, 45.0\"}]").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of("baseline = 45", "baseline = 45"), result.view(0).texts("At"));
    }

    @Test
    void cellsWithoutRowsAreMissingWithWords() {
        final NodeRun fit = NodeRun.of(new MultilevelModelNodeFactory()).set("modelSpecification", "FORMULA")
            .set("formula", "y ~ arm * factor(site) + x + (1 | id)").set("varianceIntervals", "NONE").set("randomTests", false);
        final NodeResult result = means(Models.fit(CsvTable.read("threearms", "id", "arm"), fit).model()).set("by", "site").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertTrue(result.warning().orElse("").contains("The data do not determine"), () -> result.warning().orElse(""));
        assertTrue(result.view(0).isMissing(1, "Estimate"));
    }

    @Test
    void modelsOfAllNodesButEmpiricalBayes() {
        Models.all().forEach((name, fit) -> {
            final NodeResult result = means(fit.model()).run();
            if (fit.model().model().prior() != null) {
                assertEquals(NodeResult.Stage.CONFIGURE, result.stage().orElseThrow());
                assertTrue(result.error().orElse("").contains("has no marginal means"), () -> result.error().orElse(""));
            } else {
                assertTrue(result.isOk(), () -> name + ": " + result.error().orElse(""));
                assertTrue(result.view(0).rows() > 0, name);
            }
        });
    }
}
