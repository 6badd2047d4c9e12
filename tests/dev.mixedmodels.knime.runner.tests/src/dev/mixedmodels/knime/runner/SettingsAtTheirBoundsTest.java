package dev.mixedmodels.knime.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.benchmarks.fuzz.Data;
import dev.mixedmodels.benchmarks.fuzz.NodeUnderTest;
import dev.mixedmodels.benchmarks.fuzz.PlainWords;
import dev.mixedmodels.knime.words.Dialogs;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;

/** Whatever a setting is, a node ends with results or with a sentence, and so does its dialog. */
final class SettingsAtTheirBoundsTest {
    private static final long MOST_CHECKS = 200_000;

    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#learners")
    void endsInWords(final DefaultNodeFactory factory) throws Exception {
        final NodeUnderTest node = new NodeUnderTest(factory, MOST_CHECKS);
        final PlainWords words = new PlainWords(Dialogs.factories());
        final Data data = Extremes.ordinary(node);
        final BufferedDataTable table = data.table();
        final List<String> columns = data.columns().stream().map(Data.Column::name).toList();
        final List<String> faults = new ArrayList<>();
        for (final Setting setting : node.settings()) {
            if (setting.key().contains("/")) {
                continue;
            }
            for (final Object value : Bounds.of(setting, node.settings(), columns)) {
                final Map<String, Object> settings = new LinkedHashMap<>(Extremes.roles(node));
                settings.put(setting.key(), value);
                if (setting.key().equals("formula")) {
                    settings.put("modelSpecification", "FORMULA");
                }
                final String where = setting.key() + " = " + shortened(String.valueOf(value));
                words.faults(node.run(table, settings)).forEach(fault -> faults.add(where + ": " + fault));
                words.faultIn(node.dialog(table, settings)).ifPresent(word -> faults.add(where + ", dialog: " + word));
            }
        }
        assertEquals(List.of(), faults);
    }

    private static String shortened(final String text) {
        return text.length() < 60 ? text : text.substring(0, 60) + "...";
    }
}
