package dev.mixedmodels.knime.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.benchmarks.fuzz.Data;
import dev.mixedmodels.benchmarks.fuzz.NodeUnderTest;
import dev.mixedmodels.benchmarks.fuzz.Outcome;
import dev.mixedmodels.benchmarks.fuzz.PlainWords;
import dev.mixedmodels.knime.words.Dialogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;

/** Whatever the table, a node ends with results or with a sentence, and within a bound of evaluations. */
final class ExtremeTablesTest {
    /** Rows and evaluations of the longest of these runs are a tenth of it. */
    private static final long MOST_CHECKS = 200_000;

    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#learners")
    void endsInWords(final DefaultNodeFactory factory) throws Exception {
        final NodeUnderTest node = new NodeUnderTest(factory, MOST_CHECKS);
        final PlainWords words = new PlainWords(Dialogs.factories());
        final Map<String, Object> guessed = new LinkedHashMap<>(Extremes.roles(node));
        guessed.keySet().retainAll(List.of("varianceIntervals", "randomTests", "replicates"));
        final List<String> faults = new ArrayList<>();
        for (final Map.Entry<String, Data> table : Extremes.tables(node).entrySet()) {
            final Map<String, Object> settings = Extremes.settings(node, table.getKey(), table.getValue());
            faults.addAll(faults(table.getKey(), node.run(table.getValue().table(), settings), words));
            faults.addAll(faults(table.getKey() + ", guessed", node.run(table.getValue().table(), guessed), words));
        }
        assertEquals(List.of(), faults);
    }

    /** What is wrong with an outcome, each with the case in which it was. */
    static List<String> faults(final String where, final Outcome outcome, final PlainWords words) {
        return words.faults(outcome).stream().map(fault -> where + ": " + fault).toList();
    }
}
