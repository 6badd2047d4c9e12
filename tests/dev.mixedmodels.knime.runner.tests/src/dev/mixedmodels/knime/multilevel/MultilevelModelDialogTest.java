package dev.mixedmodels.knime.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.mixed.Dialog;
import dev.mixedmodels.knime.node.CsvTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the dialog shows and guesses. */
class MultilevelModelDialogTest {
    private static Dialog dialog(final String file, final String... nominal) {
        return new Dialog(new MultilevelModelNodeFactory(), CsvTable.read(file, nominal).getDataTableSpec());
    }

    private static Dialog executed(final String file, final String... nominal) {
        return new Dialog(new MultilevelModelNodeFactory(), CsvTable.read(file, nominal));
    }

    private static List<?> columns(final Dialog dialog) {
        return ((List<?>) dialog.value("levels")).stream().map(level -> ((Map<?, ?>) level).get("column")).toList();
    }

    @Test
    void settingsHaveFlatKeys() {
        assertEquals(new TreeSet<>(Set.of("modelSpecification", "formula", "response", "fixedEffects", "interactions",
            "centering", "levels", "crossed", "method", "testType", "weights", "dfMethod", "influence", "fixedCovariance", "confidenceLevel", "varianceIntervals", "bootstrapReplicates", "seed",
            "randomTests", "meansOf", "meansAt", "adjustment", "coding", "referenceLevels", "nominalColumns",
            "missingValues",
            "showSubject", "fittedValues", "maxIterations", "tolerance")), dialog("pastes", "batch", "cask", "sample").keys());
    }

    @Test
    void formulaTakesThePlaceOfColumns() {
        final Dialog dialog = dialog("pastes", "batch", "cask", "sample");
        assertTrue(dialog.shown().containsAll(List.of("response", "levels", "crossed", "fixedEffects", "centering")));
        assertFalse(dialog.shown().contains("formula"));
        final List<String> formula = dialog.set("modelSpecification", "FORMULA").shown();
        for (final String key : List.of("response", "levels", "crossed", "fixedEffects", "interactions", "centering")) {
            assertFalse(formula.contains(key), key);
        }
        assertTrue(formula.contains("formula"));
    }

    @Test
    void guessesLevelsFromNominalColumnsFewerUnitsOutside() {
        assertEquals(List.of("batch", "sample"), columns(executed("pastes", "batch", "cask", "sample")));
        assertEquals(List.of("sample", "plate"), columns(executed("penicillin", "plate", "sample")));
        assertEquals(true, executed("penicillin", "plate", "sample").value("crossed"));
        assertEquals(List.of("lea", "school"), columns(executed("chem97", "lea", "school", "student", "gender")));
        assertEquals(List.of("batch", "cask"), columns(dialog("pastes", "batch", "cask", "sample"))); // by names
        assertEquals(List.of("Batch"), columns(dialog("dyestuff", "Batch")));
    }

    @Test
    void choicesAreColumnsThatFit() {
        final Dialog dialog = dialog("chem97", "lea", "school", "student", "gender");
        assertEquals(List.of("lea", "school", "student", "gender"), dialog.choices("levels/column"));
        assertEquals(List.of("score", "age", "gcsescore", "gcsecnt"), dialog.choices("levels/slopes"));
        assertEquals(List.of("student", "score", "gender", "age", "gcsescore"), dialog.choices("fixedEffects"));
        assertEquals("gcsecnt", dialog.value("response"));
    }

    @Test
    void showsTheModelAsAFormulaWhileItIsMade() {
        final Dialog dialog = executed("pastes", "batch", "cask", "sample");
        assertEquals("Model: strength ~ 1 + (1 | batch/sample)", dialog.message());
        assertEquals("Model: strength ~ 1 + (1 | batch) + (1 | sample)", dialog.set("crossed", true).message());
        assertEquals("Model: strength ~ 1", dialog.set("levels", "[{}]").message());
    }
}
