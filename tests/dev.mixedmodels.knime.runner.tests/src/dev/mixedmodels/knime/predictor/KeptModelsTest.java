package dev.mixedmodels.knime.predictor;

import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.ok;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.predictor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortUtil;

import dev.mixedmodels.headless.Main;
import dev.mixedmodels.headless.NodeCatalogue;
import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;

/** Files of models: those that an earlier version wrote, tests/models, still load and predict; damaged ones are told of. */
class KeptModelsTest {
    private static final Path TESTS = Path.of(System.getProperty("mixedmodels.tests")).toAbsolutePath().normalize();
    private static final Path MODELS = TESTS.resolve("models/1.0");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static MixedModelPortObject read(final Path file) throws Exception {
        return (MixedModelPortObject) PortUtil.readObjectFromFile(file.toFile(),
            new ExecutionMonitor(new ProgressState((progress, message) -> { })));
    }

    private static BufferedDataTable data(final String node) {
        return switch (node) {
            case "random-intercept-anova" -> CsvTable.read("dyestuff", "Batch");
            case "longitudinal-mixed-model" -> CsvTable.read("sleepstudy", "Subject");
            case "marginal-repeated-measures" -> CsvTable.read("hetar1", "subject", "arm", "visit");
            case "marginal-continuous-ar1" -> CsvTable.read("bodyweight", "Rat", "Diet");
            case "multilevel-model" -> CsvTable.read("pastes", "batch", "cask", "sample");
            default -> CsvTable.read("bcg_effects", "trial", "author");
        };
    }

    /** Rows to predict; those with a response need no prediction by a marginal model. */
    private static BufferedDataTable asked(final String node) throws IOException {
        if (!node.equals("marginal-continuous-ar1")) {
            return data(node);
        }
        final String[] lines = Files.readAllLines(TESTS.resolve("data/bodyweight.csv")).toArray(String[]::new);
        for (int line = 3; line < lines.length; line += 4) {
            lines[line] = lines[line].substring(lines[line].indexOf(','));
        }
        return CsvTable.typedLines(lines);
    }

    /** Fitted anew as tests/models/SOURCES.md says. */
    private static Models.Fit anew(final String node) {
        return Models.fit(data(node), switch (node) {
            case "random-intercept-anova" -> NodeRun.of(new RandomInterceptAnovaNodeFactory());
            case "longitudinal-mixed-model" -> NodeRun.of(new LongitudinalMixedModelNodeFactory());
            case "marginal-repeated-measures" -> NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).set("response", "y")
                .set("subject", "subject").set("visit", "visit").set("fixedEffects", "baseline,arm,visit")
                .set("structure", "HETEROGENEOUS_AR1");
            case "marginal-continuous-ar1" -> NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).set("response", "weight")
                .set("subject", "Rat").set("time", "Time").set("timeDegree", "1").set("fixedEffects", "Diet")
                .set("structure", "CONTINUOUS_AR1");
            case "multilevel-model" -> NodeRun.of(new MultilevelModelNodeFactory()).set("modelSpecification", "FORMULA")
                .set("formula", "strength ~ 1 + (1 | batch/cask)");
            default -> NodeRun.of(new EmpiricalBayesShrinkageNodeFactory()).set("unit", "trial").set("estimate", "yi")
                .set("standardError", "sei").set("covariates", "ablat");
        });
    }

    /** To 1e-6: a later version may end its search elsewhere by so much. */
    @ParameterizedTest
    @ValueSource(strings = {"random-intercept-anova", "longitudinal-mixed-model", "marginal-repeated-measures",
        "marginal-continuous-ar1", "multilevel-model", "empirical-bayes-shrinkage"})
    void aModelOfVersionOneStillPredicts(final String node) throws Exception {
        final TableView kept = ok(predictor(read(MODELS.resolve(node + ".zip")), asked(node)).set("columnName", "p")).view(0);
        final TableView now = ok(predictor(anew(node).model(), asked(node)).set("columnName", "p")).view(0);
        assertTrue(IntStream.range(0, now.rows()).anyMatch(row -> !now.isMissing(row, "p")));
        for (int row = 0; row < now.rows(); row++) {
            for (final String column : List.of("p (marginal)", "p", "p Std. Error")) {
                assertEquals(now.isMissing(row, column), kept.isMissing(row, column), column);
                if (!now.isMissing(row, column)) {
                    final double expected = now.number(row, column);
                    assertEquals(expected, kept.number(row, column), 1e-6 * Math.max(1, Math.abs(expected)), column);
                }
            }
        }
    }

    private int predict(final Path model) {
        final NodeCatalogue catalogue = new NodeCatalogue();
        catalogue.add("mixed-model-predictor", () -> MixedModelPredictorNodeFactory.class);
        err.reset();
        return new Main(catalogue, folder, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)).run("mixed-model-predictor", "--model", model.toString(),
                "--input", TESTS.resolve("data/sleepstudy_new.csv").toString(), "--nominal", "Subject", "--output", "out");
    }

    private void refused(final byte[] bytes) throws IOException {
        final Path file = Files.write(folder.resolve("model.zip"), bytes);
        assertEquals(Main.WRONG_USAGE, predict(file));
        final String said = err.toString(StandardCharsets.UTF_8).strip();
        assertTrue(said.startsWith("Model ") && said.endsWith(".") && !said.contains("Exception") && !said.contains("null"),
            said);
    }

    @Test
    void aWholeModelIsTaken() {
        assertEquals(Main.OK, predict(MODELS.resolve("longitudinal-mixed-model.zip")), err::toString);
        assertTrue(err.toString().contains("3 rows are of units of \"Subject\" that the model does not know"), err::toString);
    }

    @Test
    void aModelThatWasCutIsRefusedInWords() throws IOException {
        final byte[] whole = Files.readAllBytes(MODELS.resolve("longitudinal-mixed-model.zip"));
        for (int length = 0; length < whole.length - 300; length += whole.length / 29) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void aForeignFileIsRefusedInWords() throws IOException {
        refused("Subject,Days\n308,1\n".getBytes(StandardCharsets.UTF_8));
        refused(new byte[5000]);
        final ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("something.txt"));
            out.write(65);
        }
        refused(zip.toByteArray());
    }

    /** Either the change shows, or it is in a place that says nothing (the time of an entry). */
    @Test
    void aModelThatWasChangedIsRefusedInWordsOrPredictsTheSame() throws IOException {
        final byte[] whole = Files.readAllBytes(MODELS.resolve("longitudinal-mixed-model.zip"));
        int refused = 0;
        for (int at = 0; at < whole.length; at += 101) {
            final byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            final int code = predict(Files.write(folder.resolve("model.zip"), changed));
            final String said = err.toString(StandardCharsets.UTF_8).strip();
            assertTrue(code == Main.OK || code == Main.WRONG_USAGE && said.startsWith("Model ") && !said.contains("Exception"),
                at + ": " + said);
            refused += code == Main.OK ? 0 : 1;
        }
        assertTrue(refused > whole.length / 101 * 0.8, "only " + refused);
    }
}
