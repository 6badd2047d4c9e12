package dev.mixedmodels.knime.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.benchmarks.fuzz.FuzzRun;
import dev.mixedmodels.benchmarks.fuzz.NodeUnderTest;
import dev.mixedmodels.benchmarks.fuzz.PlainWords;
import dev.mixedmodels.knime.words.Dialogs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;

/** A few random tables for each node; more of them: {@code tests/benchmarks/run Fuzz}. */
final class RandomTablesTest {
    private static final int TABLES = 15;
    private static final long MOST_CHECKS = 200_000;

    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#learners")
    void giveFiguresInTheirRangesThatFollowChangesOfTheTable(final DefaultNodeFactory factory) throws Exception {
        final NodeUnderTest node = new NodeUnderTest(factory, MOST_CHECKS);
        final FuzzRun fuzz = new FuzzRun(new PlainWords(Dialogs.factories()));
        final List<String> faults = new ArrayList<>();
        int fitted = 0;
        int compared = 0;
        for (int seed = 1; seed <= TABLES; seed++) {
            final FuzzRun.Verdict verdict = fuzz.run(node, seed);
            fitted += verdict.isOk() ? 1 : 0;
            compared += verdict.isCompared() ? 1 : 0;
            final int of = seed;
            verdict.faults().forEach(fault -> faults.add("seed " + of + ": " + fault));
        }
        assertEquals(List.of(), faults);
        assertTrue(fitted >= TABLES / 3 && compared >= TABLES / 5, fitted + " fitted, " + compared + " compared");
    }
}
