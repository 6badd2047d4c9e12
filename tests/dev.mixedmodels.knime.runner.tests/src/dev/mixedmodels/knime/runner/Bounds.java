package dev.mixedmodels.knime.runner;

import dev.mixedmodels.standin.run.NodeDescription.Choice;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a setting may be at its bounds and beyond, by its type. */
final class Bounds {
    private static final String UNKNOWN = "no such column";
    private static final List<Object> TEXTS = List.of("", " ", UNKNOWN, "<b>\n\"", "1e308", "-1", "1e999", "0,5");
    private static final List<String> FORMULAS = List.of("y", "y ~", "~ x", "y ~ y", "y ~ x + (1 | subject)", "y ~ 0",
        "y ~ 1 + (0 | subject)", "y ~ arm * x * visit", "y ~ (arm + x + day)^3", "log(y) ~ x", "y ~ log(x)",
        "y ~ I(x^0)", "y ~ I(x^-400)", "y ~ I(x^400)", "y ~ exp(day)", "y ~ sqrt(x) + (1 | arm/subject)",
        "y ~ x + (x || subject)", "y ~ `x", "y ~ x (1 | subject)", "y ~ x + (1 | subject", "y ~ x | subject",
        "y ~ \"x\"", "y ~ I(x^2147483648)", "y ~ day + (1 + day | subject) + (1 | item)", "y ~ x ~ arm",
        "y ~ " + "(".repeat(5000) + "x" + ")".repeat(5000), "y ~ " + "log(".repeat(5000) + "x" + ")".repeat(5000),
        "y ~ x" + " + x".repeat(5000), "y ~ a.b.c", "y ~ 1e5", "y ~ x - x", "y ~ arm + (0 + arm | subject)",
        "\u0000", "y ~ x + offset(day)", "y ~ poly(x, 2)", "y ~ x^2", "y ~ (x + arm)^1e300");

    private Bounds() {
    }

    /** Values for a setting. */
    static List<Object> of(final Setting setting, final List<Setting> settings, final List<String> columns) {
        final List<Object> values = switch (setting.type()) {
            case "int" -> list(Integer.MIN_VALUE, -1, 0, 1, 2, 11, Integer.MAX_VALUE);
            case "long" -> list(Long.MIN_VALUE, 0L, Long.MAX_VALUE);
            case "double" -> list(Double.NaN, Double.NEGATIVE_INFINITY, -1.0, -0.0, Double.MIN_VALUE, 1e-300, 1.0, 50.0,
                Math.nextDown(100.0), 100.0, 1e308, Double.POSITIVE_INFINITY);
            case "boolean" -> list(true, false);
            case "choice" -> new ArrayList<>(setting.choices().stream().map(Choice::name).toList());
            case "string", "column" -> texts(setting.key(), columns);
            case "array of objects" -> cards(setting.key(), settings, columns);
            default -> lists(setting, columns);
        };
        return values;
    }

    private static List<Object> list(final Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static List<Object> texts(final String key, final List<String> columns) {
        final List<Object> values = new ArrayList<>(TEXTS);
        values.addAll(columns);
        values.add(null);
        return key.equals("formula") ? new ArrayList<>(FORMULAS) : values;
    }

    private static List<Object> lists(final Setting setting, final List<String> columns) {
        final List<Object> values = list(null, List.of(), List.of(UNKNOWN), List.of(""), columns,
            Collections.singletonList(null), List.of("arm", "arm"), List.of("x", "x", "x"), List.of("arm:x"),
            List.of("y"));
        if (setting.key().equals("compareStructures")) {
            values.add(List.of("AR1", "UNSTRUCTURED", "AR1"));
        }
        columns.forEach(column -> values.add(List.of(column)));
        return values;
    }

    /** No card, an empty one, and cards with each value of each of their fields beside sensible others. */
    private static List<Object> cards(final String key, final List<Setting> settings, final List<String> columns) {
        final List<Object> values = list(null, List.of(), List.of(Map.of()), List.of(Map.of(), Map.of()));
        final List<Setting> fields =
            settings.stream().filter(setting -> setting.key().startsWith(key + "[]/")).toList();
        for (final Setting field : fields) {
            for (final Object value : of(field, settings, columns)) {
                final Map<String, Object> card = new HashMap<>();
                card.put(name(field), value);
                values.add(List.of(card));
                final Map<String, Object> full = new HashMap<>();
                fields.stream().filter(other -> other.type().equals("column"))
                    .forEach(other -> full.put(name(other), columns.get(full.size())));
                full.put(name(field), value);
                values.add(List.of(full, full));
            }
        }
        return values;
    }

    private static String name(final Setting field) {
        return field.key().substring(field.key().indexOf('/') + 1);
    }
}
