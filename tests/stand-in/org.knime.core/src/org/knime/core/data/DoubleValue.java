package org.knime.core.data;

/** A cell that can be read as a double, NaN and infinities included. */
public interface DoubleValue extends DataValue {
    double getDoubleValue();
}
