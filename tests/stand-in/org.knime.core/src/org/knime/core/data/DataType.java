package org.knime.core.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The type of a column: a cell class and the values that its cells can be read as. One instance a cell class. */
public final class DataType {

    private static final ClassValue<DataType> TYPES = new ClassValue<>() {
        @Override
        protected DataType computeValue(final Class<?> cellClass) {
            return new DataType(cellClass.asSubclass(DataCell.class));
        }
    };

    private static final DataCell MISSING = new MissingCell(null);

    private final Class<? extends DataCell> cellClass;

    private final List<Class<? extends DataValue>> valueClasses;

    private DataType(final Class<? extends DataCell> cellClass) {
        this.cellClass = cellClass;
        final Set<Class<? extends DataValue>> values = new LinkedHashSet<>();
        for (Class<?> c = cellClass; c != null; c = c.getSuperclass()) {
            collect(c, values);
        }
        valueClasses = List.copyOf(new ArrayList<>(values));
    }

    private static void collect(final Class<?> from, final Set<Class<? extends DataValue>> into) {
        for (Class<?> i : from.getInterfaces()) {
            if (DataValue.class.isAssignableFrom(i)) {
                into.add(i.asSubclass(DataValue.class));
                collect(i, into);
            }
        }
    }

    /** The type of the cells of a class. */
    public static DataType getType(final Class<? extends DataCell> cell) {
        return TYPES.get(cell);
    }

    /** The absent value without a reason. */
    public static DataCell getMissingCell() {
        return MISSING;
    }

    public boolean isMissingValueType() {
        return cellClass == MissingCell.class;
    }

    public Class<? extends DataCell> getCellClass() {
        return cellClass;
    }

    /** All value interfaces of the cell class, the preferred first. */
    public List<Class<? extends DataValue>> getValueClasses() {
        return valueClasses;
    }

    public Class<? extends DataValue> getPreferredValueClass() {
        return valueClasses.get(0);
    }

    /** True when every cell of this type can be read as the given value. */
    public boolean isCompatible(final Class<? extends DataValue> valueClass) {
        return valueClass.isAssignableFrom(cellClass);
    }

    /** True when cells of the given type may stand in a column of this type. */
    public boolean isASuperTypeOf(final DataType type) {
        return type.isMissingValueType() || cellClass.isAssignableFrom(type.cellClass);
    }

    /** The name shown to users, made of the cell class's. */
    public String getName() {
        return cellClass.getSimpleName().replaceFirst("Cell$", "");
    }

    public String toPrettyString() {
        return getName();
    }

    @Override
    public boolean equals(final Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return cellClass.getName().hashCode();
    }

    @Override
    public String toString() {
        return getName();
    }
}
