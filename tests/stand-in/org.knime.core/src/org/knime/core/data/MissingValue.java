package org.knime.core.data;

/** An absent value and the reason of its absence. */
public interface MissingValue extends DataValue {
    /** The reason, or null when none was given. */
    String getError();
}
