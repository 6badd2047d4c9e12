package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits of lme4, lmerTest and mmrm, with the tolerances that the engine's own are held to. */
class ReferenceFitsTest extends LocalSession {
    /** Of a singular fit the reference's D is 0 exactly. */
    private static final double NOTHING = 1e-9;
    /** The data by file. */
    private static final Map<String, MadeData> READ = new HashMap<>();

    /** A sample; the engine's own tests have all of them. */
    static Stream<String> longitudinal() {
        return Stream.of("sleep_ri_reml", "sleep_rs_ml", "sleep_rs_reml", "sleep_rsu_ml", "orthodont_ri_ml",
            "orthodont_rs_reml", "orthodont_rsc_ml", "orthodont_rsc_reml", "bodyweight_rs_reml").map("long_"::concat);
    }

    static Stream<String> oneWay() {
        return Stream.of("dyestuff_reml", "dyestuff2_ml", "dyestuff2_reml", "pastes_batch_ml", "pastes_unbalanced_reml")
            .map("oneway_"::concat);
    }

    static Stream<String> marginal() {
        return Stream.of("us_ml", "us_reml", "csh_ml", "ar1h_reml", "toeph_ml", "toeph_reml")
            .map("marg_hetar1_"::concat);
    }

    private static JsonNode reference(final String id) {
        final Path file = TestSpark.ROOT.resolve("tests/reference/" + id + ".json");
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Dataset<Row> table(final JsonNode reference) {
        final MadeData read = READ.computeIfAbsent(reference.at("/data/file").asText(), file -> {
            final Dataset<Row> table = Program.csv(spark, TestSpark.ROOT.resolve("tests").resolve(file).toString());
            return new MadeData(table.schema(), table.collectAsList());
        });
        return read.table(spark, 1);
    }

    @ParameterizedTest
    @MethodSource("longitudinal")
    void longitudinalModelsAgree(final String id) {
        final JsonNode reference = reference(id);
        final ModelSettings settings = ModelSettings.of("longitudinal-mixed-model").set("modelSpecification", "FORMULA")
            .set("formula", reference.at("/model/r_formula").asText()).set("randomTests", false)
            .set("varianceIntervals", "WALD").set("method", reference.at("/method").asText());
        if (id.contains("bodyweight")) {
            settings.set("nominalColumns", "Diet");
        } else if (id.contains("orthodont")) {
            settings.set("referenceLevels", "[{\"column\": \"Sex\", \"level\": \"Male\"}]");
        }
        assertAgrees(reference, settings);
    }

    @ParameterizedTest
    @MethodSource("oneWay")
    void oneWayModelsAgree(final String id) {
        final JsonNode reference = reference(id);
        final String[] formula = reference.at("/model/r_formula").asText().split("[ ~+(|)]+");
        assertAgrees(reference, ModelSettings.of("random-intercept-anova").set("response", formula[0])
            .set("group", formula[3]).set("method", reference.at("/method").asText()).set("randomTests", false)
            .set("varianceIntervals", "WALD"));
    }

    @ParameterizedTest
    @MethodSource("marginal")
    void marginalModelsAgree(final String id) {
        final JsonNode reference = reference(id);
        final Map<String, String> structures = Map.of("us", "UNSTRUCTURED", "csh", "HETEROGENEOUS_COMPOUND_SYMMETRY",
            "ar1h", "HETEROGENEOUS_AR1", "toeph", "HETEROGENEOUS_TOEPLITZ");
        final ModelSettings settings = ModelSettings.of("marginal-repeated-measures")
            .set("modelSpecification", "FORMULA").set("formula", reference.at("/model/r_formula").asText())
            .set("nominalColumns", "visit")
            .set("referenceLevels", "[{\"column\": \"arm\", \"level\": \"pbo\"}]")
            .set("structure", structures.get(reference.at("/model/structure").asText()))
            .set("subject", "subject").set("visit", "visit").set("method", reference.at("/method").asText())
            .set("varianceIntervals", "WALD").set("randomTests", false);
        try (FittedTables fitted = MixedModels.fit(table(reference), settings)) {
            mean(reference, fitted);
            covariance(reference.at("/covariance_matrix/values"),
                fitted.table("Covariance matrices").filter("Matrix = 'V'").collectAsList());
            final List<Row> values = fitted.table("Fitted values").collectAsList();
            final JsonNode predicted = reference.at("/conditional_prediction_of_missing");
            for (int i = 0; i < predicted.path("fit").size(); i++) {
                final Row row = values.get(predicted.at("/row_1_based").get(i).asInt() - 1);
                assertNear(predicted.get("fit").get(i).asDouble(), value(row, "Fitted (conditional)"), 1e-5, 1,
                    "prediction");
            }
        }
    }

    private static void covariance(final JsonNode expected, final List<Row> actual) {
        final int n = expected.size();
        assertEquals(n * n, actual.size());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                final double scale = Math.sqrt(expected.get(i).get(i).asDouble() * expected.get(j).get(j).asDouble());
                assertNear(expected.get(i).get(j).asDouble(), value(actual.get(i * n + j), "Covariance"), 1e-6, scale,
                    "V");
            }
        }
    }

    private static void mean(final JsonNode reference, final FittedTables fitted) {
        final double deviance = reference.at("/fit/minus2logLik").asDouble();
        final Row statistic = fitted.table("Model fit").filter("Statistic = '-2 Log Likelihood'").first();
        assertNear(deviance, value(statistic, "Value"), 1e-9, 1, "-2 log likelihood");
        fixedEffects(reference.at("/fixed_effects"), fitted.table("Fixed effects").collectAsList());
    }

    private static void assertAgrees(final JsonNode reference, final ModelSettings settings) {
        try (FittedTables fitted = MixedModels.fit(table(reference), settings.set("fittedValues", "NONE"))) {
            mean(reference, fitted);
            variances(reference.at("/variance_components"),
                fitted.table("Covariance parameters").filter("Parameter not like 'Corr%'").collectAsList());
            blups(reference.at("/random_effects").iterator().next(), fitted.table("BLUPs").collectAsList(),
                reference.at("/variance_components"));
        }
    }

    private static double value(final Row row, final String column) {
        return row.<Double>getAs(column);
    }

    private static void assertNear(final double expected, final double actual, final double relative,
        final double scale, final String what) {
        assertEquals(expected, actual, relative * Math.max(Math.abs(expected), scale), what);
    }

    private static void fixedEffects(final JsonNode expected, final List<Row> actual) {
        assertEquals(expected.size(), actual.size());
        for (int k = 0; k < actual.size(); k++) {
            final JsonNode e = expected.get(k);
            final String name = e.get("name").asText();
            assertEquals(name, actual.get(k).getAs("Term"));
            assertNear(e.get("estimate").asDouble(), value(actual.get(k), "Estimate"), 1e-6, e.get("se").asDouble(), name);
            assertNear(e.get("se").asDouble(), value(actual.get(k), "Std. Error"), 1e-5, 0, name);
            assertNear(e.at("/satterthwaite/df").asDouble(), value(actual.get(k), "df"), 1e-3, 0, name);
        }
    }

    private static void variances(final JsonNode expected, final List<Row> actual) {
        assertTrue(actual.size() >= expected.size());
        for (int k = 0; k < expected.size(); k++) {
            final JsonNode e = expected.get(k);
            final Row row = actual.get(k);
            final double error = row.isNullAt(row.fieldIndex("Std. Error")) ? NOTHING : value(row, "Std. Error");
            assertNear(e.has("covariance") ? e.get("covariance").asDouble() : e.get("variance").asDouble(),
                value(row, "Estimate"), 1e-6, error, row.getAs("Parameter"));
        }
    }

    private static void blups(final JsonNode expected, final List<Row> actual, final JsonNode variances) {
        final int effects = expected.get("terms").size();
        assertEquals(expected.get("levels").size() * effects, actual.size());
        for (int level = 0; level < expected.get("levels").size(); level++) {
            for (int j = 0; j < effects; j++) {
                final Row row = actual.get(level * effects + j);
                assertEquals(expected.get("levels").get(level).asText(), row.getAs("Level"));
                final String effect = expected.get("terms").get(j).asText();
                assertEquals(effect, row.getAs("Effect"));
                final JsonNode blup = expected.get("blup").get(level);
                assertNear(blup.isArray() ? blup.get(j).asDouble() : blup.asDouble(), value(row, "BLUP"), 1e-5,
                    deviation(variances, effect), row.getAs("Level"));
            }
        }
    }

    private static double deviation(final JsonNode variances, final String effect) {
        for (final JsonNode variance : variances) {
            if (variance.path("term").asText().equals(effect) && variance.has("sd")) {
                return variance.get("sd").asDouble();
            }
        }
        throw new AssertionError(effect);
    }
}
