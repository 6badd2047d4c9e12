package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.time.localdate.LocalDateValue;
import org.knime.core.data.time.localdatetime.LocalDateTimeValue;
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

    /** Hands a cell that is not missing to the builder. */
    @FunctionalInterface
    private interface CellReader {
        void read(FrameBuilder builder, DataCell cell);
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
                reader(table.getDataTableSpec().getColumnSpec(name), nominal, dates, builder)))
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

    private static void checkSize(final long rows, final int columns) {
        final double bytes = (double) rows * columns * LARGEST_CELL;
        final double heap = Runtime.getRuntime().maxMemory();
        if (bytes > SHARE_OF_HEAP * heap) {
            throw new ModelException("The " + columns + " columns that the model uses need about "
                + Math.round(bytes / (1 << 20)) + " MiB for " + rows + " rows, and " + Math.round(heap / (1 << 20))
                + " MiB are there in all. Give KNIME more memory (-Xmx in knime.ini), use fewer columns or fewer "
                + "rows.");
        }
    }

    private static CellReader reader(final DataColumnSpec spec, final Set<String> nominal,
        final List<DateNumbers> dates, final FrameBuilder builder) {
        final String name = spec.getName();
        if (ColumnChecks.isNominal(spec)) {
            final int column = builder.addNominal(name);
            return (b, cell) -> b.text(column, cell.toString());
        }
        if (spec.getType().isCompatible(LongValue.class) && nominal.contains(name)) {
            final int column = builder.addNominal(name);
            return (b, cell) -> b.text(column, Long.toString(((LongValue) cell).getLongValue()));
        }
        if (spec.getType().isCompatible(LongValue.class)) {
            final int column = builder.addInteger(name);
            return (b, cell) -> b.integer(column, ((LongValue) cell).getLongValue());
        }
        if (spec.getType().isCompatible(DoubleValue.class)) {
            final int column = builder.addNumeric(name);
            return (b, cell) -> b.number(column, ((DoubleValue) cell).getDoubleValue());
        }
        final boolean dateOnly = spec.getType().isCompatible(LocalDateValue.class);
        if (dateOnly || spec.getType().isCompatible(LocalDateTimeValue.class)) {
            final int column = builder.addNumeric(name);
            final DateNumbers numbers = new DateNumbers(name);
            dates.add(numbers);
            return dateOnly
                ? (b, cell) -> b.number(column, numbers.seconds(((LocalDateValue) cell).getLocalDate()))
                : (b, cell) -> b.number(column, numbers.seconds(((LocalDateTimeValue) cell).getLocalDateTime()));
        }
        throw new ModelException("The column \"" + name + "\" is of type " + spec.getType().getName()
            + ", which a model cannot use. Choose a column of numbers, texts or dates.");
    }
}
