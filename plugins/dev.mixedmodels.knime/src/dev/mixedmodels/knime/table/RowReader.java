package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;

/** Goes through the rows of an input table, of which it materialises the needed columns only. */
public final class RowReader {
    private static final long ROWS_PER_REPORT = 1000;

    private RowReader() {
    }

    /** What to do with a row. */
    @FunctionalInterface
    public interface RowConsumer {
        /**
         * @param row a row of which only the needed columns may be read
         * @throws CanceledExecutionException if the user cancelled
         */
        void accept(DataRow row) throws CanceledExecutionException;
    }

    /**
     * @param table the input
     * @param columns indices of the needed columns; one that is named twice is read once
     * @param progress progress of this pass
     * @param text what the pass does, for the user
     * @param consumer gets each row in turn
     * @throws CanceledExecutionException if the user cancelled
     */
    public static void forEach(final BufferedDataTable table, final int[] columns, final Progress progress,
        final String text, final RowConsumer consumer) throws CanceledExecutionException {
        final TableFilter needed = TableFilter.materializeCols(Arrays.stream(columns).distinct().toArray());
        final double size = Math.max(1, table.size());
        long row = 0;
        try (CloseableRowIterator rows = table.filter(needed).iterator()) {
            while (rows.hasNext()) {
                if (row % ROWS_PER_REPORT == 0) {
                    progress.report(row / size, text);
                }
                consumer.accept(rows.next());
                row++;
            }
        }
    }

    /**
     * @param cell a cell of a numeric column
     * @return its number; NaN if it is missing or not finite, which models treat alike
     */
    public static double number(final DataCell cell) {
        final double value = cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
        return Double.isInfinite(value) ? Double.NaN : value;
    }
}
