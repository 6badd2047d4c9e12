package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a random term varies over: the levels of a column, or the combinations of several columns. A separator {@code /}
 * says that the column after it is nested in those before, {@code :} that they are crossed; both mean combinations, and
 * only the names of the levels differ.
 *
 * @param columns names of columns, outermost first
 * @param separators one character between each two columns, {@code /} or {@code :}
 */
public record Grouping(List<String> columns, String separators) implements Serializable {
    /**
     * @param columns names of columns, outermost first
     * @param separators one character between each two columns, {@code /} or {@code :}
     */
    public Grouping {
        columns = List.copyOf(columns);
        if (separators.length() != columns.size() - 1) {
            throw new IllegalArgumentException(columns + " " + separators);
        }
    }

    /**
     * @param column name of a column
     * @return its levels
     */
    public static Grouping of(final String column) {
        return new Grouping(List.of(column), "");
    }

    /**
     * @param columns names of columns, outermost first
     * @return units of the last column within those of the ones before
     */
    public static Grouping nested(final List<String> columns) {
        return new Grouping(columns, "/".repeat(columns.size() - 1));
    }

    /**
     * @param separator put between this grouping and the next column
     * @param column one more column
     * @return the finer grouping
     */
    Grouping then(final char separator, final String column) {
        final List<String> all = new ArrayList<>(columns);
        all.add(column);
        return new Grouping(all, separators + separator);
    }

    /**
     * @return the name in output tables, such as {@code lea/school} or {@code dept:service}, without backticks
     */
    public String name() {
        return join(UnaryOperator.identity());
    }

    /** As the formula has it together with the groupings that it is nested in: lea/school. */
    String written() {
        return join(Names::quote);
    }

    private String join(final UnaryOperator<String> text) {
        final StringBuilder joined = new StringBuilder(text.apply(columns.get(0)));
        for (int i = 1; i < columns.size(); i++) {
            joined.append(separators.charAt(i - 1)).append(text.apply(columns.get(i)));
        }
        return joined.toString();
    }

    /** Whether this is the next part in the nesting that the other one ends: a/b/c:d after a/b. */
    boolean isWithin(final Grouping outer) {
        final int size = outer.columns.size();
        return columns.size() > size && columns.subList(0, size).equals(outer.columns)
            && separators.startsWith(outer.separators + '/') && separators.lastIndexOf('/') == size - 1;
    }

    /** As R writes it when the outer groupings have terms of their own: lea:school. */
    @Override
    public String toString() {
        return columns.stream().map(Names::quote).collect(Collectors.joining(":"));
    }
}
