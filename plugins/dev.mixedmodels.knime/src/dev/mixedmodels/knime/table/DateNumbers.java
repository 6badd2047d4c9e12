package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * The numbers that a column of dates becomes: time since the first one. Until all are read they are seconds since the
 * one that was read first, which whole seconds are exactly.
 */
final class DateNumbers {
    private static final double NANOSECOND = 1e-9;

    private final String name;
    private LocalDateTime zero;
    private LocalDateTime first;

    /**
     * @param name name of the column
     */
    DateNumbers(final String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    double seconds(final LocalDateTime instant) {
        if (zero == null) {
            zero = instant;
            first = instant;
        }
        first = instant.isBefore(first) ? instant : first;
        return between(zero, instant);
    }

    /** Seconds between two points in time. */
    static double between(final LocalDateTime from, final LocalDateTime to) {
        final Duration duration = Duration.between(from, to);
        return duration.getSeconds() + duration.getNano() * NANOSECOND;
    }

    /**
     * @param seconds the column as it was read
     * @param unit of the numbers
     * @return the column in that unit from its first date on; the same if it has none
     */
    NumericColumn since(final NumericColumn seconds, final TimeUnitMode unit) {
        if (first == null) {
            return seconds;
        }
        final double origin = between(zero, first);
        final double[] values = seconds.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - origin) / unit.seconds();
        }
        final String text =
            first.toLocalTime().equals(LocalTime.MIDNIGHT) ? first.toLocalDate().toString() : first.toString();
        return NumericColumn.ofTimes(name, values, unit.words() + " from " + text);
    }
}
