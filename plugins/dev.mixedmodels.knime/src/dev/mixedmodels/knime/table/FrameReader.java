package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;

/**
 * Reads the needed columns of an input table into a frame in one pass. Texts and truth values become nominal columns,
 * whole numbers integer columns (numbers and possible groups), other numbers numeric columns, dates numbers of a unit
 * from the first of their column on.
 */
public final class FrameReader {
    /** Part of the heap that the columns may take, the rest is for the fit. */
    private static final double SHARE_OF_HEAP = 0.7;
    private static final int LARGEST_CELL = 8;

    private FrameReader() {
    }

    private record Column(int index, CellReader reader) {
    }

    /**
     * @param table the input
     * @param names the needed columns, which the table has
     * @param nominal columns of whole numbers that become nominal columns
     * @param unit what dates are counted in
     * @param progress progress of this pass
     * @return the columns in the same order, with all rows of the table
     * @throws CanceledExecutionException if the user cancelled
     * @throws ModelException if the columns do not fit into memory, or if one is of a type that models cannot use
     */
    public static Frame read(final BufferedDataTable table, final Collection<String> names,
        final Set<String> nominal, final TimeUnitMode unit, final Progress progress) throws CanceledExecutionException {
        checkSize(table.size(), names.size());
        final FrameBuilder builder = new FrameBuilder(table.size());
        final List<DateNumbers> dates = new ArrayList<>();
        final List<Column> columns = names.stream().distinct()
            .map(name -> new Column(table.getDataTableSpec().findColumnIndex(name),
                CellReader.of(table.getDataTableSpec().getColumnSpec(name), nominal.contains(name), date -> {
                    dates.add(new DateNumbers(date));
                    return dates.get(dates.size() - 1)::seconds;
                }, builder)))
            .toList();
        RowReader.forEach(table, columns.stream().mapToInt(Column::index).toArray(), progress, "Reading rows", row -> {
            for (final Column column : columns) {
                final DataCell cell = row.getCell(column.index);
                if (!cell.isMissing()) {
                    column.reader.read(builder, cell);
                }
            }
            builder.endRow();
        });
        Frame frame = builder.build().named(new RowIds(table));
        for (final DateNumbers column : dates) {
            frame = frame.with(column.since((NumericColumn) frame.column(column.name()), unit));
        }
        return frame;
    }

    static void checkSize(final long rows, final int columns) {
        final double bytes = (double) rows * columns * LARGEST_CELL;
        final double heap = Runtime.getRuntime().maxMemory();
        if (bytes > SHARE_OF_HEAP * heap) {
            throw new ModelException("The " + columns + " columns that the model uses need about "
                + Math.round(bytes / (1 << 20)) + " MiB for " + rows + " rows, and " + Math.round(heap / (1 << 20))
                + " MiB are there in all. Give KNIME more memory (-Xmx in knime.ini), use fewer columns or fewer "
                + "rows.");
        }
    }
}
