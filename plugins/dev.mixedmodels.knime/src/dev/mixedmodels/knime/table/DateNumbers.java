package dev.mixedmodels.knime.table;

import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The numbers that dates become by an origin, such as {@code days from 2020-01-01}. */
final class DateNumbers {
    private static final double NANOSECOND = 1e-9;
    private static final String FROM = " from ";

    private DateNumbers() {
    }

    static ToDoubleFunction<LocalDateTime> of(final String origin) {
        final String[] parts = origin.split(FROM, 2);
        final TimeUnitMode unit =
            Arrays.stream(TimeUnitMode.values()).filter(mode -> mode.words().equals(parts[0])).findFirst().orElseThrow();
        final LocalDateTime first =
            parts[1].contains("T") ? LocalDateTime.parse(parts[1]) : LocalDate.parse(parts[1]).atStartOfDay();
        return instant -> {
            final Duration duration = Duration.between(first, instant);
            return (duration.getSeconds() + duration.getNano() * NANOSECOND) / unit.seconds();
        };
    }
}
