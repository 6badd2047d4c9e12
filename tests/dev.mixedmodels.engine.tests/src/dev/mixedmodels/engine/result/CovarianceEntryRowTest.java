package dev.mixedmodels.engine.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CovarianceEntryRowTest {
    /** Two rows of a subject at one time are two rows of V. */
    @Test
    void namesThatRepeatAreNumbered() {
        final List<CovarianceEntryRow> rows = CovarianceEntryRow.of("V", "s", List.of("4", "4", "4 (2)", "4"), new double[4][4]);
        assertEquals(List.of("4", "4 (2)", "4 (2) (2)", "4 (3)"), rows.stream().limit(4).map(CovarianceEntryRow::column).toList());
    }
}
