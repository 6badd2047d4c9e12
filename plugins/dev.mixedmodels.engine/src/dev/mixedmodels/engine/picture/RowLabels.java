package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which unit each row of a table belongs to, by a column or by nested columns ({@code lea/school}). */
final class RowLabels {
    private final List<String> columns;
    private final Map<Object, Integer> codes = new HashMap<>();

    private RowLabels(final List<String> columns) {
        this.columns = columns;
    }

    /** The units of a grouping factor; null if it is not made of columns of the table. */
    static RowLabels of(final Frame header, final String group) {
        final List<String> names = header.has(group) ? List.of(group) : List.of(group.split("[/:]"));
        return names.stream().allMatch(header::has) ? new RowLabels(names) : null;
    }

    /** The unit of a row as a number, the same for all its rows; -1 if it has none. */
    int unit(final Frame part, final int row) {
        Object key = null;
        for (final String name : columns) {
            final Column column = part.column(name);
            if (column.missing(row)) {
                return -1;
            }
            final Object own = column instanceof NominalColumn nominal ? (Object) nominal.text(row)
                : column instanceof IntegerColumn whole ? (Object) whole.exact(row) : (Object) column.value(row);
            key = key == null ? own : List.of(key, own);
        }
        final Integer known = codes.putIfAbsent(key, codes.size());
        return known != null ? known : codes.size() - 1;
    }

    /** The name of a row's unit, outer to inner. */
    String name(final Frame part, final int row) {
        final List<String> texts = new ArrayList<>();
        columns.forEach(name -> texts.add(text(part.column(name), row)));
        return String.join("/", texts);
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
