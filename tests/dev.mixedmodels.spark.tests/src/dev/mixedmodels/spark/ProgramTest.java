package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private static final String NODE = "random-intercept-anova";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    /** Runs a command in this process. */
    private int run(final String... arguments) {
        final PrintStream stream = new PrintStream(messages, true, StandardCharsets.UTF_8);
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--master", "local[2]"));
        return Program.run(all.toArray(String[]::new), stream, stream);
    }

    private void assertRefused(final int code, final String words, final String... arguments) {
        messages.reset();
        assertEquals(code, run(arguments), messages::toString);
        assertTrue(messages.toString(StandardCharsets.UTF_8).contains(words), messages::toString);
        assertFalse(messages.toString(StandardCharsets.UTF_8).contains("\tat "), messages::toString);
    }

    private String[] dyestuff(final Path input, final String... more) {
        return Stream.concat(Stream.of(NODE, "--input", input.toString(), "--set", "response=Yield", "--set",
            "group=Batch", "--output", folder.resolve("out").toString()), Stream.of(more)).toArray(String[]::new);
    }

    private static Path data() {
        return TestSpark.ROOT.resolve("tests/data/dyestuff.csv");
    }

    @Test
    void csvGivesTheTablesOfTheNodeAsCsv() throws IOException {
        final Path settings = Files.writeString(folder.resolve("settings.json"), "{\"method\": \"ML\", \"seed\": 2}");
        final NodeTables node =
            NodeTables.of(NODE, data(), List.of("response=Yield", "group=Batch", "method=ML", "seed=2"));
        assertEquals(0, run(dyestuff(data(), "--settings", settings.toString(), "--output-format", "csv")),
            messages::toString);
        node.assertSame(folder.resolve("out"));
        assertRefused(Program.WRONG_USAGE, "exists already", dyestuff(data()));
        final String[] predictor = {MixedModels.PREDICTOR, "--model", folder.resolve("out/8-model.zip").toString(), "--input",
            data().toString(), "--output", folder.resolve("predicted").toString(), "--set", "confidenceLevel=90"};
        assertEquals(0, run(predictor), messages::toString);
        assertRefused(Program.WRONG_USAGE, "exists already", predictor);
        try (SparkSession spark = TestSpark.local()) {
            NodeTables.predicted(folder.resolve("out/8-model.zip"), data(), List.of("confidenceLevel=90"))
                .assertSamePredictions(spark.read().parquet(folder.resolve("predicted").toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json"})
    void otherFormatsAreReadAndParquetIsWritten(final String format) throws IOException {
        final Path input = folder.resolve("in");
        try (SparkSession spark = TestSpark.local()) {
            Program.csv(spark, data().toString()).write().format(format).save(input.toString());
        }
        assertEquals(0, run(dyestuff(input, "--format", format)), messages::toString);
        try (SparkSession spark = TestSpark.local()) {
            final Dataset<Row> effects = spark.read().parquet(folder.resolve("out/1-fixed-effects").toString());
            assertEquals(1527.5, effects.collectAsList().get(0).<Double>getAs("Estimate"), 1e-9);
            assertEquals(30, spark.read().parquet(folder.resolve("out/6-fitted-values").toString()).count());
        }
    }

    /** A table of the catalogue, which another part of the program has made. */
    @Test
    void tablesOfTheCatalogueAreRead() {
        final SparkSession spark = TestSpark.local();
        Program.csv(spark, data().toString()).write().option("path", folder.resolve("dyes").toString())
            .saveAsTable("dyes");
        assertEquals(0, run(dyestuff(Path.of("dyes"), "--format", "table")), messages::toString);
        try (SparkSession after = TestSpark.local()) {
            assertEquals(6, after.read().parquet(folder.resolve("out/3-blups").toString()).count());
        }
        assertRefused(Program.WRONG_USAGE, "exists already", dyestuff(Path.of("dyes"), "--format", "table"));
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsWritten() throws IOException {
        assertRefused(Program.WRONG_USAGE, "There is no node", "anova", "--input", "a", "--output", "b");
        assertRefused(Program.WRONG_USAGE, "There is no option --inptu", NODE, "--inptu", "a");
        assertRefused(Program.WRONG_USAGE, "Option --output is missing", NODE, "--input", "a");
        assertRefused(Program.WRONG_USAGE, "Option --model is missing", MixedModels.PREDICTOR, "--input", "a");
        assertRefused(Program.WRONG_USAGE, "Option --model is for mixed-model-predictor only", dyestuff(data(), "--model", "a"));
        assertRefused(Program.WRONG_USAGE, "must be one of parquet, csv", dyestuff(data(), "--output-format", "xlsx"));
        assertRefused(Program.WRONG_USAGE, "There is no setting \"metod\"", dyestuff(data(), "--set", "metod=ML"));
        assertRefused(Program.WRONG_USAGE, "cannot be read", dyestuff(folder.resolve("nothing.csv")));
        assertRefused(Program.WRONG_USAGE, "cannot be read", dyestuff(Path.of("nothing"), "--format", "table"));
        assertRefused(Program.WRONG_USAGE, "no column \"Nobody\"", dyestuff(data(), "--set", "group=Nobody"));
        final Path flat = Files.writeString(folder.resolve("flat.csv"), "Yield,Batch\n1,a\n1,a\n1,b\n1,b\n");
        assertRefused(Program.FAILED, "are equal", dyestuff(flat));
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
