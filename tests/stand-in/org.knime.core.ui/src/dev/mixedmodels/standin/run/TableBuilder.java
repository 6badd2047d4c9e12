package dev.mixedmodels.standin.run;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

import dev.mixedmodels.standin.cell.LocalDateCell;
import dev.mixedmodels.standin.progress.ProgressState;

/** Makes a small input table column by column; null stands for a missing value. Row ids are Row0, Row1, ... */
public final class TableBuilder {

    private final List<DataColumnSpec> specs = new ArrayList<>();

    private final List<DataCell[]> columns = new ArrayList<>();

    /** Doubles; NaN stays NaN. */
    public TableBuilder doubles(final String name, final double... values) {
        return boxedDoubles(name, DoubleStream.of(values).boxed().toArray(Double[]::new));
    }

    /** Doubles, of which some may be missing. */
    public TableBuilder boxedDoubles(final String name, final Double... values) {
        return column(name, DoubleCell.TYPE, DoubleCell::new, values);
    }

    public TableBuilder ints(final String name, final Integer... values) {
        return column(name, IntCell.TYPE, IntCell::new, values);
    }

    public TableBuilder longs(final String name, final Long... values) {
        return column(name, LongCell.TYPE, LongCell::new, values);
    }

    public TableBuilder strings(final String name, final String... values) {
        return column(name, StringCell.TYPE, StringCell::new, values);
    }

    public TableBuilder dates(final String name, final LocalDate... values) {
        return column(name, LocalDateCell.TYPE, LocalDateCell::new, values);
    }

    /** Cells of any type. */
    public TableBuilder cells(final String name, final DataType type, final DataCell... cells) {
        specs.add(new DataColumnSpecCreator(name, type).createSpec());
        columns.add(cells.clone());
        return this;
    }

    private <T> TableBuilder column(final String name, final DataType type, final Function<T, DataCell> toCell,
        final T[] values) {
        return cells(name, type, Arrays.stream(values).map(v -> v == null ? DataType.getMissingCell() : toCell.apply(v))
            .toArray(DataCell[]::new));
    }

    /** @throws IllegalArgumentException when the columns are not of the same length */
    public BufferedDataTable build() {
        final BufferedDataContainer container = new ExecutionContext(new ProgressState(), null)
            .createDataContainer(new DataTableSpec(specs.toArray(DataColumnSpec[]::new)));
        final int rows = columns.isEmpty() ? 0 : columns.get(0).length;
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).length != rows) {
                throw new IllegalArgumentException("Column \"" + specs.get(column).getName() + "\" has "
                    + columns.get(column).length + " values instead of " + rows + ".");
            }
        }
        for (int row = 0; row < rows; row++) {
            final DataCell[] cells = new DataCell[columns.size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = columns.get(column)[row];
            }
            container.addRowToTable(new DefaultRow(RowKey.createRowKey(row), cells));
        }
        container.close();
        return container.getTable();
    }
}
