package org.knime.core.data;

/** Marks a cell of an ordered type, whose column has a smallest and a largest value. */
public interface BoundedValue extends DataValue {
}
