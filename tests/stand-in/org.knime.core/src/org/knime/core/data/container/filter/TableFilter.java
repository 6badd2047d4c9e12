package org.knime.core.data.container.filter;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.knime.core.data.DataTableSpec;

/** Which columns of a table will be read; positions stay those of the table. */
public final class TableFilter {

    private final Set<Integer> columns;

    private TableFilter(final Set<Integer> columns) {
        this.columns = columns;
    }

    /**
     * Only the columns at these positions.
     *
     * @throws IllegalArgumentException for a position that is given twice
     */
    public static TableFilter materializeCols(final int... indices) {
        final Set<Integer> set = new TreeSet<>();
        for (int i : indices) {
            if (!set.add(i)) {
                throw new IllegalArgumentException("Column " + i + " is given twice");
            }
        }
        return new TableFilter(set);
    }

    /** Only the columns of these names. */
    public static TableFilter materializeCols(final DataTableSpec spec, final String... columnNames) {
        return materializeCols(spec.columnsToIndices(columnNames));
    }

    public Optional<Set<Integer>> getMaterializeColumnIndices() {
        return Optional.of(columns);
    }

    /** @throws IndexOutOfBoundsException for a column that the table does not have */
    public void validate(final DataTableSpec spec, final long size) {
        for (int i : columns) {
            if (i < 0 || i >= spec.getNumColumns()) {
                throw new IndexOutOfBoundsException(
                    "Column index " + i + " of a table of " + spec.getNumColumns() + " columns");
            }
        }
    }
}
