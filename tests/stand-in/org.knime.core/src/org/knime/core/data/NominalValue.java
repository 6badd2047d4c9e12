package org.knime.core.data;

/** Marks a cell that can serve as a category. */
public interface NominalValue extends DataValue {
}
