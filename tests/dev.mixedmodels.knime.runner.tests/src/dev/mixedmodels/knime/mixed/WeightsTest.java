package dev.mixedmodels.knime.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;

/** The setting of weights in every node that has it. */
class WeightsTest {
    private static final int FIT = 4;
    private static final int FITTED = 5;

    static Stream<DefaultNodeFactory> nodes() {
        return Stream.of(new RandomInterceptAnovaNodeFactory(), new LongitudinalMixedModelNodeFactory(),
            new MarginalRepeatedMeasuresNodeFactory(), new MultilevelModelNodeFactory());
    }

    /** Eight subjects at four times; the weight of row 5 is as given. */
    private static BufferedDataTable table(final Double weight) {
        final String[] subject = new String[32];
        final Double[] time = new Double[32];
        final Double[] y = new Double[32];
        final Double[] w = new Double[32];
        for (int i = 0; i < 32; i++) {
            subject[i] = "s" + i / 4;
            time[i] = i % 4 + 0.0;
            y[i] = 10 + i / 4 % 5 + 0.3 * (i % 4) + 7 * i % 5 / 3.0;
            w[i] = i == 5 ? weight : Double.valueOf(1 + 3 * i % 4);
        }
        return new TableBuilder().strings("subject", subject).boxedDoubles("time", time).boxedDoubles("w", w)
            .boxedDoubles("y", y).build();
    }

    private static NodeResult run(final DefaultNodeFactory factory, final Double weight, final String... more) {
        final NodeRun run = NodeRun.of(factory).input(table(weight)).set("weights", "w").set("varianceIntervals", "NONE");
        for (int i = 0; i < more.length; i += 2) {
            run.set(more[i], more[i + 1]);
        }
        return run.run();
    }

    private static String note(final NodeResult result) {
        return result.view(FIT).text(result.view(FIT).row("Statistic", "Weights"), "Note");
    }

    private static String error(final NodeResult result) {
        assertTrue(!result.isOk());
        return result.error().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void weightsStandInModelFitAndRowsOfWeightZeroAreCounted(final DefaultNodeFactory factory) {
        final NodeResult result = run(factory, 0.0);
        assertTrue(result.warning().orElse("").contains("1 of 32 rows left out: weight 0 in \"w\" (1)."), result.warning().orElse(""));
        assertTrue(result.warning().orElse("").contains("Response = \"y\""), result.warning().orElse(""));
        assertTrue(note(result).startsWith("w = \"w\", 1 to 4:"), note(result));
        assertTrue(result.view(FITTED).isMissing(5, "Fitted (marginal)"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void missingWeightsAreMissingValues(final DefaultNodeFactory factory) {
        assertTrue(run(factory, null).warning().orElse("").contains("1 of 32 rows left out: missing value in \"w\" (1)."));
        assertTrue(error(run(factory, null, "missingValues", "FAIL")).contains("\"w\""));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aNegativeWeightIsAnErrorThatNamesColumnAndRow(final DefaultNodeFactory factory) {
        final String message = error(run(factory, -2.0));
        assertTrue(message.contains("The weight in column \"w\" is -2 in row \"Row5\""), message);
    }

    @Test
    void aColumnThatTellsUnitsApartIsNoWeight() {
        final BufferedDataTable sleep = new TableBuilder().ints("Subject", 1, 1, 2, 2, 3, 3).ints("Days", 1, 2, 1, 2, 1, 2)
            .doubles("Reaction", 1.5, 2.5, 4, 3, 7, 8.25).build();
        for (final NodeRun run : List.of(NodeRun.of(new RandomInterceptAnovaNodeFactory()).set("group", "Subject"),
            NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("subject", "Subject"),
            NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).set("subject", "Subject").set("visit", "Days"),
            NodeRun.of(new MultilevelModelNodeFactory()).set("levels", "[{\"column\": \"Subject\"}]"),
            NodeRun.of(new MultilevelModelNodeFactory()).set("modelSpecification", "FORMULA")
                .set("formula", "Reaction ~ 1 + (1 | Subject)"))) {
            final NodeResult result = run.set("response", "Reaction").set("weights", "Subject").input(sleep).run();
            assertEquals(Optional.of(NodeResult.Stage.CONFIGURE), result.stage());
            assertEquals("The column \"Subject\" under \"Weights\" tells units apart. Choose another column of weights, or none.",
                error(result));
        }
    }

    @Test
    void correlationsOfRatingsAreMissingWithTheReason() {
        final NodeResult result = NodeRun.of(new MultilevelModelNodeFactory()).set("modelSpecification", "FORMULA")
            .set("formula", "diameter ~ 1 + (1 | plate) + (1 | sample)").set("weights", "w").set("varianceIntervals", "NONE")
            .set("randomTests", false).input(weighed(CsvTable.read("penicillin", "plate", "sample"))).run();
        final TableView fit = result.view(FIT);
        final int row = fit.row("Statistic", "ICC(A,1) plate");
        assertTrue(fit.isMissing(row, "Value"));
        assertEquals("Of ratings: from mean squares, which know no weights of rows.", fit.text(row, "Note"));
    }

    /** With weights of 1 and 2 in turn. */
    private static BufferedDataTable weighed(final BufferedDataTable table) {
        final TableView rows = new TableView(table);
        final int n = rows.rows();
        final Double[] w = new Double[n];
        Arrays.setAll(w, i -> 1.0 + i % 2);
        return new TableBuilder().strings("plate", rows.texts("plate").toArray(String[]::new))
            .strings("sample", rows.texts("sample").toArray(String[]::new))
            .boxedDoubles("diameter", Arrays.stream(rows.numbers("diameter")).boxed().toArray(Double[]::new))
            .boxedDoubles("w", w).build();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theResponseIsNoWeight(final DefaultNodeFactory factory) {
        final String message = error(run(factory, 1.0, "response", "w"));
        assertTrue(message.contains("\"Weights\""), message);
    }
}
