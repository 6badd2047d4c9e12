package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.model.StoredModel.DateOrigin;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The numbers that dates become by an origin that a model has kept, such as {@code days from 2020-01-01}. */
final class StoredDates {
    private static final String FROM = " from ";

    private StoredDates() {
    }

    static ToDoubleFunction<LocalDateTime> of(final DateOrigin origin) {
        final String[] parts = origin.text().split(FROM, 2);
        final TimeUnitMode unit =
            Arrays.stream(TimeUnitMode.values()).filter(mode -> mode.words().equals(parts[0])).findFirst().orElseThrow();
        final LocalDateTime first =
            parts[1].contains("T") ? LocalDateTime.parse(parts[1]) : LocalDate.parse(parts[1]).atStartOfDay();
        return instant -> DateNumbers.between(first, instant) / unit.seconds();
    }
}
