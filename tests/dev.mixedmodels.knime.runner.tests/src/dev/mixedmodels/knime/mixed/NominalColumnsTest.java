package dev.mixedmodels.knime.mixed;

import static dev.mixedmodels.knime.node.NodeChecks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** Whole numbers that are codes: said in the dialog, and taken as categories where they are chosen as such. */
class NominalColumnsTest {
    private static final String TITLE = "Whole numbers taken as categories";

    private static NodeRun trial(final BufferedDataTable table) {
        return NodeRun.of(new MultilevelModelNodeFactory()).input(table).set("response", "y")
            .set("levels", "[{\"column\":\"subject\"}]").set("fixedEffects", "arm,visit");
    }

    @Test
    void aCodeIsReadAsIfItWereText() {
        final NodeResult text = trial(CsvTable.read("hetar1", "subject", "arm", "visit")).run();
        final NodeResult code = trial(CsvTable.typed("hetar1")).set("nominalColumns", "visit").run();
        final NodeResult number = trial(CsvTable.typed("hetar1")).run();
        assertTrue(code.isOk(), () -> code.error().orElseThrow());
        assertEquals(text.view(0).texts("Term"), code.view(0).texts("Term"));
        assertEquals(6, code.view(0).rows());
        assertEquals(3, number.view(0).rows());
        for (final String column : new String[] {"Estimate", "Std. Error", "df"}) {
            assertEquals(Arrays.toString(text.view(0).numbers(column)),
                Arrays.toString(code.view(0).numbers(column)), column);
        }
        assertEquals(text.view(6).texts("Level"), code.view(6).texts("Level"));
    }

    @Test
    void theModelLineOfTheDialogSaysWhatIsTakenAsANumber() {
        final Dialog dialog = new Dialog(new MultilevelModelNodeFactory(), CsvTable.typed("hetar1"))
            .set("response", "y").set("levels", "[{\"column\":\"subject\"}]").set("fixedEffects", "arm,visit");
        final String model = "Model: y ~ arm + visit + (1 | subject)";
        assertEquals(model + ". Taken as a number, with one slope: \"visit\" (5 values). For a coefficient of each "
            + "value choose it under \"" + TITLE + "\" in the advanced settings.", dialog.message());
        assertEquals(model, dialog.set("nominalColumns", "visit").message());
        final String curves = "y ~ factor(visit) + poly(visit, 2):arm + (1 | subject)"; // said by the formula itself
        assertEquals("Model: " + curves, new Dialog(new MultilevelModelNodeFactory(), CsvTable.typed("hetar1"))
            .set("modelSpecification", "FORMULA").set("formula", curves).message());
        assertEquals("Model: y ~ arm + visit + baseline",
            new Dialog(new MarginalRepeatedMeasuresNodeFactory(), CsvTable.typed("hetar1")).message());
        assertEquals("Model: distance ~ age + (1 + age | Subject)",
            new Dialog(new LongitudinalMixedModelNodeFactory(), CsvTable.typed("orthodont")).message());
    }

    @Test
    void whatHasToBeANumberIsRefused() {
        final NodeRun growth = NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(CsvTable.typed("orthodont"))
            .set("subject", "Subject").set("response", "distance").set("time", "age").set("nominalColumns", "age");
        assertRefused(growth, "\"age\" is chosen under \"" + TITLE + "\"");
        assertRefused(trial(CsvTable.typed("hetar1")).set("nominalColumns", "visit,visit"), "twice");
        assertRefused(trial(CsvTable.typed("hetar1")).set("nominalColumns", "y"), "cannot name groups");
        assertRefused(trial(CsvTable.typed("hetar1")).set("nominalColumns", "nobody"), "no column \"nobody\"");
        assertRefused(NodeRun.of(new MultilevelModelNodeFactory()).input(CsvTable.typed("sleepstudy"))
            .set("response", "Reaction").set("fixedEffects", "Days")
            .set("levels", "[{\"column\":\"Subject\",\"slopes\":[\"Days\"]}]").set("nominalColumns", "Days"), TITLE);
    }
}
