package dev.mixedmodels.knime.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.mixed.Dialog;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.TableBuilder;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the dialog shows and guesses. */
class MarginalRepeatedMeasuresDialogTest {
    private static Dialog dialog() {
        return new Dialog(new MarginalRepeatedMeasuresNodeFactory(),
            CsvTable.read("hetar1", "subject", "arm", "visit").getDataTableSpec());
    }

    @Test
    void settingsHaveFlatKeys() {
        assertEquals(new TreeSet<>(Set.of("modelSpecification", "formula", "response", "subject", "visit", "time",
            "timeUnit", "timeCurve", "timeDegree", "timeDf", "fixedEffects", "interactions", "structure", "coordinates", "nugget", "structureBy", "compareStructures",
            "method", "testType", "weights", "dfMethod", "influence", "fixedCovariance", "confidenceLevel", "varianceIntervals", "randomTests", "meansOf",
            "meansAt", "adjustment", "coding", "referenceLevels", "nominalColumns", "visitOrder", "missingValues",
            "showSubject",
            "fittedValues", "maxIterations", "tolerance")), dialog().keys());
    }

    @Test
    void formulaTakesThePlaceOfColumns() {
        final List<String> columns = dialog().shown();
        assertTrue(columns.containsAll(List.of("response", "fixedEffects", "interactions", "subject", "visit")));
        assertFalse(columns.contains("formula"));
        final List<String> formula = dialog().set("modelSpecification", "FORMULA").shown();
        assertTrue(formula.containsAll(List.of("formula", "subject", "visit", "structure")));
        assertFalse(formula.contains("response") || formula.contains("fixedEffects") || formula.contains("timeDegree"));
    }

    @Test
    void fieldsOfTimeAndVisitsAppearWithThem() {
        assertFalse(dialog().shown().contains("timeDegree"));
        assertTrue(dialog().set("time", "baseline").shown().containsAll(List.of("timeDegree", "timeCurve")));
        assertTrue(dialog().set("time", "baseline").set("timeCurve", "NATURAL_SPLINE").shown().contains("timeDf"));
        assertTrue(dialog().shown().contains("visitOrder"));
        assertFalse(dialog().set("visit", "").shown().contains("visitOrder"));
        assertFalse(dialog().shown().contains("timeUnit"));
        assertTrue(new Dialog(new MarginalRepeatedMeasuresNodeFactory(), new TableBuilder().strings("id", "a")
            .dates("day", LocalDate.of(2024, 1, 1)).doubles("y", 1).build().getDataTableSpec()).shown()
            .contains("timeUnit"));
    }

    @Test
    void choicesAreColumnsThatFit() {
        assertEquals(List.of("<none>", "subject", "arm", "visit"), dialog().choices("subject"));
        assertEquals(List.of("<none>", "subject", "arm", "visit"), dialog().choices("visit"));
        assertEquals(List.of("<none>", "baseline", "y"), dialog().choices("time"));
        assertEquals("visit", dialog().choices("interactions/first").get(0));
        assertTrue(dialog().choices("meansOf").contains("arm:visit"));
        assertEquals(List.of("1", "2", "3", "4", "5"), dialog().choices("visitOrder"));
        assertEquals(19, dialog().choices("compareStructures").size());
    }

    @Test
    void guessesByTypeAndName() {
        assertEquals("subject", dialog().value("subject"));
        assertEquals("visit", dialog().value("visit"));
        assertEquals("y", dialog().value("response"));
        assertEquals(List.of("arm", "visit", "baseline"), dialog().value("fixedEffects"));
        assertEquals("AUTOMATIC", dialog().value("structure"));
        final Dialog growth = new Dialog(new MarginalRepeatedMeasuresNodeFactory(),
            CsvTable.read("orthodont", "Subject", "Sex").getDataTableSpec());
        assertEquals("age", growth.value("time"));
        assertEquals("<none>", growth.value("visit"));
        assertEquals("distance", growth.value("response"));
        assertEquals(List.of(), growth.value("fixedEffects"));
    }

    @Test
    void showsTheMeanAsAFormulaWhileItIsMade() {
        assertEquals("Model: y ~ arm + visit + baseline", dialog().message());
        assertEquals("Model: y ~ arm + visit + baseline + arm:visit",
            dialog().set("interactions", "[{\"first\":\"visit\",\"second\":\"arm\"}]").message());
    }
}
