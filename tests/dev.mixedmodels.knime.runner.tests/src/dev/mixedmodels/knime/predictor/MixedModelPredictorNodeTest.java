package dev.mixedmodels.knime.predictor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.model.Models.Fit;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.dialog.DialogSection;
import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeResult.Stage;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** Predictions of the node. */
class MixedModelPredictorNodeTest {
    static NodeRun predictor(final MixedModelPortObject model, final BufferedDataTable table) {
        return NodeRun.of(new MixedModelPredictorNodeFactory()).input(model).input(table);
    }

    static NodeResult ok(final NodeRun run) {
        final NodeResult result = run.run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return result;
    }

    /** Bit for bit, from the model as it was made and as it was written and read. */
    @Test
    void onItsOwnRowsTheModelSaysWhatTheFittedValuesSay() throws Exception {
        for (final Map.Entry<String, Fit> fit : Models.all().entrySet()) {
            final MixedModelPortObject model = fit.getValue().model();
            for (final MixedModelPortObject own : List.of(model, Models.storedAndLoaded(model))) {
                same(fit.getKey(), fit.getValue(), ok(predictor(own, fit.getValue().table())).table(0));
            }
        }
    }

    private static void same(final String name, final Fit fit, final BufferedDataTable predictions) {
        final int first = fit.table().getDataTableSpec().getNumColumns();
        try (CloseableRowIterator found = predictions.iterator();
            CloseableRowIterator expected = fit.fittedValues().iterator();
            CloseableRowIterator table = fit.table().iterator()) {
            while (expected.hasNext()) {
                final DataRow row = found.next();
                final DataRow fitted = expected.next();
                final DataRow original = table.next();
                assertEquals(original.getKey(), row.getKey());
                for (int c = 0; c < first; c++) {
                    assertEquals(original.getCell(c), row.getCell(c));
                }
                for (int c = 0; c < 2; c++) {
                    final DataCell cell = fitted.getCell(c);
                    assertEquals(cell.isMissing(), row.getCell(first + c).isMissing(), name + " " + row.getKey());
                    if (!cell.isMissing()) {
                        assertEquals(cell, row.getCell(first + c), name + " " + row.getKey() + " " + c);
                    }
                }
            }
            assertTrue(!found.hasNext());
        }
    }

    static Fit sleep() {
        return Models.fit(CsvTable.read("sleepstudy", "Subject"), NodeRun.of(new LongitudinalMixedModelNodeFactory())
            .set("varianceIntervals", "NONE").set("randomTests", false));
    }

    static Fit orthodont() {
        return Models.all().get("longitudinal with variances");
    }

    @Test
    void newUnitsAreAverageOnesAndCounted() {
        final NodeResult result = ok(predictor(sleep().model(),
            new TableBuilder().strings("Subject", "308", "new", "other").doubles("Days", 0, 0, 0).build()));
        assertEquals(Optional.of("2 rows are of units of \"Subject\" that the model does not know: predicted as an average "
            + "unit, with the variance between units in the standard error."), result.warning());
        final TableView table = result.view(0);
        assertEquals(table.number(1, "Prediction (Reaction) (marginal)"), table.number(1, "Prediction (Reaction)"));
        assertTrue(table.number(1, "Prediction (Reaction) Std. Error") > table.number(0, "Prediction (Reaction) Std. Error"));
    }

    @Test
    void rowsWithMissingValuesHaveMissingCellsAndAreCounted() {
        final NodeResult result = ok(predictor(sleep().model(), new TableBuilder().strings("Subject", "308", null, "309")
            .doubles("Days", Double.NaN, 1, 2).build()));
        assertEquals(Optional.of("2 of 3 rows not predicted: missing value in \"Days\" (1), \"Subject\" (1)."),
            result.warning());
        assertTrue(result.view(0).isMissing(0, "Prediction (Reaction)"));
        assertTrue(result.view(0).isMissing(1, "Prediction (Reaction) (marginal)"));
        assertTrue(!result.view(0).isMissing(2, "Prediction (Reaction)"));
    }

    @Test
    void subjectsWithoutAResponseHaveTheMeanOfAMarginalModel() {
        final NodeResult result = ok(predictor(Models.all().get("marginal").model(), new TableBuilder()
            .strings("subject", "H01", "H01", "H02").strings("arm", "pbo", "pbo", "pbo").strings("visit", "1", "2", "2")
            .doubles("baseline", 50, 50, 50).doubles("y", 7, Double.NaN, Double.NaN).build()));
        assertTrue(result.warning().orElseThrow().startsWith("1 row with a response"), result.warning()::toString);
        assertTrue(result.warning().orElseThrow().contains("1 row whose \"subject\" has no response in this table"),
            result.warning()::toString);
        final TableView table = result.view(0);
        assertTrue(table.number(1, "Prediction (y)") != table.number(2, "Prediction (y)"));
        assertEquals(table.number(2, "Prediction (y) (marginal)"), table.number(2, "Prediction (y)"));
    }

    @Test
    void newUnitsOfACentredColumnHaveNoMean() {
        final Fit fit = Models.fit(CsvTable.read("sleepstudy", "Subject"), NodeRun.of(new MultilevelModelNodeFactory())
            .set("response", "Reaction").set("levels", "[{\"column\": \"Subject\"}]").set("fixedEffects", List.of("Days"))
            .set("centering", "[{\"column\": \"Days\", \"mode\": \"WITHIN\", \"level\": \"Subject\"}]")
            .set("varianceIntervals", "NONE").set("randomTests", false));
        final NodeResult result = ok(predictor(fit.model(),
            new TableBuilder().strings("Subject", "308", "new", "309").doubles("Days", 1, 1, Double.NaN).build()));
        assertEquals(Optional.of("2 of 3 rows not predicted: missing value in \"Days\" (1); the model does not know the mean "
            + "of \"Days\" in their units of \"Subject\", by which it is centred (1)."), result.warning());
        assertTrue(result.view(0).isMissing(1, "Prediction (Reaction)"));
    }

    @Test
    void aWrongStandardErrorIsNamedByItsRow() {
        final Fit fit = Models.fit(CsvTable.read("eightschools", "school"), NodeRun.of(new EmpiricalBayesShrinkageNodeFactory())
            .set("unit", "school").set("estimate", "effect").set("standardError", "se"));
        final String error = predictor(fit.model(), new TableBuilder().strings("school", "A", "Z").doubles("effect", 1, 2)
            .doubles("se", 1, -2).build()).run().error().orElseThrow();
        assertTrue(error.startsWith("Row \"") && error.contains(": the standard error is -2"), error);
    }

    @Test
    void aColumnThatIsMissingOrOfAnotherTypeIsNamedAtOnce() {
        final MixedModelPortObject model = sleep().model();
        final NodeResult missing = predictor(model, new TableBuilder().doubles("Days", 1).build()).run();
        assertEquals(Optional.of(Stage.CONFIGURE), missing.stage());
        assertEquals(Optional.of("The table lacks the column \"Subject\", which the model needs. Connect a table with the "
            + "columns that the model was fitted to."), missing.error());
        final NodeResult type = predictor(model,
            new TableBuilder().strings("Subject", "308").strings("Days", "one").build()).run();
        assertEquals(Optional.of(Stage.CONFIGURE), type.stage());
        assertEquals(Optional.of("The column \"Days\" has texts, and the model was fitted to numbers there. Convert the "
            + "column, or connect another table."), type.error());
    }

    @Test
    void thePopulationNeedsNoGroupingColumn() {
        final TableView table = ok(predictor(sleep().model(), new TableBuilder().doubles("Days", 0).build())
            .set("randomEffects", "NONE")).view(0);
        assertEquals(251.40510, table.number(0, "Prediction (Reaction)"), 1e-4);
        assertEquals(6.82460, table.number(0, "Prediction (Reaction) Std. Error"), 1e-4);
        // Student's t with 17 degrees of freedom
        assertEquals(251.40510 - 2.109816 * 6.82460, table.number(0, "Prediction (Reaction) Lower Bound"), 1e-3);
    }

    @Test
    void upToNoLevelAndUpToAnUnknownOneAreRefused() {
        final NodeRun run = predictor(sleep().model(), sleep().table()).set("randomEffects", "UP_TO");
        assertTrue(run.run().error().orElseThrow().endsWith("Choose a grouping column under \"Known up to\"."));
        assertEquals(Optional.of("The model has no random effects of \"Days\", up to which units are to be taken as known, "
            + "but of \"Subject\"."), run.set("upTo", "Days").run().error());
    }

    @Test
    void namesAreChosenAndUnique() {
        final BufferedDataTable table =
            new TableBuilder().strings("Subject", "308").doubles("Days", 0).doubles("fit", 0).build();
        assertEquals(List.of("Subject", "Days", "fit", "fit (#1) (marginal)", "fit (#1)"),
            ok(predictor(sleep().model(), table).set("columnName", "fit").set("standardError", false)
                .set("confidenceBounds", false)).view(0).columns());
    }

    /** In parts of some thousand rows, each as if it were alone. */
    @Test
    void rowsArePredictedAlikeInAnyNumberAndOrder() {
        final int n = 40_000;
        final Fit fit = sleep();
        final String[] subjects = new String[n];
        final double[] days = new double[n];
        for (int i = 0; i < n; i++) {
            subjects[i] = Integer.toString(300 + (int) (i * 37L % 80));
            days[i] = i * 31 % 17;
        }
        final TableView all = ok(predictor(fit.model(),
            new TableBuilder().strings("Subject", subjects).doubles("Days", days).build())).view(0);
        for (int i = 0; i < n; i += 4_999) {
            final TableView one = ok(predictor(fit.model(),
                new TableBuilder().strings("Subject", subjects[i]).doubles("Days", days[i]).build())).view(0);
            for (final String column : List.of("Prediction (Reaction)", "Prediction (Reaction) Std. Error")) {
                assertEquals(one.number(0, column), all.number(i, column));
            }
        }
    }

    @Test
    void theDialogOffersTheColumnsOfTheModel() throws Exception {
        final InputContext input = new InputContext(sleep().model(), sleep().table());
        final DialogState dialog = new DialogState(new MixedModelPredictorParameters(), input);
        assertEquals(List.of("Days", "Subject"), dialog.choices("upTo"));
        for (final RandomEffectsMode mode : RandomEffectsMode.values()) {
            final MixedModelPredictorParameters parameters = new MixedModelPredictorParameters();
            parameters.randomEffects = mode;
            final List<DialogSection> sections = new DialogState(parameters, input).sections(false);
            assertEquals(mode == RandomEffectsMode.UP_TO,
                sections.stream().anyMatch(section -> section.elements().contains("upTo")));
            assertTrue(sections.stream().noneMatch(section -> section.elements().isEmpty()));
        }
    }

    /** Of a variance that the method of moments finds negative nothing is predicted; the message says so. */
    @Test
    void nothingIsPredictedOfUnitsWithANegativeVariance() {
        final Fit fit = Models.fit(CsvTable.read("dyestuff2", "Batch"),
            NodeRun.of(new RandomInterceptAnovaNodeFactory()).set("method", "ANOVA").set("varianceIntervals", "NONE"));
        final NodeResult result = ok(predictor(fit.model(), fit.table()));
        assertTrue(result.view(0).isMissing(0, "Prediction (Yield)"));
        assertTrue(!result.view(0).isMissing(0, "Prediction (Yield) (marginal)"));
        assertTrue(result.warning().orElseThrow().startsWith("30 rows predicted from the fixed effects only"));
    }
}
