package dev.mixedmodels.standin.table;

import java.util.LinkedHashSet;
import java.util.Set;

import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.NominalValue;

/** Follows the domain of a column: the distinct values of a nominal one up to 60, the bounds of a numeric one. */
final class DomainTracker {

    private static final int MAX_VALUES = 60;

    private final boolean bounded;

    private Set<DataCell> values;

    private DataCell lower;

    private DataCell upper;

    private double min = Double.POSITIVE_INFINITY;

    private double max = Double.NEGATIVE_INFINITY;

    DomainTracker(final DataType type) {
        values = type.isCompatible(NominalValue.class) ? new LinkedHashSet<>() : null;
        bounded = type.isCompatible(BoundedValue.class) && type.isCompatible(DoubleValue.class);
    }

    void add(final DataCell cell) {
        if (cell.isMissing()) {
            return;
        }
        if (values != null && values.add(cell) && values.size() > MAX_VALUES) {
            values = null;
        }
        if (bounded) {
            widen(cell, ((DoubleValue)cell).getDoubleValue());
        }
    }

    private void widen(final DataCell cell, final double value) {
        if (value < min) {
            min = value;
            lower = cell;
        }
        if (value > max) {
            max = value;
            upper = cell;
        }
    }

    DataColumnDomain domain() {
        return new DataColumnDomainCreator(values, lower, upper).createDomain();
    }
}
