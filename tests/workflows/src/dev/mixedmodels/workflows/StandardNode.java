package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mixedmodels.standin.config.SettingsXml;

/**
 * A node of every installation. Its settings are those of a template, in which a description changes a few:
 *
 * <ul>
 * <li>CSV Reader, CSV Writer: file, in the workflow's folder data</li>
 * <li>Sorter: by, a column; order, ASCENDING or DESCENDING</li>
 * <li>Row Filter: column, operator (EQ, LT, GT ...), and value for a number or text for a text</li>
 * <li>Number Rounder: digits, significant ones</li>
 * <li>Table Difference Finder: columns, separated by commas</li>
 * </ul>
 */
final class StandardNode implements NodeKind {

    private static final Bundle BUNDLE =
        new Bundle("KNIME Base Nodes", "org.knime.base", "KNIME AG, Zurich, Switzerland", "5.8.0", "");

    private static final String FILTERED = "predicates/0/predicateValues/values/0/";

    /** Which settings a description may change: word, path in the template. */
    private static final Map<String, Map<String, String>> PATHS = Map.of(
        "CSV Reader", Map.of("file", "settings/file_selection/path/path"),
        "CSV Writer", Map.of("file", "settings/file_chooser_settings/path/path"),
        "Sorter", Map.of("by", "sortingCriteria/0/columnV2/regularChoice", "order", "sortingCriteria/0/sortingOrder"),
        "Row Filter", Map.of("column", "predicates/0/columnV2/regularChoice", "operator", "predicates/0/operator",
            "value", FILTERED + "value", "text", FILTERED + "value"),
        "Number Rounder", Map.of("digits", "PrecisionNumer"),
        "Table Difference Finder", Map.of("columns", "column_filter/included_names"));

    private final int inputs;

    private final List<String> outputs;

    private final Map<String, Object> template;

    private StandardNode(final Path template, final int inputs, final String... outputs) {
        this.inputs = inputs;
        this.outputs = List.of(outputs);
        try {
            this.template = SettingsXml.read(template.resolve("settings.xml"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of them. @param templates folder of the templates */
    static List<StandardNode> all(final Path templates) {
        return List.of(
            new StandardNode(templates.resolve("csv-reader"), 0, "File Table"),
            new StandardNode(templates.resolve("csv-writer"), 1),
            new StandardNode(templates.resolve("sorter"), 1, "Sorted Table"),
            new StandardNode(templates.resolve("row-filter"), 1, "Filtered"),
            new StandardNode(templates.resolve("number-rounder"), 1, "Rounded numbers"),
            new StandardNode(templates.resolve("table-difference-finder"), 2, "Value differences",
                "Spec differences"));
    }

    @Override
    public String name() {
        return (String)template.get("node-name");
    }

    @Override
    public String factory() {
        return (String)template.get("factory");
    }

    @Override
    public Bundle bundle() {
        return BUNDLE;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public List<String> outputs() {
        return outputs;
    }

    @Override
    public Map<String, Object> model(final Map<String, String> chosen) {
        final Map<String, Object> model = copy(template.get("model"));
        for (Map.Entry<String, String> setting : chosen.entrySet()) {
            final String path = PATHS.get(name()).get(setting.getKey());
            if (path == null) {
                throw new IllegalArgumentException(name() + " has no setting " + setting.getKey() + ".");
            }
            final Object before = group(model, path).get(lastKey(path));
            final Object value;
            if (setting.getKey().equals("text")) {
                value = setting.getValue();
                set(model, FILTERED + "typeIdentifier/cell_class", "org.knime.core.data.def.StringCell");
                set(model, FILTERED + "stringCaseMatching", Map.of("caseMatching", "CASESENSITIVE"));
            } else if (before instanceof Integer) {
                value = Integer.valueOf(setting.getValue());
            } else if (before instanceof Double) {
                value = Double.valueOf(setting.getValue());
            } else {
                value = before instanceof Map ? array(setting.getValue()) : setting.getValue();
            }
            set(model, path, value);
        }
        return model;
    }

    private static Map<String, Object> array(final String list) {
        final List<String> elements = List.of(list.split(", *"));
        final Map<String, Object> array = new LinkedHashMap<>();
        array.put("array-size", elements.size());
        for (int i = 0; i < elements.size(); i++) {
            array.put(Integer.toString(i), elements.get(i));
        }
        return array;
    }

    private static void set(final Map<String, Object> model, final String path, final Object value) {
        group(model, path).put(lastKey(path), value);
    }

    private static String lastKey(final String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(final Map<String, Object> model, final String path) {
        final List<String> keys = new ArrayList<>(List.of(path.split("/")));
        keys.remove(keys.size() - 1);
        Map<String, Object> group = model;
        for (String key : keys) {
            group = (Map<String, Object>)group.get(key);
        }
        return group;
    }

    private static Map<String, Object> copy(final Object group) {
        final Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>)group).forEach((key, value) -> copy.put((String)key, value instanceof Map ? copy(value) : value));
        return copy;
    }
}
