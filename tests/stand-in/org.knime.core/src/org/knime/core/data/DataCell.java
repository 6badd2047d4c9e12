package org.knime.core.data;

import java.io.Serializable;

/** One immutable cell of a table. Two cells are equal when they are of one class and of equal content. */
public abstract class DataCell implements DataValue, Serializable {

    private static final long serialVersionUID = 1L;

    public final DataType getType() {
        return DataType.getType(getClass());
    }

    /** True for the absent value only; never null stands for it. */
    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    @Override
    public final boolean equals(final Object o) {
        return this == o || o != null && o.getClass() == getClass() && equalsDataCell((DataCell)o);
    }

    /** Compares the contents of two cells of the same class. */
    protected abstract boolean equalsDataCell(DataCell dc);

    @Override
    public abstract int hashCode();
}
