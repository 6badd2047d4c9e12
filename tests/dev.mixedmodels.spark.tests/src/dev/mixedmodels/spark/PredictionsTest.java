package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models go to files that KNIME reads and come from files that it writes, and predict as its node does. */
class PredictionsTest extends LocalSession {
    private static final String NODE = "longitudinal-mixed-model";
    private static final List<String> COURSES = List.of("response=y", "subject=id", "time=t", "fixedEffects=arm");
    private static final MadeData DATA = MadeData.courses();

    @TempDir
    private Path folder;

    private Path fitted(final String node, final List<String> set, final Dataset<Row> table) {
        final Path file = folder.resolve(node + ".zip");
        try (FittedTables tables = MixedModels.fit(table, settings(node, set))) {
            tables.model().save(spark, file.toString());
        }
        return file;
    }

    @Test
    void bothReadTheModelOfTheOtherAndPredictTheSame() {
        assertBothReadIt(NODE, DATA, COURSES, "rows not predicted");
    }

    @Test
    void alsoOfLevelsWithACovariateThatIsSplitBetweenThem() {
        assertBothReadIt("multilevel-model", MadeData.levels(), MultilevelNodeTest.SPLIT, "rows not predicted");
    }

    @Test
    void alsoOfATrialWhosePatientsMissVisits() {
        assertBothReadIt("marginal-repeated-measures", MadeData.trial(), MarginalRepeatedMeasuresTest.TRIAL,
            "rows with a response");
    }

    @Test
    void alsoOfUnitsWithAPriorMeanByCovariates() {
        assertBothReadIt("empirical-bayes-shrinkage", MadeData.units(), EmpiricalBayesShrinkageTest.ESTIMATES,
            "rows not predicted");
    }

    private void assertBothReadIt(final String learner, final MadeData data, final List<String> changes,
        final String words) {
        final Path csv = data.csv(learner);
        final NodeTables node = NodeTables.of(learner, csv, changes);
        final Path own = fitted(learner, changes, data.table(spark, 3));
        final List<String> set = List.of("predictionBounds=true", "columnName=w");
        final NodeTables byNode = NodeTables.predicted(own, csv, set);
        for (final Path model : List.of(own, node.model())) {
            final Predictions predictions = MixedModels.predict(data.table(spark, 5),
                FittedModel.load(spark, model.toString()), settings(MixedModels.PREDICTOR, set));
            byNode.assertSamePredictions(predictions.table());
            assertTrue(predictions.warnings().get(0).contains(words), predictions.warnings().get(0));
            predictions.warnings().forEach(said -> assertTrue(byNode.messages().contains(said), said));
        }
        final FittedModel one = FittedModel.load(spark, own.toString());
        final FittedModel other = FittedModel.load(spark, node.model().toString());
        assertEquals(other.columns(), one.columns());
        assertEquals(other.model().rows().rows(), one.model().rows().rows());
        assertArrayEquals(other.model().rows().responses(), one.model().rows().responses());
        assertArrayEquals(other.model().rows().ids(), one.model().rows().ids());
    }

    @Test
    void newUnitsAndLevelsOfAnAnova() {
        final MadeData data = MadeData.oneWay();
        final List<String> set = List.of("response=y", "group=k", "weights=w");
        final Path csv = data.csv("one-way");
        final NodeTables node = NodeTables.of("random-intercept-anova", csv, set);
        final Path own = fitted("random-intercept-anova", set, data.table(spark, 2));
        assertEquals(FittedModel.load(spark, node.model().toString()).columns(),
            FittedModel.load(spark, own.toString()).columns());
        final MadeData courses = MadeData.courses(); // whose ids and centres are no groups of these
        final Dataset<Row> others = courses.table(spark, 4).withColumnRenamed("centre", "k");
        final Predictions predictions = MixedModels.predict(others, FittedModel.load(spark, own.toString()));
        final Row first = predictions.table().filter("k = 2").first();
        assertEquals(first.<Double>getAs("Prediction (y) (marginal)"), first.<Double>getAs("Prediction (y)"));
        predictions.table().collectAsList();
        assertEquals(List.of("1200 rows are of units of \"k\" that the model does not know: predicted as an average unit, "
            + "with the variance between units in the standard error."), predictions.warnings());
    }

    /** Rows of a subject are brought together, and go back to their places. */
    @Test
    void aMarginalModelPredictsFromTheRowsOfASubject() throws IOException {
        final Path model = TestSpark.ROOT.resolve("tests/models/1.0/marginal-repeated-measures.zip");
        final List<String> lines = Files.readAllLines(TestSpark.ROOT.resolve("tests/data/hetar1.csv"));
        final int response = List.of(lines.get(0).split(",")).indexOf("y");
        for (int row = 1; row < lines.size(); row += 3) {
            final String[] cells = lines.get(row).split(",", -1);
            cells[response] = "NA";
            lines.set(row, String.join(",", cells));
        }
        final Path csv = Files.write(folder.resolve("some.csv"), lines);
        final NodeTables node = NodeTables.predicted(model, csv, List.of());
        node.assertSamePredictions(MixedModels.predict(
            Program.csv(spark, csv.toString()).repartitionByRange(3, functions.monotonically_increasing_id()),
            FittedModel.load(spark, model.toString())).table());
    }

    private void assertRefused(final Path model, final Dataset<Row> table, final List<String> set, final String words) {
        final String message = assertThrows(Exception.class, () -> MixedModels
            .predict(table, FittedModel.load(spark, model.toString()), settings(MixedModels.PREDICTOR, set)).table()
            .collectAsList()).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void whatCannotBeIsRefusedInWords() throws IOException {
        final Path own = fitted(NODE, COURSES, DATA.table(spark, 2));
        final Dataset<Row> table = DATA.table(spark, 2);
        assertRefused(own, table.drop("t"), List.of(), "lacks the column \"t\"");
        assertRefused(own, table.drop("t").withColumn("t", table.col("arm")), List.of(), "\"t\"");
        assertRefused(own, table, List.of("randomEffects=UP_TO"), "none is chosen");
        assertRefused(own, table, List.of("randomEffects=SOME"), "ALL, UP_TO, NONE");
        assertRefused(own, table.drop("arm").withColumn("arm", table.col("id")), List.of("newLevels=FAIL"),
            "The column \"arm\" has the level \"S");
        assertRefused(folder.resolve("nothing"), table, List.of(), "cannot be read");
        final byte[] whole = Files.readAllBytes(own);
        for (int at = 10; at < whole.length - 400; at += 499) {
            final Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, at));
            final ModelException refusal =
                assertThrows(ModelException.class, () -> FittedModel.load(spark, cut.toString()));
            assertTrue(refusal.getMessage().contains("cannot be read"), refusal.getMessage());
        }
        assertThrows(ModelException.class, () -> FittedModel.load(spark, own.toString()).save(spark, own.toString()));
    }
}
