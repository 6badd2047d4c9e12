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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;

/** Influence of units by refits, in the nodes. */
class InfluenceNodesTest {
    private static final int SUBJECTS = 300;
    private static final BufferedDataTable TABLE = table();

    private static BufferedDataTable table() {
        final int n = 4 * SUBJECTS;
        final Random random = new Random(5);
        final String[] subject = new String[n];
        final Integer[] visit = new Integer[n];
        final double[] y = new double[n];
        double level = 0;
        for (int i = 0; i < n; i++) {
            level = i % 4 == 0 ? random.nextGaussian() : level;
            subject[i] = "s" + i / 4;
            visit[i] = i % 4 + 1;
            y[i] = level + 0.3 * visit[i] + random.nextGaussian();
        }
        return new TableBuilder().strings("subject", subject).ints("visit", visit).doubles("y", y).build();
    }

    static List<Supplier<NodeRun>> nodes() {
        return List.of(() -> NodeRun.of(new RandomInterceptAnovaNodeFactory()).set("group", "subject"),
            () -> NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("subject", "subject").set("time", "visit"),
            () -> NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("subject", "subject").set("time", "visit")
                .set("residualStructure", "AR1"),
            () -> NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).set("subject", "subject").set("visit", "visit")
                .set("fixedEffects", "visit").set("structure", "UNSTRUCTURED"),
            () -> NodeRun.of(new MultilevelModelNodeFactory()).set("levels", "[{\"column\": \"subject\"}]"));
    }

    private static NodeRun refits(final Supplier<NodeRun> node, final List<String> heard, final List<Double> where) {
        return node.get().set("response", "y").set("influence", "REFIT").set("varianceIntervals", "NONE").input(TABLE)
            .listener((progress, message) -> {
                synchronized (heard) {
                    if (message != null && message.contains("Influence")) {
                        heard.add(message);
                        where.add(progress);
                    }
                }
            });
    }

    /** Progress moves while units are left out, and a run that is cancelled at its first step makes no more of them. */
    @ParameterizedTest
    @MethodSource("nodes")
    void refitsAreCancelled(final Supplier<NodeRun> node) {
        final List<String> heard = new ArrayList<>();
        final List<Double> where = new ArrayList<>();
        final NodeResult whole = refits(node, heard, where).run();
        assertTrue(whole.isOk(), () -> whole.error().orElse(""));
        final int steps = where.size();
        assertTrue(steps >= SUBJECTS / 64, heard.toString());
        final double first = where.get(0);
        heard.clear();
        where.clear();
        assertEquals(NodeResult.Stage.CANCELED, refits(node, heard, where).cancelAt(first).run().stage().orElseThrow());
        assertTrue(where.size() < steps, heard.toString());
    }

    @Test
    void aResidualVarianceOfOneSubjectAloneIsNotKnownWithoutIt() {
        final NodeResult result = NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("response", "Reaction")
            .set("subject", "Subject").set("time", "Days").set("randomDegree", 0).set("residualVarianceBy", "Subject")
            .set("influence", "REFIT").set("varianceIntervals", "NONE").set("randomTests", false)
            .input(CsvTable.read("sleepstudy", "Subject")).run();
        assertTrue(result.warning().orElse("").contains("Residual variances that a single level of \"Subject\" has are not known "
            + "without it: their changes are missing in the table Influence (18)."), () -> result.warning().orElse(""));
        final TableView influence = result.view(7);
        int missing = 0;
        for (int row = 0; row < influence.rows(); row++) {
            final boolean own = influence.text(row, "Level").equals("308")
                && "Var(Residual:308)".equals(influence.isMissing(row, "Parameter") ? "" : influence.text(row, "Parameter"));
            missing += own ? 1 : 0;
            if (influence.text(row, "Level").equals("308")) {
                assertEquals(own, influence.isMissing(row, "Value"), influence.text(row, "Measure"));
            }
        }
        assertEquals(1, missing);
    }
}
