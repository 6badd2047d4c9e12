package dev.mixedmodels.knime.predictor;

import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.ok;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.orthodont;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.predictor;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.model.Models.Fit;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeResult.Stage;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** Predictions for tables that are not as the one of the fit. */
class OtherTablesTest {
    /** Whole numbers may name levels that are texts of such, and no others. */
    @Test
    void numbersForLevelsThatAreNoneAreRefusedAtOnce() throws Exception {
        final TableBuilder numbers = new TableBuilder().strings("Subject", "M01").ints("Sex", 1).doubles("age", 9);
        for (final MixedModelPortObject model : List.of(orthodont().model(), Models.storedAndLoaded(orthodont().model()))) {
            final NodeResult result = predictor(model, numbers.build()).run();
            assertEquals(Optional.of(Stage.CONFIGURE), result.stage());
            assertEquals(Optional.of("The column \"Sex\" has whole numbers, and the model was fitted to texts there. Convert "
                + "the column, or connect another table."), result.error());
        }
        final MixedModelPortObject visits = Models.all().get("marginal").model();
        final TableView table = ok(predictor(visits, new TableBuilder().strings("subject", "new", "new").strings("arm", "pbo",
            "pbo").ints("visit", 1, 2).doubles("baseline", 50, 50).build())).view(0);
        assertTrue(!table.isMissing(1, "Prediction (y)"));
        final NodeResult texts = predictor(Models.all().get("multilevel").model(), new TableBuilder().strings("schoolid",
            "2020").strings("childid", "1").strings("year", "first").build()).run();
        assertEquals(Optional.of(Stage.CONFIGURE), texts.stage());
    }

    @Test
    void ofAnUnknownVisitOfANewSubjectTheErrorIsNotKnown() {
        final Fit fit = Models.fit(CsvTable.read("hetar1", "subject", "arm", "visit"), NodeRun.of(
            new MarginalRepeatedMeasuresNodeFactory()).set("response", "y").set("fixedEffects", "baseline")
                .set("structure", "HETEROGENEOUS_AR1").set("subject", "subject").set("visit", "visit")
                .set("varianceIntervals", "NONE"));
        final NodeResult result = ok(predictor(fit.model(), new TableBuilder().strings("subject", "new", "new")
            .strings("visit", "5", "6").doubles("baseline", 50, 50).build()));
        assertEquals(Optional.of("1 row whose \"subject\" has no response in this table to predict from: predicted from the "
            + "fixed effects only, with the variance of a response in the standard error.\n1 row whose \"subject\" has no "
            + "response in this table to predict from, of a visit whose variance the fit does not know: predicted from the "
            + "fixed effects only, without a standard error."), result.warning());
        assertTrue(!result.view(0).isMissing(0, "Prediction (y) Std. Error"));
        assertTrue(result.view(0).isMissing(1, "Prediction (y) Std. Error"));
    }

    @Test
    void weightsMayBeACovariateToo() {
        final Fit fit = Models.fit(CsvTable.read("hetar1", "subject", "arm", "visit"), NodeRun.of(
            new MarginalRepeatedMeasuresNodeFactory()).set("response", "y").set("fixedEffects", "baseline")
                .set("structure", "AR1").set("subject", "subject").set("visit", "visit").set("weights", "baseline")
                .set("varianceIntervals", "NONE"));
        assertTrue(!ok(predictor(fit.model(), fit.table())).view(0).isMissing(0, "Prediction (y) (marginal)"));
    }

    /** Of pump 1 with its posterior and exposure the negative binomial's; of another true rate the gamma prior's. */
    @Test
    void boundsOfCountsAreThoseOfCounts() {
        final Fit fit = Models.all().get("empirical Bayes of counts");
        for (final String effects : List.of("ALL", "NONE")) {
            final TableView table = ok(predictor(fit.model(), fit.table()).set("randomEffects", effects)
                .set("predictionBounds", true).set("columnName", "p")).view(0);
            for (int row = 0; row < table.rows(); row++) {
                final double lower = table.number(row, "p Lower Prediction Bound");
                final double upper = table.number(row, "p Upper Prediction Bound");
                assertTrue(lower >= 0 && lower <= table.number(row, "p") && table.number(row, "p") <= upper);
                if (effects.equals("ALL")) {
                    final double count = upper * table.number(row, "time");
                    assertEquals(Math.rint(count), count, 1e-9);
                }
            }
        }
    }

    @Test
    void aTableWithoutRowsStaysOne() {
        final NodeResult result = predictor(sleep().model(), new TableBuilder().strings("Subject").doubles("Days").build()).run();
        assertTrue(result.isOk());
        assertEquals(0, result.view(0).rows());
        assertEquals(Optional.of("The table of the rows to predict is empty."), result.warning());
    }

    private static BufferedDataTable newLevels() {
        return new TableBuilder().strings("Subject", "M01", "M02", "X").strings("Sex", "Male", "Both", "Neither")
            .doubles("age", 9, 10, 11).build();
    }

    @Test
    void newLevelsAreNamed() {
        final NodeResult result = ok(predictor(orthodont().model(), newLevels()));
        assertEquals(Optional.of("2 rows have levels that did not occur in the fit: \"Both\" and \"Neither\" of \"Sex\". "
            + "There is no coefficient for them and so no prediction."), result.warning());
        assertTrue(!result.view(0).isMissing(0, "Prediction (distance)"));
        assertTrue(result.view(0).isMissing(1, "Prediction (distance)"));
    }

    @Test
    void newLevelsStopTheNodeWhereThatIsChosen() {
        final NodeResult result = predictor(orthodont().model(), newLevels()).set("newLevels", "FAIL").run();
        assertEquals(Optional.of("The column \"Sex\" has the level \"Both\", which did not occur in the fit: the model has "
            + "no coefficient for it. Remove such rows, or let the node leave them without a prediction."), result.error());
    }
}
