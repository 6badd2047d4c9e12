package org.knime.core.data;

import java.util.Set;

/** Makes a column's domain. */
public class DataColumnDomainCreator {

    private final Set<? extends DataCell> values;

    private final DataCell lower;

    private final DataCell upper;

    public DataColumnDomainCreator() {
        this((Set<DataCell>)null, null, null);
    }

    public DataColumnDomainCreator(final Set<? extends DataCell> values, final DataCell lowerBound,
        final DataCell upperBound) {
        this.values = values;
        lower = lowerBound;
        upper = upperBound;
    }

    public DataColumnDomain createDomain() {
        return new DataColumnDomain(values, lower, upper);
    }
}
