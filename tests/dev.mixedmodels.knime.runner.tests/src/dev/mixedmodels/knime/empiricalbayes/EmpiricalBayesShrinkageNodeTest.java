package dev.mixedmodels.knime.empiricalbayes;

import static dev.mixedmodels.knime.node.NodeChecks.assertError;
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
class EmpiricalBayesShrinkageNodeTest {
    private static final int FIXED = 0;
    private static final int PARAMETERS = 1;
    private static final int SHRINKAGE = 2;
    private static final int MATRICES = 3;
    private static final int FIT = 4;
    private static final int FITTED = 5;
    private static final String MEAN = "Posterior Mean";

    private static NodeRun node(final BufferedDataTable table) {
        return NodeRun.of(new EmpiricalBayesShrinkageNodeFactory()).input(table);
    }

    private static BufferedDataTable schools() {
        return CsvTable.read("eightschools", "school");
    }

    private static double value(final TableView view, final String keyColumn, final String key, final String column) {
        return view.number(view.row(keyColumn, key), column);
    }

    @Test
    void eightSchoolsRunWithoutAnySetting() {
        final NodeResult result = node(schools()).run();
        assertEquals(7.68561672495604, result.view(FIXED).number(0, "Estimate"), 1e-6);
        assertEquals(0, result.view(PARAMETERS).number(0, "Estimate"), 0);
        assertTrue(result.view(PARAMETERS).isMissing(0, "Std. Error"));
        assertEquals("true", result.view(PARAMETERS).text(0, "On Boundary"));
        assertEquals(List.of("A", "B", "C", "D", "E", "F", "G", "H"), result.view(SHRINKAGE).texts("Unit"));
        assertEquals(13.4897262321115, result.view(SHRINKAGE).number(0, MEAN), 1e-6); // Morris 1983
        assertEquals(11.2151097009385, result.view(SHRINKAGE).number(0, "Posterior Std. Dev."), 1e-6);
        assertTrue(result.view(SHRINKAGE).isMissing(0, "Rank"));
        assertEquals("Row7", result.view(SHRINKAGE).key(7));
        assertEquals("Row7", result.view(FITTED).key(7));
        assertEquals(4.70707886440016, value(result.view(FIT), "Statistic", "Q", "Value"), 1e-9);
        assertEquals(1, value(result.view(FIT), "Statistic", "Singular", "Value"), 0);
        assertTrue(result.warning().orElse("").contains("pooled completely"));
        assertEquals(6, result.tables().size());
    }

    @Test
    void columnsAreThoseOfTheDescriptionWhateverTheSettings() {
        final NodeResult plain = node(schools()).run();
        final NodeResult full = node(schools()).set("prior", "NONPARAMETRIC").set("ranks", true)
            .set("threshold", "10").run();
        for (int i = 0; i < 6; i++) {
            assertEquals(plain.view(i).columns(), full.view(i).columns());
        }
        assertEquals(List.of("Unit", "Observed", "Std. Error (observed)", "Prior Mean", "Shrinkage", MEAN,
            "Posterior Std. Dev.", "Lower Bound", "Upper Bound", "Rank", "P(theta > threshold)", "Rank Lower Bound",
            "Rank Upper Bound", "Observed Lower Bound", "Observed Upper Bound", "Robbins or Tweedie Estimate",
            "Robbins or Tweedie Std. Error"), plain.view(SHRINKAGE).columns());
        assertFalse(full.view(SHRINKAGE).isMissing(0, "Rank"));
        assertEquals(0, full.view(SHRINKAGE).number(0, "P(theta > threshold)"), 0);
    }

    @Test
    void pumpsAndRatTumoursAreGuessedToBeCounts() {
        final NodeResult pumps = node(CsvTable.read("pumps", "pump")).run();
        assertEquals(0.822268649592141, value(pumps.view(PARAMETERS), "Parameter", "shape", "Estimate"), 1e-6);
        assertEquals("1", pumps.view(SHRINKAGE).text(0, "Unit"));
        final NodeResult rats = node(CsvTable.read("rattumor", "experiment")).set("posteriorVariance", "NAIVE").run();
        assertEquals(71, rats.view(SHRINKAGE).rows());
        assertTrue(value(rats.view(PARAMETERS), "Parameter", "alpha", "Estimate") > 2);
        final NodeResult rate =
            node(CsvTable.read("pumps", "pump")).set("display", "RATE_PER").set("ratePer", 1000).run();
        assertEquals(pumps.view(SHRINKAGE).number(0, MEAN) * 1000, rate.view(SHRINKAGE).number(0, MEAN), 1e-9);
    }

    @Test
    void everyEstimatorAndPosteriorVarianceRuns() {
        for (final EstimatorMode estimator : EstimatorMode.values()) {
            if (estimator != EstimatorMode.MOMENTS && estimator != EstimatorMode.JAMES_STEIN) {
                final NodeResult result = node(schools()).set("estimator", estimator.name()).set("givenTau2", 30)
                    .run();
                assertTrue(result.isOk(), () -> estimator + ": " + result.error());
            }
        }
        for (final PosteriorVarianceMode variance : PosteriorVarianceMode.values()) {
            final NodeResult result =
                node(schools()).set("posteriorVariance", variance.name()).set("replicates", 20).run();
            assertTrue(result.isOk(), () -> variance + ": " + result.error());
        }
        assertTrue(node(schools()).set("estimator", "JAMES_STEIN").set("commonStandardError", 10).run().isOk());
        assertTrue(node(CsvTable.read("pumps", "pump")).set("estimator", "MOMENTS").run().isOk());
    }

    @Test
    void aGivenPriorReproducesTheFormula() {
        final NodeResult result = node(schools()).set("commonStandardError", 12).set("estimator", "GIVEN")
            .set("givenTau2", 36).set("givenMean", "5").run();
        assertEquals(5 + 0.2 * (28 - 5), result.view(SHRINKAGE).number(0, MEAN), 1e-12);
        assertEquals(0.8, result.view(SHRINKAGE).number(0, "Shrinkage"), 1e-15);
    }

    /** Viechtbauer (2010), section 3.1: log risk ratio -0.7145 (0.1798), tau2 0.3132 by REML. */
    @Test
    void samplingVariancesAreTheSquaresOfStandardErrors() {
        final NodeResult guessed = node(new TableBuilder()
            .doubles("yi", -0.8893113339, -1.585388657, -1.348073148, -1.44155119, -0.2175473222,
                -0.7861155858, -1.620898224, 0.01195233352, -0.4694176487, -1.371344803, -0.3393588283,
                0.4459134006, -0.01731394822)
            .doubles("vi", 0.325584765, 0.1945811214, 0.4153679654, 0.0200100319, 0.05121017217,
                0.006905618456, 0.2230172476, 0.003961579298, 0.05643421046, 0.07302479361,
                0.01241221397, 0.5325058452, 0.07140465968).build()).run();
        assertEquals(-0.7145, guessed.view(FIXED).number(0, "Estimate"), 5e-5);
        assertEquals(0.1798, guessed.view(FIXED).number(0, "Std. Error"), 5e-5);
        assertEquals(0.3132, guessed.view(PARAMETERS).number(0, "Estimate"), 5e-5);
        assertTrue(guessed.warning().orElse("").contains("Sampling variance = \"vi\""));
        final NodeResult chosen = node(schools()).set("samplingVariance", "se").set("estimate", "effect").run();
        assertEquals(Math.sqrt(15), chosen.view(SHRINKAGE).number(0, "Std. Error (observed)"), 1e-15);
        final NodeResult both = node(schools()).set("samplingVariance", "se").set("standardError", "se")
            .set("estimate", "effect").run();
        assertEquals(15, both.view(SHRINKAGE).number(0, "Std. Error (observed)"), 0);
        assertError(node(schools()).set("samplingVariance", "effect").set("estimate", "se"),
            "the sampling variance in column \"effect\" is -3");
        assertError(node(schools()).set("precision", "VARIANCE").set("samplingVariance", ""),
            "No sampling variance column is chosen");
    }

    @Test
    void covariatesMayBeNominal() {
        final BufferedDataTable table = new TableBuilder().strings("study", "a", "b", "c", "d", "e", "f")
            .doubles("y", 1, 2, 1.5, 4, 5, 3.5).doubles("se", 0.5, 0.5, 0.4, 0.6, 0.5, 0.5)
            .strings("kind", "old", "old", "old", "new", "new", "new").build();
        final NodeResult result = node(table).set("estimate", "y").set("covariates", List.of("kind")).run();
        assertEquals(List.of("(Intercept)", "kindold"), result.view(FIXED).texts("Term"));
        assertTrue(value(result.view(FIT), "Statistic", "Fixed kind", "p-value") < 0.01);
        assertTrue(result.view(MATRICES).texts("Matrix").contains("Prior"));
    }

    @Test
    void rowsWithMissingValuesAreCountedAndPredictedWhereTheyCanBe() {
        final BufferedDataTable table = new TableBuilder().strings("unit", "a", "b", null, "d", "e", "b")
            .boxedDoubles("y", 1.0, 2.0, 3.0, null, 5.0, 4.0).boxedDoubles("se", 1.0, null, 1.0, 1.0, 1.0, 1.0)
            .build();
        final NodeResult result = node(table).run();
        assertTrue(result.warning().orElse("").contains("3 of 6 rows left out"), () -> result.warning().orElse(""));
        assertTrue(result.warning().orElse("").contains("more than one row"));
        assertTrue(result.view(SHRINKAGE).isMissing(1, MEAN));
        assertFalse(result.view(SHRINKAGE).isMissing(3, MEAN));
        assertEquals(1, result.view(SHRINKAGE).number(3, "Shrinkage"), 0);
        assertTrue(result.view(FITTED).isMissing(1, "Fitted (marginal)"));
        assertFalse(node(table).set("missingValues", "FAIL").run().isOk());
    }

    @Test
    void eachBadInputHasItsOwnMessage() {
        assertError(node(schools()).set("estimate", "efect"), "no column \"efect\"");
        assertError(node(schools()).set("standardError", ""), "No standard error column is chosen");
        assertError(node(schools()).set("estimate", "effect").set("standardError", "effect"), "both");
        assertError(node(schools()).set("standardError", "effect").set("estimate", "se"), "standard error is -3");
        assertError(node(schools()).set("commonStandardError", -1), "Common standard error");
        assertError(node(schools()).set("estimator", "GIVEN"), "\"Given prior variance\"");
        assertError(node(schools()).set("estimator", "GIVEN").set("givenTau2", "many"), "not a finite number");
        assertError(node(schools()).set("threshold", "Infinity"), "not a finite number");
        assertError(node(schools()).set("estimator", "MOMENTS"), "\"Moments\" does not exist");
        assertError(node(schools()).set("confidenceLevel", Double.NaN), "confidence level");
        assertError(node(schools()).set("replicates", 1), "\"Bootstrap samples\"");
        assertError(node(CsvTable.read("pumps", "pump")).set("covariates", List.of("time")), "Covariates");
        assertError(node(CsvTable.read("pumps", "pump")).set("family", "BETA_BINOMIAL").set("successes", "failures")
            .set("trials", "time"), "number of trials is 94.32");
        assertError(node(CsvTable.read("pumps", "pump")).set("count", "time").set("exposure", "failures"),
            "whole numbers");
        assertError(node(new TableBuilder().strings("u").doubles("y").doubles("se").build()), "empty");
    }

    @Test
    void cancelEndsTheBootstrap() {
        final NodeResult cancelled = node(schools()).set("posteriorVariance", "BOOTSTRAP").set("replicates", 100_000)
            .cancelAt(0.35).run();
        assertEquals(NodeResult.Stage.CANCELED, cancelled.stage().orElseThrow());
    }

    @Test
    void thePriorMeanMayBeAFormula() {
        final NodeResult result = node(new TableBuilder()
            .strings("trial", "a", "b", "c", "d", "e", "f", "g").doubles("yi", 1, 3, 2, 5, 4, 4, 6)
            .doubles("vi", 1, 0.5, 0.25, 1, 0.5, 0.25, 1).doubles("year", 1, 2, 3, 4, 5, 6, 7)
            .strings("alloc", "r", "r", "r", "s", "s", "s", "s").build())
            .set("modelSpecification", "FORMULA").set("formula", "year * alloc").set("estimate", "yi")
            .set("samplingVariance", "vi").set("precision", "VARIANCE").run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(List.of("(Intercept)", "year", "allocs", "year:allocs"), result.view(FIXED).texts("Term"));
        assertTrue(value(result.view(FIT), "Statistic", "Fixed year:alloc", "p-value") > 0);
    }

    @Test
    void aFormulaThatIsNoPriorMeanIsRefused() {
        assertTrue(formula("").error().orElse("").contains("such as x1 * x2"));
        assertTrue(formula("school").error().orElse("").contains("unit"), () -> formula("school").error().orElse(""));
        assertTrue(formula("nothing").error().orElse("").contains("\"nothing\""));
        assertTrue(formula("(1 | school)").error().orElse("").contains("random effects"));
        assertTrue(node(CsvTable.read("pumps", "pump")).set("modelSpecification", "FORMULA").set("formula", "x").run()
            .error().orElse("").contains("Covariates are for"));
    }

    @Test
    void tabulatedCountsHaveFrequenciesAndRobbinsEstimates() {
        final NodeRun claims = node(new TableBuilder().doubles("claims", 0, 1, 2, 3, 4, 5, 6, 7)
            .doubles("years", 1, 1, 1, 1, 1, 1, 1, 1).doubles("policies", 7840, 1317, 239, 42, 14, 4, 4, 1).build())
            .set("family", "POISSON_GAMMA").set("unit", "").set("count", "claims").set("exposure", "years")
            .set("frequency", "policies").set("marginalEstimates", "OBSERVED");
        final NodeResult result = claims.run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        assertEquals(2 * 239 / 1317.0, result.view(SHRINKAGE).number(1, "Robbins or Tweedie Estimate"), 1e-12);
        assertTrue(result.view(SHRINKAGE).number(1, "Robbins or Tweedie Std. Error") > 0);
        assertEquals(9461, value(result.view(FIT), "Statistic", "Levels of Row", "Value"), 0);
        assertTrue(result.warning().orElse("").contains("vary much"));
        assertTrue(claims.set("frequency", "claims").run().error().orElse("").contains("Frequency"));
    }

    private static NodeResult formula(final String text) {
        return node(schools()).set("modelSpecification", "FORMULA").set("formula", text).run();
    }
}
