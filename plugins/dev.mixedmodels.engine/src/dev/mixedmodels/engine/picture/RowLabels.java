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
    private final List<Column> columns = new ArrayList<>();
    private final List<Map<Object, Integer>> codes = new ArrayList<>();
    private int units;

    private RowLabels() {
    }

    /** The units of a grouping factor; null if it is not made of columns of the table. */
    static RowLabels of(final Frame frame, final String group) {
        final RowLabels labels = new RowLabels();
        for (final String name : frame.has(group) ? new String[] {group} : group.split("[/:]")) {
            if (!frame.has(name)) {
                return null;
            }
            labels.columns.add(frame.column(name));
            labels.codes.add(new HashMap<>());
        }
        return labels;
    }

    /** The unit of a row as a number, the same for all its rows; -1 if it has none. */
    int unit(final int row) {
        Object key = null;
        for (final Column column : columns) {
            if (column.missing(row)) {
                return -1;
            }
            final Object own = column instanceof NominalColumn nominal ? (Object) nominal.code(row)
                : column instanceof IntegerColumn whole ? (Object) whole.exact(row) : (Object) column.value(row);
            key = key == null ? own : List.of(key, own);
        }
        final Integer known = codes.get(0).putIfAbsent(key, units);
        return known != null ? known : units++;
    }

    /** The name of a row's unit, outer to inner. */
    String name(final int row) {
        return String.join("/", columns.stream().map(c -> text(c, row)).toList());
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
