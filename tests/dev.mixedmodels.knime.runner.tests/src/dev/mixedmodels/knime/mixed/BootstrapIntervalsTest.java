package dev.mixedmodels.knime.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;

/** The settings of the bootstrap in the nodes that have it. */
class BootstrapIntervalsTest {
    private static final int COVARIANCE = 1;
    private static final int FIT = 4;
    private static final BufferedDataTable SLEEP = CsvTable.read("sleepstudy", "Subject");

    static Stream<DefaultNodeFactory> nodes() {
        return Stream.of(new RandomInterceptAnovaNodeFactory(), new LongitudinalMixedModelNodeFactory(),
            new MultilevelModelNodeFactory());
    }

    private static NodeRun run(final DefaultNodeFactory factory, final int replicates) {
        return NodeRun.of(factory).input(SLEEP).set("varianceIntervals", "BOOTSTRAP").set("bootstrapReplicates", replicates);
    }

    private static String error(final NodeResult result) {
        assertTrue(!result.isOk());
        return result.error().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void settingsAreShownForABootstrapOnly(final DefaultNodeFactory factory) {
        final Dialog dialog = new Dialog(factory, SLEEP.getDataTableSpec()).set("randomTests", false);
        assertFalse(dialog.shown().contains("bootstrapReplicates") || dialog.shown().contains("seed"));
        final List<String> shown = dialog.set("varianceIntervals", "BOOTSTRAP").shown();
        assertTrue(shown.containsAll(List.of("bootstrapReplicates", "seed")), shown.toString());
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void intervalsAndTestsStandInTheTables(final DefaultNodeFactory factory) {
        final NodeResult result = run(factory, 100).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        final TableView fit = result.view(FIT);
        assertEquals(100, fit.number(fit.row("Statistic", "Bootstrap Replicates"), "Value"));
        final TableView parameters = result.view(COVARIANCE);
        for (int row = 0; row < parameters.rows(); row++) {
            final String group = parameters.text(row, "Group");
            final String name = "Bootstrap " + (group.equals("Residual") ? "" : group + ": ") + parameters.text(row, "Parameter");
            assertEquals(fit.number(fit.row("Statistic", name + " Lower Bound"), "Value"), parameters.number(row, "Lower Bound"));
            assertTrue(parameters.number(row, "Lower Bound") < parameters.number(row, "Upper Bound"), name);
        }
        for (final String name : List.of("(Intercept)", "Intraclass Correlation Subject")) {
            final double lower = fit.number(fit.row("Statistic", "Bootstrap " + name + " Shortest Lower Bound"), "Value");
            assertTrue(lower < fit.number(fit.row("Statistic", "Bootstrap " + name + " Shortest Upper Bound"), "Value"));
        }
        final List<String> tests =
            fit.texts("Statistic").stream().filter(name -> name.matches("Bootstrap (Random|Likelihood).*")).toList();
        assertFalse(tests.isEmpty());
        tests.forEach(name -> assertEquals(1.0 / 101, fit.number(fit.row("Statistic", name), "p-value"), 1e-12, name));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theNumberOfReplicatesIsChecked(final DefaultNodeFactory factory) {
        assertTrue(error(run(factory, 9).run()).contains("\"Bootstrap replicates\" is 9"));
        assertTrue(error(run(factory, 2_000_000).run()).contains("\"Bootstrap replicates\" is 2000000"));
        assertTrue(NodeRun.of(factory).input(SLEEP).set("bootstrapReplicates", 9).set("randomTests", false).run().isOk());
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void progressRisesAndCancelEndsTheBootstrap(final DefaultNodeFactory factory) {
        final List<Double> seen = new ArrayList<>();
        run(factory, 200).listener((progress, text) -> {
            if (progress != null && text != null && text.contains("Bootstrap")) {
                seen.add(progress);
            }
        }).run();
        assertTrue(seen.stream().distinct().count() > 50, seen.toString());
        assertEquals(seen.stream().sorted().toList(), seen);
        final NodeResult cancelled = run(factory, 1_000_000).cancelAt(seen.get(0) + 1e-6).run();
        assertEquals(NodeResult.Stage.CANCELED, cancelled.stage().orElseThrow());
    }

    /** With rows that are kept in order of time, that are read again, and that come with weights. */
    @ParameterizedTest
    @ValueSource(strings = {"Reaction ~ 1 + (1 | Subject)", "Reaction ~ 0 + offset(Days) + (1 | Subject)",
        "Reaction ~ Days + (1 + Days | Subject)"})
    void rowsOfATableAreFoundAgain(final String formula) {
        for (final List<String> more : List.of(List.of("seed", "3"), List.of("weights", "Days"),
            List.of("time", "Days", "residualStructure", "AR1"))) {
            final NodeRun run = run(new LongitudinalMixedModelNodeFactory(), 20).set("modelSpecification", "FORMULA")
                .set("formula", formula).set("subject", "Subject");
            for (int i = 0; i < more.size(); i += 2) {
                run.set(more.get(i), more.get(i + 1));
            }
            final NodeResult result = run.run();
            assertTrue(result.isOk(), () -> more + ": " + result.error().orElse(""));
            assertTrue(result.view(FIT).texts("Statistic").contains("Bootstrap All random terms"), more.toString());
        }
    }

    @Test
    void replicatesWithoutConvergenceAreTold() {
        final NodeResult result = run(new MultilevelModelNodeFactory(), 50).set("modelSpecification", "FORMULA")
            .set("formula", "Reaction ~ Days + (1 + Days | Subject)").set("maxIterations", 2).set("randomTests", false).run();
        assertTrue(result.warning().orElse("").matches("(?s).*Bootstrap of the intervals: \\d+ replicates of 50 did not "
            + "converge and are left out\\..*"), result.warning().orElse(""));
    }

    @Test
    void aMarginalModelRefusesInWords() {
        final String message = error(NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).input(SLEEP)
            .set("varianceIntervals", "BOOTSTRAP").run());
        assertTrue(message.contains("varianceIntervals") && message.contains("PROFILE"), message);
    }
}
