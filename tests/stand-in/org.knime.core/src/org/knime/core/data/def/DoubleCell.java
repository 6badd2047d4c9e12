package org.knime.core.data.def;

import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;

/** A double; NaN and infinities are values, not missing cells. */
public final class DoubleCell extends DataCell implements DoubleValue, BoundedValue {

    private static final long serialVersionUID = 1L;

    public static final DataType TYPE = DataType.getType(DoubleCell.class);

    private final double value;

    public DoubleCell(final double d) {
        value = d;
    }

    @Override
    public double getDoubleValue() {
        return value;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        final double other = ((DoubleCell)dc).value;
        return value == other || Double.isNaN(value) && Double.isNaN(other);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value + 0.0); // the same for 0.0 and -0.0
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
