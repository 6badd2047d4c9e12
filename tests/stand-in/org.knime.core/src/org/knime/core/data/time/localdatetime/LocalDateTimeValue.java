package org.knime.core.data.time.localdatetime;

import java.time.LocalDateTime;

import org.knime.core.data.DataValue;

/** A cell that can be read as a date with a time of day, without a time zone. */
public interface LocalDateTimeValue extends DataValue {
    LocalDateTime getLocalDateTime();
}
