package dev.mixedmodels.knime.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class DateNumbersTest {
    private static NumericColumn column(final TimeUnitMode unit, final LocalDateTime... instants) {
        final DateNumbers numbers = new DateNumbers("t");
        final double[] seconds = new double[instants.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = instants[i] == null ? Double.NaN : numbers.seconds(instants[i]);
        }
        return numbers.since(new NumericColumn("t", seconds), unit);
    }

    @Test
    void theFirstDateIsTheOriginWhereverItStands() {
        final LocalDateTime a = LocalDateTime.of(2017, 3, 14, 9, 0, 2);
        final LocalDateTime b = LocalDateTime.of(2017, 3, 14, 9, 0, 0);
        final LocalDateTime c = LocalDateTime.of(2017, 3, 14, 9, 0, 1);
        assertArrayEquals(new double[] {2, 0, Double.NaN, 1}, column(TimeUnitMode.SECONDS, a, b, null, c).toArray());
        assertArrayEquals(new double[] {1 / 3600.0, 2 / 3600.0, 0}, column(TimeUnitMode.HOURS, c, a, b).toArray());
        assertEquals("hours from 2017-03-14T09:00", column(TimeUnitMode.HOURS, c, a, b).origin());
    }

    @Test
    void datesWithoutATimeOfDayAreDays() {
        final DateNumbers numbers = new DateNumbers("t");
        final double[] seconds = {numbers.seconds(LocalDate.of(2020, 3, 1).atStartOfDay()),
            numbers.seconds(LocalDate.of(1899, 12, 31).atStartOfDay()),
            numbers.seconds(LocalDate.of(2020, 2, 1).atStartOfDay())};
        final NumericColumn days = numbers.since(new NumericColumn("t", seconds), TimeUnitMode.DAYS);
        assertArrayEquals(new double[] {43890, 0, 43861}, days.toArray());
        assertEquals("days from 1899-12-31", days.origin());
    }

    @Test
    void aColumnWithoutDatesStaysEmpty() {
        final NumericColumn empty = new NumericColumn("t", new double[] {Double.NaN});
        assertSame(empty, new DateNumbers("t").since(empty, TimeUnitMode.DAYS));
    }
}
