package dev.mixedmodels.knime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.standin.run.TableBuilder;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;

/** Guesses go by type first, then by name. */
class ColumnGuessesTest {
    private static final DataTableSpec TRIAL = new TableBuilder().strings("arm", "a", "b").ints("USUBJID", 1, 2)
        .ints("AVISITN", 1, 2).doubles("chg", 1, 2).doubles("age", 50, 60).build().getDataTableSpec();

    @Test
    void aNameTellsTheSubjectAmongSeveralColumns() {
        assertEquals("USUBJID", ColumnGuesses.subject(TRIAL));
    }

    @Test
    void withoutATellingNameTheFirstNominalColumnIsTheSubject() {
        assertEquals("who", ColumnGuesses.subject(new TableBuilder().ints("k", 1).strings("who", "a")
            .strings("what", "b").build().getDataTableSpec()));
        assertEquals("k", ColumnGuesses.subject(new TableBuilder().doubles("x", 1).ints("k", 1).build()
            .getDataTableSpec()));
    }

    @Test
    void theResponseIsTheLastNumberThatIsNeitherTimeNorName() {
        assertEquals("chg", ColumnGuesses.response(TRIAL, "USUBJID"));
        assertEquals("week", ColumnGuesses.response(new TableBuilder().doubles("week", 1).build().getDataTableSpec(),
            "")); // better than none
    }

    @Test
    void timesAreNumbersOrDatesAndVisitsWholeNumbersOrTexts() {
        assertEquals("AVISITN", ColumnGuesses.visit(TRIAL, List.of()));
        assertEquals("AVISITN", ColumnGuesses.time(TRIAL, List.of()));
        assertEquals("age", ColumnGuesses.time(TRIAL, List.of("AVISITN")));
        final DataTableSpec dates = new TableBuilder().dates("measured", LocalDate.of(2024, 1, 1)).doubles("x", 1)
            .build().getDataTableSpec();
        assertEquals("measured", ColumnGuesses.time(dates, List.of()));
        assertEquals("", ColumnGuesses.visit(dates, List.of()));
    }

    @Test
    void wordsThatOnlyContainAShortNameAreNotTimes() {
        final DataTableSpec spec = new TableBuilder().doubles("wage", 1).doubles("monday", 2).doubles("yearly", 3)
            .doubles("days_since", 4).build().getDataTableSpec();
        assertEquals("days_since", ColumnGuesses.time(spec, List.of()));
    }

    @Test
    void withoutATableEveryGuessIsEmpty() {
        assertEquals("", ColumnGuesses.subject(null));
        assertEquals("", ColumnGuesses.response(null, ""));
        assertEquals("", ColumnGuesses.time(null, List.of()));
        assertEquals(List.of(), ColumnGuesses.levels(null, ""));
    }

    @Test
    void domainsTellHowManyLevelsThereAreAtMost() {
        assertEquals(2, ColumnGuesses.levelsAtMost(TRIAL, "arm"));
        final DataTableSpec years = new TableBuilder().ints("year", 2001, 2004).build().getDataTableSpec();
        assertEquals(4, ColumnGuesses.levelsAtMost(years, "year"));
        assertEquals(Integer.MAX_VALUE, ColumnGuesses.levelsAtMost(TRIAL, "chg"));
    }
}
