package dev.mixedmodels.knime.runner;

import dev.mixedmodels.benchmarks.fuzz.Data;
import dev.mixedmodels.benchmarks.fuzz.Data.Column;
import dev.mixedmodels.benchmarks.fuzz.Data.Type;
import dev.mixedmodels.benchmarks.fuzz.NodeUnderTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Ordinary tables, one of repeated measurements and one of units, and what can go wrong with a table. */
final class Extremes {
    private static final int ROWS = 30;
    private static final int WIDE = 200;
    private static final String LONG_ID = "long ".repeat(2000);

    private Extremes() {
    }

    private static Column column(final String name, final Type type, final IntFunction<Object> value) {
        return new Column(name, type, IntStream.range(0, ROWS).mapToObj(value).toArray());
    }

    /** A number between 0 and 1 that looks random. */
    private static double noise(final int i) {
        return (i * 7919 % 101) / 101.0;
    }

    /** Six subjects at five visits, or thirty units. */
    static Data ordinary(final NodeUnderTest node) {
        return node.has("unit") ? units() : repeated();
    }

    private static Data repeated() {
        return new Data(List.of(column("subject", Type.TEXT, i -> "s" + i / 5), column("visit", Type.WHOLE, i -> i % 5),
            column("day", Type.NUMBER, i -> 7.0 * (i % 5) + noise(i)), column("arm", Type.TEXT, i -> "arm" + i / 5 % 2),
            column("item", Type.WHOLE, i -> i * 13 % 4), column("x", Type.NUMBER, i -> noise(i + 40)),
            column("y", Type.NUMBER, i -> 3 + noise(i / 5) + 0.3 * (i % 5) + noise(3 * i + 1))));
    }

    private static Data units() {
        return new Data(List.of(column("unit", Type.TEXT, i -> "u" + i), column("x", Type.NUMBER, i -> noise(i + 40)),
            column("arm", Type.TEXT, i -> "arm" + i % 2), column("y", Type.NUMBER, i -> 3 * noise(i) + noise(2 * i)),
            column("se", Type.NUMBER, i -> 0.3 + noise(5 * i)),
            column("events", Type.WHOLE, i -> (int) (10 * noise(i)) % 7),
            column("exposure", Type.NUMBER, i -> 10 + 20 * noise(i + 7)),
            column("trials", Type.WHOLE, i -> 8 + i % 5)));
    }

    /** The columns' parts, and nothing that takes long. */
    static Map<String, Object> roles(final NodeUnderTest node) {
        final Map<String, Object> roles = new LinkedHashMap<>();
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("response", "y");
        all.put("group", "subject");
        all.put("subject", "subject");
        all.put("visit", "visit");
        all.put("time", "day");
        all.put("fixedEffects", List.of("arm", "x"));
        all.put("levels", List.of(Map.of("column", "subject")));
        all.put("structure", "COMPOUND_SYMMETRY");
        all.put("unit", "unit");
        all.put("estimate", "y");
        all.put("standardError", "se");
        all.put("count", "events");
        all.put("exposure", "exposure");
        all.put("successes", "events");
        all.put("trials", "trials");
        all.put("covariates", node.has("family") ? List.of("x") : List.of());
        all.put("varianceIntervals", "NONE");
        all.put("randomTests", false);
        all.put("replicates", 10);
        all.forEach((key, value) -> {
            if (node.has(key)) {
                roles.put(key, value);
            }
        });
        return roles;
    }

    /** Tables by what is extreme in them. */
    static Map<String, Data> tables(final NodeUnderTest node) {
        final Data data = ordinary(node);
        final Map<String, Data> tables = new LinkedHashMap<>();
        tables.put("ordinary", data);
        values(data, tables);
        rows(data, tables);
        ids(data, node.has("unit") ? "unit" : "subject", tables);
        types(data, tables);
        names(data, tables);
        return tables;
    }

    private static Data map(final Data data, final String column, final UnaryOperator<Object> value) {
        return data.column(column) == null ? data : data.with(data.column(column).map(value));
    }

    private static void values(final Data data, final Map<String, Data> tables) {
        for (final double factor : new double[] {1e-300, 1e-150, 1e150, 1e300}) {
            final UnaryOperator<Object> times = v -> factor * (Double) v;
            tables.put("y times " + factor, map(data, "y", times));
            tables.put("x times " + factor, map(data, "x", times));
            tables.put("y and se times " + factor, map(map(data, "y", times), "se", times));
            tables.put("exposure times " + factor, map(data, "exposure", times));
            tables.put("day times " + factor, map(data, "day", times));
        }
        for (final double offset : new double[] {1e15, -1e18}) {
            tables.put("y plus " + offset, map(data, "y", v -> offset + (Double) v));
            tables.put("x plus " + offset, map(data, "x", v -> offset + (Double) v));
            tables.put("day plus " + offset, map(data, "day", v -> offset + (Double) v));
        }
        for (final double equal : new double[] {0, 1, -1, 1e300, Double.MIN_VALUE, Double.NaN, 1 / 0.0}) {
            for (final Column column : data.columns()) {
                if (column.type() == Type.NUMBER) {
                    tables.put(column.name() + " all " + equal, map(data, column.name(), v -> equal));
                }
            }
        }
        for (final int equal : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (final Column column : data.columns()) {
                if (column.type() == Type.WHOLE) {
                    tables.put(column.name() + " all " + equal, map(data, column.name(), v -> equal));
                }
            }
        }
        tables.put("events above trials", map(data, "events", v -> 1000));
        tables.put("one subject alone varies", map(data, "y", v -> (Double) v > 4.5 ? v : (Object) 4.0));
    }

    private static void rows(final Data data, final Map<String, Data> tables) {
        for (final int rows : new int[] {0, 1, 2, 3, 5, 6, 7}) {
            tables.put("rows 1 to " + rows, data.rows(IntStream.range(0, rows).toArray()));
        }
        tables.put("each row twice", data.rows(IntStream.range(0, 2 * ROWS).map(i -> i / 2).toArray()));
        tables.put("the first of each subject", data.rows(IntStream.range(0, 6).map(i -> 5 * i).toArray()));
        for (final Column column : data.columns()) {
            tables.put("no " + column.name(),
                data.with(new Column(column.name(), column.type(), new Object[ROWS])));
            final Object[] half = column.values().clone();
            IntStream.range(0, ROWS / 2).forEach(i -> half[2 * i] = null);
            tables.put("half of " + column.name(), data.with(new Column(column.name(), column.type(), half)));
        }
    }

    private static void ids(final Data data, final String id, final Map<String, Data> tables) {
        final String[] odd = {"\"", "<b>&amp;", "line\nbreak", "\t", "a:b/c", LONG_ID, "\u0000", "`", "%s{}", ""};
        tables.put("odd ids", data.with(column(id, Type.TEXT,
            i -> odd[i / 5 % odd.length] + (id.equals("unit") ? i : ""))));
        tables.put("odd arms", map(data, "arm", v -> v.equals("arm0") ? "<i>\n\"" : LONG_ID));
        tables.put("one level", map(data, id, v -> "only"));
        tables.put("one arm", map(data, "arm", v -> "only"));
        tables.put("a level for each row", data.with(column(id, Type.TEXT, i -> "s" + i)));
        tables.put("an arm for each row", data.with(column("arm", Type.TEXT, i -> "a" + i)));
        tables.put("an item for each row", data.column("item") == null ? data
            : data.with(column("item", Type.WHOLE, i -> i)));
        tables.put("a subject's rows at one visit", map(data, "visit", v -> 1));
    }

    /** Every column in every type. */
    private static void types(final Data data, final Map<String, Data> tables) {
        for (final Column column : data.columns()) {
            for (final Type type : Type.values()) {
                tables.put(column.name() + " as " + type,
                    data.with(column(column.name(), type, i -> value(type, column.values()[i]))));
            }
        }
    }

    private static Object value(final Type type, final Object value) {
        final double number = value instanceof Number n ? n.doubleValue() : Math.abs(value.hashCode() % 10);
        return switch (type) {
            case TEXT -> value.toString();
            case WHOLE -> (int) number;
            case LONG -> (long) (1e15 + number);
            case NUMBER -> number + 0.25;
            case DATE -> LocalDate.of(2024, 1, 1).plusDays((long) number);
            case TRUTH -> number > 3;
        };
    }

    private static void names(final Data data, final Map<String, Data> tables) {
        final List<Column> wide = new ArrayList<>(data.columns());
        for (int c = 0; c < WIDE; c++) {
            final int seed = c;
            wide.add(column("x" + c, Type.NUMBER, i -> noise(i * (seed + 3) + seed)));
        }
        tables.put("200 columns", new Data(wide));
        final List<Column> alike = new ArrayList<>(data.columns());
        for (final String name : new String[] {"Y", "y ", " y", "y (1)", "(Intercept)", "Residual", "I(x^2)", "x:arm",
            "`", "a\nb", "<b>", "\""}) {
            alike.add(column(name, Type.NUMBER, i -> noise(i + name.hashCode() % 50 + 50)));
        }
        tables.put("columns called alike", new Data(alike));
        tables.put("no columns", new Data(Collections.emptyList()));
    }

    /** Settings that give the odd columns of the tables a part, by the table's name. */
    static Map<String, Object> settings(final NodeUnderTest node, final String table, final Data data) {
        final Map<String, Object> settings = roles(node);
        final List<String> all = data.columns().stream().map(Column::name)
            .filter(name -> !List.of("y", "subject", "unit").contains(name)).toList();
        if (table.equals("200 columns") || table.equals("columns called alike")) {
            settings.computeIfPresent("fixedEffects", (key, value) -> all);
            settings.computeIfPresent("covariates", (key, value) -> all);
        }
        return settings;
    }
}
