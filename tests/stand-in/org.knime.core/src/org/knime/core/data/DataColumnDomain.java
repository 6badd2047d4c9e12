package org.knime.core.data;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** What is known about the values of a column: the distinct ones while they are few, and the bounds of ordered ones. */
public final class DataColumnDomain {

    private final Set<DataCell> values;

    private final DataCell lower;

    private final DataCell upper;

    DataColumnDomain(final Set<? extends DataCell> values, final DataCell lower, final DataCell upper) {
        this.values = values == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(values));
        this.lower = lower;
        this.upper = upper;
    }

    /** The distinct values in order of appearance; null when they are unknown or too many. */
    public Set<DataCell> getValues() {
        return values;
    }

    public boolean hasValues() {
        return values != null;
    }

    public DataCell getLowerBound() {
        return lower;
    }

    public boolean hasLowerBound() {
        return lower != null;
    }

    public DataCell getUpperBound() {
        return upper;
    }

    public boolean hasUpperBound() {
        return upper != null;
    }

    public boolean hasBounds() {
        return lower != null && upper != null;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataColumnDomain other && Objects.equals(values, other.values)
            && Objects.equals(lower, other.lower) && Objects.equals(upper, other.upper);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, lower, upper);
    }

    @Override
    public String toString() {
        return "values=" + values + ", bounds=[" + lower + ", " + upper + "]";
    }
}
