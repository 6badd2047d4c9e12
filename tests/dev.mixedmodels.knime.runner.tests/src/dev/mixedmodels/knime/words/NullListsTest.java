package dev.mixedmodels.knime.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultNodeFactory;

/** A list that somebody removed from stored settings, which arrives as null, is as in a new node. */
class NullListsTest {
    /** Every list of every node, with a table that suits the node. */
    static Stream<Arguments> lists() {
        final Map<String, String> tables = Map.of("random-intercept-anova", "dyestuff", "longitudinal-mixed-model",
            "orthodont", "marginal-repeated-measures", "hetar1", "empirical-bayes-shrinkage", "eightschools",
            "multilevel-model", "pastes");
        final List<Arguments> lists = new ArrayList<>();
        for (final DefaultNodeFactory factory : Dialogs.factories()) {
            final NodeDescription node = NodeDescription.of(factory);
            for (final NodeDescription.Setting setting : node.settings()) {
                final boolean list = setting.type().startsWith("list") || setting.type().startsWith("array");
                if (list && !setting.key().contains("/") && tables.containsKey(node.id())) {
                    lists.add(Arguments.of(factory, tables.get(node.id()), setting.key()));
                }
            }
        }
        assertFalse(lists.isEmpty());
        return lists.stream();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListThatIsNullIsAsInANewNode(final DefaultNodeFactory factory, final String file, final String key)
        throws InvalidSettingsException {
        final BufferedDataTable table = CsvTable.typed(file);
        assertEquals(figures(NodeRun.of(factory).input(table).run()),
            figures(NodeRun.of(factory).input(table).set(key, null).run()));
        final NodeInstance node = new NodeInstance(factory);
        node.guess(new InputContext(table));
        final String fresh = formula(node, table);
        final Map<String, Object> settings = new LinkedHashMap<>(node.settings());
        settings.put(key, null);
        node.load(settings);
        assertEquals(fresh, formula(node, table));
    }

    private static String formula(final NodeInstance node, final BufferedDataTable table)
        throws InvalidSettingsException {
        final DialogState dialog = new DialogState(node.parameters(), new InputContext(table));
        return dialog.sections(true).toString()
            + (dialog.sections(false).toString().contains("formulaMessage") ? dialog.message("formulaMessage") : "");
    }

    private static List<String> figures(final NodeResult result) {
        final TableView fit = result.view(4);
        final List<String> figures = new ArrayList<>();
        for (int row = 0; row < fit.rows(); row++) {
            figures.add(fit.text(row, "Statistic") + " " + fit.cell(row, "Value") + " " + fit.cell(row, "Note"));
        }
        return figures;
    }
}
