package org.knime.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.swing.JComponent;

import org.knime.core.node.port.PortObjectSpec;

/** The columns of a table, in order, with names that all differ. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {

    private final String name;

    private final List<DataColumnSpec> columns;

    private final Map<String, Integer> positions = new HashMap<>();

    public DataTableSpec() {
        this(new DataColumnSpec[0]);
    }

    public DataTableSpec(final DataColumnSpec... colSpecs) {
        this("default", colSpecs);
    }

    /** @throws IllegalArgumentException for two columns of one name */
    public DataTableSpec(final String name, final DataColumnSpec... colSpecs) {
        this.name = name;
        columns = List.of(colSpecs);
        for (int i = 0; i < colSpecs.length; i++) {
            if (positions.put(colSpecs[i].getName(), i) != null) {
                throw new IllegalArgumentException("Duplicate column name \"" + colSpecs[i].getName() + "\"");
            }
        }
    }

    public DataTableSpec(final String[] names, final DataType[] types) {
        this(createColumnSpecs(names, types));
    }

    /** Columns of the given names and types, without domains. */
    public static final DataColumnSpec[] createColumnSpecs(final String[] names, final DataType[] types) {
        if (names.length != types.length) {
            throw new IllegalArgumentException(names.length + " names for " + types.length + " types");
        }
        final DataColumnSpec[] specs = new DataColumnSpec[names.length];
        Arrays.setAll(specs, i -> new DataColumnSpecCreator(names[i], types[i]).createSpec());
        return specs;
    }

    public String getName() {
        return name;
    }

    public int getNumColumns() {
        return columns.size();
    }

    public final String[] getColumnNames() {
        return columns.stream().map(DataColumnSpec::getName).toArray(String[]::new);
    }

    public DataColumnSpec getColumnSpec(final int index) {
        return columns.get(index);
    }

    /** The column of that name, or null. */
    public DataColumnSpec getColumnSpec(final String column) {
        final int index = findColumnIndex(column);
        return index < 0 ? null : columns.get(index);
    }

    /** The position of a column counted from 0, or -1. */
    public int findColumnIndex(final String columnName) {
        return positions.getOrDefault(columnName, -1);
    }

    public int[] columnsToIndices(final String... columns) {
        return Arrays.stream(columns).mapToInt(this::findColumnIndex).toArray();
    }

    public boolean containsName(final String columnName) {
        return positions.containsKey(columnName);
    }

    public boolean containsCompatibleType(final Class<? extends DataValue> valueClass) {
        return columns.stream().anyMatch(c -> c.getType().isCompatible(valueClass));
    }

    /** True for the same names and types in the same order, whatever the domains. */
    public boolean equalStructure(final DataTableSpec spec) {
        if (spec == null || columns.size() != spec.columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).equalStructure(spec.columns.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The wished name, or with a number behind it when a column already has it. */
    public static String getUniqueColumnName(final DataTableSpec spec, final String columnName) {
        String unique = columnName;
        for (int i = 1; spec.containsName(unique); i++) {
            unique = columnName + " (#" + i + ")";
        }
        return unique;
    }

    @Override
    public Iterator<DataColumnSpec> iterator() {
        return columns.iterator();
    }

    public Stream<DataColumnSpec> stream() {
        return columns.stream();
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataTableSpec other && name.equals(other.name) && columns.equals(other.columns);
    }

    @Override
    public int hashCode() {
        return new ArrayList<>(columns).hashCode();
    }

    @Override
    public String toString() {
        return name + columns;
    }

    /** None here; the platform shows the columns. */
    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
