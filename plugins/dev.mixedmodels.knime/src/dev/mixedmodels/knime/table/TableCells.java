package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.result.TableLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.renderer.DataValueRenderer;

/**
 * The columns of an output table as the platform's, and the cells of its rows.
 *
 * @param <R> the record that a row shows
 */
public final class TableCells<R> {
    private static final DataColumnProperties FULL_PRECISION = new DataColumnProperties(
        Map.of(DataValueRenderer.PROPERTY_PREFERRED_RENDERER, "Full Precision"));

    private final List<DataColumnSpec> columns = new ArrayList<>();
    private final List<Function<R, DataCell>> cells = new ArrayList<>();

    /**
     * @param layout the table's columns
     */
    TableCells(final TableLayout<R> layout) {
        layout.accept(new TableLayout.Visitor<>() {
            @Override
            public void text(final String name, final Function<R, String> value) {
                add(name, StringCell.TYPE, false, record -> {
                    final String text = value.apply(record);
                    return text == null ? DataType.getMissingCell() : new StringCell(text);
                });
            }

            @Override
            public void number(final String name, final boolean precise, final ToDoubleFunction<R> value) {
                add(name, DoubleCell.TYPE, precise, record -> {
                    final double number = value.applyAsDouble(record);
                    return Double.isNaN(number) ? DataType.getMissingCell() : new DoubleCell(number);
                });
            }

            @Override
            public void count(final String name, final ToLongFunction<R> value) {
                add(name, LongCell.TYPE, false, record -> new LongCell(value.applyAsLong(record)));
            }

            @Override
            public void flag(final String name, final Predicate<R> value) {
                add(name, BooleanCell.TYPE, false,
                    record -> value.test(record) ? BooleanCell.TRUE : BooleanCell.FALSE);
            }
        });
    }

    private void add(final String name, final DataType type, final boolean precise, final Function<R, DataCell> cell) {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(name, type);
        if (precise) {
            creator.setProperties(FULL_PRECISION);
        }
        columns.add(creator.createSpec());
        cells.add(cell);
    }

    /**
     * @param layouts the columns of tables
     * @return the same as the platform's, table by table
     */
    public static DataTableSpec[] specs(final Collection<? extends TableLayout<?>> layouts) {
        return layouts.stream().map(layout -> new TableCells<>(layout).spec()).toArray(DataTableSpec[]::new);
    }

    /** The table's columns. */
    DataTableSpec spec() {
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    /** The cells of a record. */
    DataCell[] of(final R record) {
        final DataCell[] row = new DataCell[cells.size()];
        for (int c = 0; c < row.length; c++) {
            row[c] = cells.get(c).apply(record);
        }
        return row;
    }
}
