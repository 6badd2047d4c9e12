package dev.mixedmodels.knime.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;

/** Mixed Model Compare as a node. */
class MixedModelCompareNodeTest {
    private static final BufferedDataTable SLEEP = CsvTable.read("sleepstudy", "Subject");

    private static NodeRun run(final String formula, final String method) {
        return NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("modelSpecification", "FORMULA").set("formula", formula)
            .set("method", method).set("varianceIntervals", "NONE").set("randomTests", false);
    }

    private static MixedModelPortObject model(final BufferedDataTable table, final String formula, final String method) {
        return Models.fit(table, run(formula, method)).model();
    }

    private static NodeRun compare(final MixedModelPortObject... models) {
        final NodeRun run = NodeRun.of(new MixedModelCompareNodeFactory());
        Arrays.stream(models).forEach(run::input);
        return run;
    }

    @Test
    void threeModelsInTheOrderOfTheirPorts() {
        final NodeResult result = compare(model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 + Days || Subject)", "ML")).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of(), result.warning().stream().toList());
        final TableView models = result.view(0);
        assertEquals(List.of("Model 1", "Model 2", "Model 3"), models.texts("Model"));
        assertEquals(0, models.number(2, "AIC Difference"));
        assertEquals(1, models.number(0, "Akaike Weight") + models.number(1, "Akaike Weight") + models.number(2, "Akaike Weight"),
            1e-12);
        final TableView tests = result.view(1);
        assertEquals(List.of("Model 3", "Model 2"), tests.texts("Model"));
        assertEquals(List.of("Model 1", "Model 3"), tests.texts("Against"));
        assertEquals("Half chi2(0), half chi2(1).", tests.text(0, "Note"));
    }

    @Test
    void allPairsAreTestedWhenAskedFor() {
        final NodeResult result = compare(model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 + Days || Subject)", "ML")).set("pairs", "ALL").run();
        assertEquals(3, result.table(1).size());
    }

    @Test
    void restrictedLikelihoodsOfOtherMeansAreNotCompared() {
        final NodeResult result = compare(model(SLEEP, "Reaction ~ 1 + (1 | Subject)", "REML"),
            model(SLEEP, "Reaction ~ Days + (1 | Subject)", "REML")).run();
        assertTrue(result.warning().orElse("").contains("choose the method ML"), () -> result.warning().orElse(""));
        assertTrue(result.view(0).isMissing(0, "AIC Difference"));
        assertTrue(result.view(0).isMissing(0, "Akaike Weight"));
        final TableView tests = result.view(1);
        assertEquals("F", tests.text(0, "Test"));
        assertFalse(tests.isMissing(0, "p-value"));
        assertTrue(tests.isMissing(1, "p-value"));
        assertTrue(tests.text(1, "Note").contains("choose the method ML"));
    }

    @Test
    void otherRowsAreRefused() {
        final BufferedDataTable orthodont = CsvTable.read("orthodont", "Subject", "Sex");
        final NodeResult columns = compare(model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML"),
            model(orthodont, "distance ~ age + (1 | Subject)", "ML")).run();
        assertEquals(NodeResult.Stage.CONFIGURE, columns.stage().orElseThrow());
        assertTrue(columns.error().orElseThrow().contains("\"Reaction\""), columns.error().orElseThrow());
        final NodeResult functions = compare(model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML"),
            model(SLEEP, "log(Reaction) ~ Days + (1 | Subject)", "ML")).run();
        assertEquals(NodeResult.Stage.CONFIGURE, functions.stage().orElseThrow());
        assertTrue(functions.error().orElseThrow().contains("\"log(Reaction)\""), functions.error().orElseThrow());
        final BufferedDataTable hetar = CsvTable.read("hetar1", "subject", "arm");
        final BufferedDataTable bodyWeight = CsvTable.read("threearms", "id", "arm");
        final NodeResult rows = compare(model(hetar, "y ~ arm + (1 | subject)", "ML"),
            model(bodyWeight, "y ~ arm + (1 | id)", "ML")).run();
        assertTrue(rows.error().orElseThrow().contains("rows"), rows.error().orElseThrow());
    }

    @Test
    void otherWeightsAreTheReasonWhyModelsAreNotNested() {
        final BufferedDataTable orthodont = CsvTable.read("orthodont", "Subject", "Sex");
        final MixedModelPortObject weighted = Models.fit(orthodont, run("distance ~ Sex * age + (1 | Subject)", "ML")
            .set("weights", "age")).model();
        final NodeResult result = compare(weighted, model(orthodont, "distance ~ age + (1 | Subject)", "ML")).run();
        assertEquals("Not nested: Model 1 has the weights of rows \"age\" and Model 2 no weights of rows. Compare them by AIC or "
            + "BIC.", result.view(1).text(0, "Note"));
    }

    @Test
    void empiricalBayesModelsHaveTheirCoefficientsCounted() {
        final TableView models = compare(Models.all().get("empirical Bayes with a covariate").model(),
            Models.all().get("empirical Bayes with a covariate").model()).run().view(0);
        assertEquals(2, models.number(0, "Fixed Effects"));
        assertEquals("REML", models.text(0, "Method"));
        final MixedModelPortObject counts = Models.all().get("empirical Bayes of counts").model();
        assertEquals(1, compare(counts, counts).run().view(0).number(0, "Fixed Effects"));
    }

    private static NodeRun bootstrap(final MixedModelPortObject... models) {
        return compare(models).set("bootstrap", true).set("bootstrapReplicates", 200);
    }

    @Test
    void bootstrapWithTheTable() {
        final MixedModelPortObject[] models = {model(SLEEP, "Reaction ~ 1 + (1 + Days | Subject)", "REML"),
            model(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", "REML")};
        final NodeResult result = bootstrap(models).input(SLEEP).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        final TableView tests = result.view(1);
        final int row = tests.row("Test", "Parametric bootstrap");
        assertEquals(23.5365, tests.number(row, "Statistic"), 1e-4); // lme4, both by ML
        assertEquals(1.0 / 201, tests.number(row, "p-value"), 1e-12);
        assertTrue(tests.text(row, "Note").contains("ML"), tests.text(row, "Note"));
        final NodeResult again = bootstrap(models).set("seed", 1L).input(SLEEP).run();
        assertEquals(tests.numbers("p-value")[row], again.view(1).numbers("p-value")[row]);
    }

    @Test
    void bootstrapAsksForTheTable() {
        final MixedModelPortObject[] models = {model(SLEEP, "Reaction ~ 1 + (1 | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML")};
        final String missing = bootstrap(models).run().error().orElseThrow();
        assertTrue(missing.contains("Add the port for data"), missing);
        final String other = bootstrap(models).input(CsvTable.read("orthodont", "Subject", "Sex")).run().error().orElseThrow();
        assertTrue(other.contains("no column \"Reaction\""), other);
        final String few = compare(models).set("bootstrap", true).set("bootstrapReplicates", 1).run().error().orElseThrow();
        assertTrue(few.contains("Bootstrap replicates"), few);
    }

    @Test
    void bootstrapIsCancelled() {
        final NodeResult result = bootstrap(model(SLEEP, "Reaction ~ 1 + (1 | Subject)", "ML"),
            model(SLEEP, "Reaction ~ Days + (1 | Subject)", "ML")).set("bootstrapReplicates", 100000).input(SLEEP)
                .cancelAt(0.12).run();
        assertEquals(NodeResult.Stage.CANCELED, result.stage().orElseThrow());
    }

    @Test
    void noBootstrapOfMarginalModels() {
        final Models.Fit marginal = Models.all().get("marginal");
        final NodeResult result = bootstrap(marginal.model(), marginal.model()).input(marginal.table()).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
    }

    @Test
    void modelsOfAllNodesAreTaken() {
        Models.all().forEach((name, fit) -> {
            final NodeResult result = compare(fit.model(), fit.model()).run();
            assertTrue(result.isOk(), () -> name + ": " + result.error().orElse(""));
            assertEquals(0.5, result.view(0).number(0, "Akaike Weight"), 1e-12, name);
        });
    }
}
