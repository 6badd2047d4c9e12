package org.knime.core.data.time.localdate;

import java.time.LocalDate;

import org.knime.core.data.DataValue;

/** A cell that can be read as a date without a time of day. */
public interface LocalDateValue extends DataValue {
    LocalDate getLocalDate();
}
