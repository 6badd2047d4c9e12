package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.knime.settings.ColumnChecks;
import java.time.LocalDateTime;
import java.util.function.ToDoubleFunction;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.time.localdate.LocalDateValue;
import org.knime.core.data.time.localdatetime.LocalDateTimeValue;

/** Hands a cell that is not missing to a frame that is being built. */
@FunctionalInterface
interface CellReader {
    /**
     * @param builder takes the value
     * @param cell not missing
     */
    void read(FrameBuilder builder, DataCell cell);

    /**
     * Declares a column: texts and truth values become nominal, whole numbers integer, other numbers and dates numeric.
     *
     * @param spec the column of the table
     * @param nominal whether whole numbers become nominal too
     * @param origin of a column of dates, what they are counted in and from; empty of one without dates
     * @param builder gets the column
     * @return reads its cells for this builder and for others with the same columns
     * @throws ModelException if the column is of a type that models cannot use
     */
    static CellReader of(final DataColumnSpec spec, final boolean nominal,
        final String origin, final FrameBuilder builder) {
        final String name = spec.getName();
        if (ColumnChecks.isNominal(spec)) {
            final int column = builder.addNominal(name);
            return (b, cell) -> b.text(column, cell.toString());
        }
        if (spec.getType().isCompatible(LongValue.class) && nominal) {
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
        if (ColumnChecks.isDate(spec)) {
            final int column = builder.addTimes(name, origin);
            final ToDoubleFunction<LocalDateTime> number = origin.isEmpty() ? date -> Double.NaN : DateNumbers.of(origin);
            return (b, cell) -> b.number(column, number.applyAsDouble(date(cell)));
        }
        throw new ModelException("The column \"" + name + "\" is of type " + spec.getType().getName()
            + ", which a model cannot use. Choose a column of numbers, texts or dates.");
    }

    /**
     * @param cell a date that is not missing
     * @return when it was
     */
    static LocalDateTime date(final DataCell cell) {
        return cell instanceof LocalDateValue day ? day.getLocalDate().atStartOfDay()
            : ((LocalDateTimeValue) cell).getLocalDateTime();
    }
}
