package dev.mixedmodels.knime.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the tests of all learner nodes ask. */
public final class NodeChecks {
    private static final int PARAMETERS = 1;
    private static final int FIT = 4;

    private NodeChecks() {
    }

    /** The value of a figure in Model fit. */
    public static double fit(final NodeResult result, final String statistic) {
        final TableView view = result.view(FIT);
        return view.number(view.row("Statistic", statistic), "Value");
    }

    /** The node fails and says so. */
    public static void assertError(final NodeRun run, final String part) {
        final NodeResult result = run.run();
        assertFalse(result.isOk(), part);
        final String message = result.error().orElseThrow();
        assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
    }

    /** The same before any row is read. */
    public static void assertRefused(final NodeRun run, final String part) {
        assertEquals(NodeResult.Stage.CONFIGURE, run.run().stage().orElseThrow());
        assertError(run, part);
    }

    /** Progress never falls, and a run that is cancelled at some of it ends as cancelled. */
    public static void assertProgressRisesAndCancelEnds(final Supplier<NodeRun> run, final double cancelAt) {
        final List<Double> seen = new ArrayList<>();
        run.get().listener((progress, text) -> seen.add(progress)).run();
        assertTrue(seen.size() > 10);
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.get(i) >= seen.get(i - 1), seen::toString);
        }
        assertEquals(NodeResult.Stage.CANCELED, run.get().cancelAt(cancelAt).run().stage().orElseThrow());
    }

    /** Without convergence there is no largest likelihood to profile from. */
    public static void assertWaldIntervalsWithoutConvergence(final Supplier<NodeRun> unfinished) {
        final NodeResult wald = unfinished.get().set("varianceIntervals", "WALD").run();
        final NodeResult profile = unfinished.get().set("varianceIntervals", "PROFILE").run();
        assertEquals(0, fit(profile, "Converged"), 0);
        for (final String bound : List.of("Lower Bound", "Upper Bound")) {
            assertFalse(profile.view(PARAMETERS).isMissing(0, bound));
            assertEquals(wald.view(PARAMETERS).texts(bound), profile.view(PARAMETERS).texts(bound));
        }
        assertTrue(profile.warning().orElse("").contains("Wald intervals"), () -> profile.warning().orElse("none"));
        assertFalse(wald.warning().orElse("").contains("Wald intervals"));
    }
}
