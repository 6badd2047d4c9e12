package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names of the units that rows belong to, by a column or by nested columns ({@code lea/school}).
 *
 * @param columns from the outer to the inner one
 */
record RowLabels(List<String> columns) {
    /** The units of a grouping factor; null if it is not made of columns of the table. */
    static RowLabels of(final Frame header, final String group) {
        final List<String> names = header.has(group) ? List.of(group) : List.of(group.split("[/:]"));
        return names.stream().allMatch(header::has) ? new RowLabels(names) : null;
    }

    /** The name of a row's unit, outer to inner. */
    String name(final Frame from, final int row) {
        return columns.stream().map(column -> text(from.column(column), row)).collect(Collectors.joining("/"));
    }

    /** A value of a column as text. */
    static String text(final Column column, final int row) {
        if (column instanceof NominalColumn nominal) {
            return nominal.text(row);
        } else if (column instanceof IntegerColumn whole) {
            return Long.toString(whole.exact(row));
        }
        return Double.toString(column.value(row));
    }
}
