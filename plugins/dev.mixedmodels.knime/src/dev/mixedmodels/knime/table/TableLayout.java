package dev.mixedmodels.knime.table;

import java.util.ArrayList;
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
 * The columns of an output table and how a record of the engine becomes its cells. NaN becomes a missing cell.
 *
 * @param <R> the record
 */
public final class TableLayout<R> {
    private static final DataColumnProperties FULL_PRECISION = new DataColumnProperties(
        Map.of(DataValueRenderer.PROPERTY_PREFERRED_RENDERER, "Full Precision"));

    private final List<DataColumnSpec> columns = new ArrayList<>();
    private final List<Function<R, DataCell>> cells = new ArrayList<>();

    private TableLayout<R> add(final String name, final DataType type, final DataColumnProperties properties,
        final Function<R, DataCell> cell) {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(name, type);
        if (properties != null) {
            creator.setProperties(properties);
        }
        columns.add(creator.createSpec());
        cells.add(cell);
        return this;
    }

    /**
     * Adds a column of texts.
     *
     * @param name its name
     * @param value gives the text of a record
     * @return this
     */
    public TableLayout<R> text(final String name, final Function<R, String> value) {
        return add(name, StringCell.TYPE, null, record -> new StringCell(value.apply(record)));
    }

    /**
     * Adds a column of texts, of which some may be missing.
     *
     * @param name its name
     * @param value gives the text of a record, or null
     * @return this
     */
    public TableLayout<R> optionalText(final String name, final Function<R, String> value) {
        return add(name, StringCell.TYPE, null, record -> {
            final String text = value.apply(record);
            return text == null ? DataType.getMissingCell() : new StringCell(text);
        });
    }

    /**
     * Adds a column of numbers.
     *
     * @param name its name
     * @param value gives the number of a record; one that is beyond all numbers is missing like NaN
     * @return this
     */
    public TableLayout<R> number(final String name, final ToDoubleFunction<R> value) {
        return add(name, DoubleCell.TYPE, null, record -> cell(finite(value.applyAsDouble(record))));
    }

    /**
     * Adds a column of numbers of which some may be infinite, such as degrees of freedom.
     *
     * @param name its name
     * @param value gives the number of a record, NaN for a missing one
     * @return this
     */
    public TableLayout<R> limit(final String name, final ToDoubleFunction<R> value) {
        return add(name, DoubleCell.TYPE, null, record -> cell(value.applyAsDouble(record)));
    }

    /**
     * Adds a column of numbers that are shown with all their digits, for they may be very small.
     *
     * @param name its name
     * @param value gives the number of a record
     * @return this
     */
    public TableLayout<R> preciseNumber(final String name, final ToDoubleFunction<R> value) {
        return add(name, DoubleCell.TYPE, FULL_PRECISION, record -> cell(finite(value.applyAsDouble(record))));
    }

    /**
     * Adds a column of counts.
     *
     * @param name its name
     * @param value gives the count of a record
     * @return this
     */
    public TableLayout<R> count(final String name, final ToLongFunction<R> value) {
        return add(name, LongCell.TYPE, null, record -> new LongCell(value.applyAsLong(record)));
    }

    /** Adds a column of truth values. */
    TableLayout<R> flag(final String name, final Predicate<R> value) {
        return add(name, BooleanCell.TYPE, null, record -> value.test(record) ? BooleanCell.TRUE : BooleanCell.FALSE);
    }

    private static double finite(final double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** A missing cell for NaN; adding 0 makes -0.0, which a table would show as -0, the ordinary zero. */
    private static DataCell cell(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value + 0.0);
    }

    /**
     * @return the table's columns
     */
    public DataTableSpec spec() {
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    /** The cells of a record. */
    DataCell[] cells(final R record) {
        final DataCell[] row = new DataCell[cells.size()];
        for (int c = 0; c < row.length; c++) {
            row[c] = cells.get(c).apply(record);
        }
        return row;
    }
}
