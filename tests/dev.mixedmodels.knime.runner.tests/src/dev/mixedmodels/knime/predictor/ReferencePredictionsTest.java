package dev.mixedmodels.knime.predictor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** Predictions of other rows against lme4, nlme and metafor, their standard errors against Henderson's equations in R. */
class ReferencePredictionsTest {
    private static final Path FILE =
        Path.of(System.getProperty("mixedmodels.tests")).resolve("reference/predictions.txt");

    /** A line of the file, split. */
    private record Row(String level, String[] cells, double value, double error) {
    }

    /** A fit of the file with its new rows; written as its name. */
    record Reference(String name, String table, String[] columns, List<Row> rows, Map<String, double[]> figures) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Reference> fits() throws IOException {
        final List<Reference> fits = new ArrayList<>();
        for (final String line : Files.readAllLines(FILE)) {
            final String[] parts = line.split(" \\| ");
            if (parts[0].equals("fit")) {
                fits.add(new Reference(parts[1], parts[2], parts[3].split(","), new ArrayList<>(), new LinkedHashMap<>()));
            } else if (parts[0].equals("row")) {
                fits.get(fits.size() - 1).rows
                    .add(new Row(parts[1], parts[2].split(","), number(parts[3]), number(parts[4])));
            } else if (!line.startsWith("#")) {
                fits.get(fits.size() - 1).figures.put(parts[0],
                    Arrays.stream(parts[1].split(" ")).mapToDouble(ReferencePredictionsTest::number).toArray());
            }
        }
        return fits;
    }

    private static double number(final String text) {
        return text.equals("NA") ? Double.NaN : Double.parseDouble(text);
    }

    private static Models.Fit fit(final String name) {
        return switch (name) {
            case "sleep" -> Models.fit(CsvTable.read("sleepstudy", "Subject"), quick(NodeRun.of(
                new LongitudinalMixedModelNodeFactory())));
            case "pastes" -> Models.fit(CsvTable.read("pastes", "batch", "cask", "sample"), quick(NodeRun.of(
                new MultilevelModelNodeFactory())).set("modelSpecification", "FORMULA")
                    .set("formula", "strength ~ 1 + (1 | batch/cask)"));
            case "penicillin" -> Models.all().get("crossed");
            case "orthodont by sex" -> Models.fit(CsvTable.read("orthodont", "Subject", "Sex"), quick(NodeRun.of(
                new LongitudinalMixedModelNodeFactory())).set("modelSpecification", "FORMULA")
                    .set("formula", "distance ~ age * Sex + (1 + age | Subject)").set("subject", "Subject").set("time", "age")
                    .set("residualVarianceBy", "Sex"));
            case "bcg" -> Models.fit(CsvTable.read("bcg_effects", "trial", "author"), NodeRun.of(
                new EmpiricalBayesShrinkageNodeFactory()).set("unit", "trial").set("estimate", "yi")
                    .set("standardError", "sei").set("covariates", "ablat").set("posteriorVariance", "KASS_STEFFEY"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static NodeRun quick(final NodeRun run) {
        return run.set("varianceIntervals", "NONE").set("randomTests", false);
    }

    private static BufferedDataTable table(final Reference reference, final List<Row> rows) {
        final TableBuilder table = new TableBuilder();
        for (int c = 0; c < reference.columns.length; c++) {
            final int at = c;
            final String[] cells = rows.stream().map(row -> row.cells[at]).toArray(String[]::new);
            if (List.of("Days", "age", "ablat").contains(reference.columns[c])) {
                table.doubles(reference.columns[c], Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray());
            } else {
                table.strings(reference.columns[c], cells);
            }
        }
        return table.build();
    }

    static NodeResult predict(final MixedModelPortObject model, final BufferedDataTable table, final String level) {
        final NodeRun run = NodeRun.of(new MixedModelPredictorNodeFactory()).input(model).input(table)
            .set("predictionBounds", true).set("columnName", "p");
        if (level.equals("ALL") || level.equals("NONE")) {
            run.set("randomEffects", level);
        } else {
            run.set("randomEffects", "UP_TO").set("upTo", level);
        }
        final NodeResult result = run.run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return result;
    }

    /**
     * Values to 1e-6 of the standard error or of themselves, standard errors to 1e-5, as for all fits that both sides have
     * iterated.
     */
    @ParameterizedTest
    @MethodSource("fits")
    void predictionsAgree(final Reference reference) throws Exception {
        final MixedModelPortObject model = Models.storedAndLoaded(fit(reference.name).model());
        for (final String level : reference.rows.stream().map(Row::level).distinct().toList()) {
            final List<Row> rows = reference.rows.stream().filter(row -> row.level.equals(level)).toList();
            final TableView found = predict(model, table(reference, rows), level).view(0);
            for (int i = 0; i < rows.size(); i++) {
                final String where = level + " " + Arrays.toString(rows.get(i).cells);
                if (Double.isNaN(rows.get(i).value)) {
                    continue;
                }
                assertEquals(rows.get(i).value, found.number(i, "p"), 1e-6 * Math.abs(rows.get(i).value), where);
                if (!Double.isNaN(rows.get(i).error)) {
                    assertEquals(rows.get(i).error, found.number(i, "p Std. Error"), 1e-5 * rows.get(i).error, where);
                }
            }
        }
    }

    @Test
    void boundsOfAPriorMeanAndPosteriorMeansAreThoseOfMetafor() throws Exception {
        final Reference reference = fits().stream().filter(fit -> fit.name.equals("bcg")).findFirst().orElseThrow();
        final Models.Fit fit = fit("bcg");
        final TableView mean = predict(fit.model(), table(reference, reference.rows), "NONE").view(0);
        final List<String> columns =
            List.of("p Lower Bound", "p Upper Bound", "p Lower Prediction Bound", "p Upper Prediction Bound");
        for (int c = 0; c < columns.size(); c++) {
            for (int i = 0; i < reference.rows.size(); i++) {
                assertEquals(reference.figures.get("bounds")[c * reference.rows.size() + i], mean.number(i, columns.get(c)),
                    1e-6, columns.get(c));
            }
        }
        final TableView units = predict(fit.model(), fit.table(), "ALL").view(0);
        for (int i = 0; i < units.rows(); i++) {
            assertEquals(reference.figures.get("posterior")[i], units.number(i, "p"), 1e-6);
        }
    }
}
