package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.run.TableBuilder;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.node.BufferedDataTable;

/**
 * A table as columns of values, which can be changed before it is built.
 *
 * @param columns all of the same length
 */
public record Data(List<Column> columns) {
    /** Types of columns. */
    public enum Type {
        /** {@link String}. */
        TEXT,
        /** {@link Integer}. */
        WHOLE,
        /** {@link Long}. */
        LONG,
        /** {@link Double}. */
        NUMBER,
        /** {@link LocalDate}. */
        DATE,
        /** {@link Boolean}. */
        TRUTH
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type of its values
     * @param values one a row, null where it is missing
     */
    public record Column(String name, Type type, Object... values) {
        /**
         * @param value changes a value that is there
         * @return the column with changed values
         */
        public Column map(final UnaryOperator<Object> value) {
            return new Column(name, type, Arrays.stream(values).map(v -> v == null ? null : value.apply(v)).toArray());
        }

        boolean isNumeric() {
            return type == Type.NUMBER || type == Type.WHOLE || type == Type.LONG;
        }

        boolean isGrouping() {
            return type == Type.TEXT || type == Type.WHOLE || type == Type.LONG;
        }
    }

    /**
     * @return number of rows
     */
    public int rows() {
        return columns.isEmpty() ? 0 : columns.get(0).values.length;
    }

    /**
     * @param name of a column
     * @return the column; null if there is none
     */
    public Column column(final String name) {
        return columns.stream().filter(column -> column.name.equals(name)).findFirst().orElse(null);
    }

    /**
     * @param changed a column
     * @return the same with it in place of that of its name
     */
    public Data with(final Column changed) {
        return new Data(columns.stream().map(c -> c.name.equals(changed.name) ? changed : c).toList());
    }

    /**
     * @param order numbers of rows
     * @return these rows, in that order
     */
    public Data rows(final int... order) {
        return new Data(columns.stream().map(column -> new Column(column.name, column.type,
            IntStream.of(order).mapToObj(row -> column.values[row]).toArray())).toList());
    }

    /**
     * @return the table, rows Row0, Row1, ...
     */
    public BufferedDataTable table() {
        final TableBuilder table = new TableBuilder();
        for (final Column column : columns) {
            final Object[] values = column.values;
            switch (column.type) {
                case TEXT -> table.strings(column.name, Arrays.copyOf(values, values.length, String[].class));
                case WHOLE -> table.ints(column.name, Arrays.copyOf(values, values.length, Integer[].class));
                case LONG -> table.longs(column.name, Arrays.copyOf(values, values.length, Long[].class));
                case NUMBER -> table.boxedDoubles(column.name, Arrays.copyOf(values, values.length, Double[].class));
                case DATE -> table.dates(column.name, Arrays.copyOf(values, values.length, LocalDate[].class));
                case TRUTH -> table.cells(column.name, BooleanCell.TYPE, Arrays.stream(values)
                    .map(v -> v == null ? DataType.getMissingCell() : cell((Boolean) v)).toArray(DataCell[]::new));
            }
        }
        return table.build();
    }

    private static DataCell cell(final boolean truth) {
        return truth ? BooleanCell.TRUE : BooleanCell.FALSE;
    }

    /**
     * @return as text, comma-separated, a line a row
     */
    public String csv() {
        final StringBuilder text = new StringBuilder();
        text.append(String.join(",", columns.stream().map(c -> quoted(c.name)).toList())).append('\n');
        for (int row = 0; row < rows(); row++) {
            final int r = row;
            text.append(String.join(",", columns.stream()
                .map(c -> c.values[r] == null ? "" : quoted(String.valueOf(c.values[r]))).toList())).append('\n');
        }
        return text.toString();
    }

    private static String quoted(final String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
