package dev.mixedmodels.knime.guess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.standin.run.TableBuilder;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** Guesses go by type first, then by name, then by values where these are known. */
class ColumnGuessesTest {
    private static final BufferedDataTable TRIAL = new TableBuilder().strings("arm", "a", "b", "a", "b")
        .ints("USUBJID", 1, 2, 1, 2).ints("AVISITN", 1, 1, 2, 2).doubles("base", 2, 4, 2, 4).doubles("chg", 1, 2, 5, 3)
        .doubles("age", 50, 60, 51, 60).build();

    private static ColumnGuesses names(final BufferedDataTable table) {
        return new ColumnGuesses(TableFacts.of(table.getDataTableSpec()));
    }

    private static ColumnGuesses values(final BufferedDataTable table) {
        return new ColumnGuesses(TableFacts.of(table, Progress.NONE));
    }

    @Test
    void aNameTellsTheSubjectAmongSeveralColumns() {
        assertEquals("USUBJID", names(TRIAL).group(Set.of()));
        assertEquals("USUBJID", values(TRIAL).group(Set.of()));
    }

    @Test
    void withoutATellingNameTheFirstNominalColumnIsTheSubject() {
        assertEquals("who", names(new TableBuilder().ints("k", 1).strings("who", "a").strings("what", "b").build())
            .group(Set.of()));
        assertEquals("what", names(new TableBuilder().ints("k", 1).strings("who", "a").strings("what", "b").build())
            .group(Set.of("who")));
        assertEquals("k", names(new TableBuilder().doubles("x", 1).ints("k", 1).build()).group(Set.of()));
    }

    @Test
    void groupsRepeat() {
        final BufferedDataTable table = new TableBuilder().ints("patient", 1, 2, 3, 4)
            .strings("site", "a", "a", "b", "b")
            .doubles("y", 1, 2, 3, 4).build();
        assertEquals("patient", names(table).group(Set.of()));
        assertEquals("site", values(table).group(Set.of()));
    }

    @Test
    void theResponseIsTheLastMeasurementThatVariesWithinTheGroups() {
        final BufferedDataTable table = new TableBuilder().strings("school", "a", "a", "b", "b").ints("code", 1, 2, 2, 1)
            .doubles("math", 1.5, 2, 2.5, 4).doubles("reading", 1.5, 3, 2.5, 4).doubles("wealth", 7.5, 7.5, 2, 2)
            .doubles("weeks", 1, 2, 3, 4).build();
        assertEquals("wealth", names(table).response("school", Set.of()));
        assertEquals("reading", values(table).response("school", Set.of()));
        assertEquals("math", values(table).response("school", Set.of("reading")));
        assertEquals("code", values(table).response("school", Set.of("reading", "math")));
        assertEquals("week", names(new TableBuilder().doubles("week", 1).build()).response("", Set.of()));
    }

    /** Named as in data of trials: WEIGHT may be of the body, weights are of rows. */
    @Test
    void theResponseIsWhatHasABaselineAndNoColumnOfWeights() {
        final BufferedDataTable table = new TableBuilder().strings("USUBJID", "a", "a", "b", "b")
            .doubles("FEV1_BL", 20.5, 20.5, 31, 31).doubles("FEV1", 25, 26.5, 33, 31).doubles("WEIGHT", 0.5, 0.25, 0.75, 0.5)
            .build();
        assertEquals("FEV1", names(table).response("USUBJID", Set.of()));
        assertEquals("FEV1", values(table).response("USUBJID", Set.of()));
        final TableBuilder weighted = new TableBuilder().strings("g", "a", "a", "b", "b").ints("count", 1, 2, 2, 1);
        assertEquals("count", names(weighted.doubles("w", 0.5, 0.25, 0.75, 0.5).build()).response("g", Set.of()));
        assertEquals("w", names(new TableBuilder().doubles("w", 1).build()).response("", Set.of()));
    }

    @Test
    void timesAreNumbersOrDatesAndVisitsWholeNumbersOrTexts() {
        assertEquals("AVISITN", names(TRIAL).visit("USUBJID", Set.of()));
        assertEquals("AVISITN", names(TRIAL).time("USUBJID", Set.of()));
        assertEquals("age", names(TRIAL).time("USUBJID", Set.of("AVISITN")));
        final BufferedDataTable dates =
            new TableBuilder().dates("measured", LocalDate.of(2024, 1, 1)).doubles("x", 1).build();
        assertEquals("measured", names(dates).time("", Set.of()));
        assertEquals("", names(dates).visit("", Set.of()));
    }

    @Test
    void aVisitOccursOnceForEachSubjectAndATimeVariesWithinSubjects() {
        final BufferedDataTable twice = new TableBuilder().strings("id", "a", "a", "b", "b").ints("visit", 1, 1, 1, 2)
            .ints("year", 4, 4, 5, 5).build();
        assertEquals("visit", names(twice).visit("id", Set.of()));
        assertEquals("", values(twice).visit("id", Set.of("year")));
        assertEquals("visit", values(twice).time("id", Set.of()));
        assertEquals("", values(twice).time("id", Set.of("visit")));
    }

    @Test
    void theMeanOfATrialHasVisitArmAndBaseline() {
        assertEquals(List.of("arm", "AVISITN", "base"), values(TRIAL).trialMean("AVISITN", Set.of("USUBJID", "chg")));
        assertEquals(List.of("arm", "base"), names(TRIAL).trialMean("", Set.of("USUBJID", "chg")));
    }

    @Test
    void wordsThatOnlyContainAShortNameAreNotTimes() {
        final BufferedDataTable table = new TableBuilder().doubles("wage", 1).doubles("monday", 2).doubles("yearly", 3)
            .doubles("days_since", 4).build();
        assertEquals("days_since", names(table).time("", Set.of()));
    }

    @Test
    void levelsAreUnitsThatRepeatTheOutermostFirst() {
        final String[] pupils = new String[40];
        final String[] schools = new String[40];
        final double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            pupils[i] = "p" + i / 2;
            schools[i] = "s" + i / 8;
            y[i] = i * i % 7;
        }
        final BufferedDataTable table =
            new TableBuilder().strings("pupil", pupils).strings("school", schools).doubles("y", y).build();
        assertEquals(List.of("school", "pupil"), values(table).levels(Set.of()));
        assertEquals(false, values(table).crossed(List.of("school", "pupil")));
        assertEquals(List.of("school"), values(table).levels(Set.of("pupil")));
    }

    @Test
    void levelsWithOneRowForEachCombinationAreCrossed() {
        final String[] plates = new String[20];
        final String[] samples = new String[20];
        for (int i = 0; i < 20; i++) {
            plates[i] = "p" + i / 4;
            samples[i] = "s" + i % 4;
        }
        final BufferedDataTable table = new TableBuilder().strings("plate", plates).strings("sample", samples).build();
        assertEquals(List.of("sample", "plate"), values(table).levels(Set.of()));
        assertEquals(true, values(table).crossed(List.of("sample", "plate")));
    }

    @Test
    void withoutATableEveryGuessIsEmpty() {
        final ColumnGuesses none = Guesses.byNames(null).columns();
        assertEquals("", none.group(Set.of()));
        assertEquals("", none.response("", Set.of()));
        assertEquals("", none.time("", Set.of()));
        assertEquals(List.of(), none.levels(Set.of()));
        assertEquals("", none.units(Set.of()).estimate());
    }
}
