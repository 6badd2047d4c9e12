package dev.mixedmodels.knime.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.mixed.Dialog;
import dev.mixedmodels.knime.node.CsvTable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the dialog shows and guesses. */
class LongitudinalMixedModelDialogTest {
    private static Dialog dialog() {
        return new Dialog(new LongitudinalMixedModelNodeFactory(),
            CsvTable.read("orthodont", "Subject", "Sex").getDataTableSpec());
    }

    @Test
    void settingsHaveFlatKeys() {
        assertEquals(new TreeSet<>(Set.of("modelSpecification", "formula", "response", "subject", "time", "timeUnit",
            "timeCurve", "timeDegree", "timeDf", "fixedEffects", "interactions", "randomIntercept", "randomDegree", "randomSlopes",
            "randomCovariance", "residualStructure", "nugget", "residualVarianceBy", "residualPowerOf", "method", "testType", "dfMethod", "influence", "weights",
            "fixedCovariance", "confidenceLevel", "varianceIntervals", "bootstrapReplicates", "randomTests", "seed", "meansOf", "meansAt", "adjustment", "coding",
            "referenceLevels", "nominalColumns", "missingValues", "showSubject", "fittedValues", "maxIterations",
            "tolerance")), dialog().keys());
    }

    @Test
    void formulaTakesThePlaceOfColumns() {
        final List<String> columns = dialog().shown();
        assertTrue(columns.containsAll(List.of("response", "fixedEffects", "timeDegree", "randomIntercept",
            "randomDegree", "randomSlopes", "randomCovariance")));
        final List<String> formula = dialog().set("modelSpecification", "FORMULA").shown();
        assertTrue(formula.containsAll(List.of("formula", "subject", "time", "randomCovariance", "residualStructure")));
        for (final String key : List.of("response", "fixedEffects", "interactions", "timeDegree", "randomIntercept",
            "randomDegree", "randomSlopes")) {
            assertFalse(formula.contains(key), key);
        }
    }

    @Test
    void fieldsThatNeedATimeOrATestAppearWithIt() {
        assertFalse(dialog().set("time", "").shown().contains("timeDegree"));
        assertFalse(dialog().set("time", "").shown().contains("randomDegree"));
        assertFalse(dialog().set("time", "").shown().contains("timeCurve"));
        assertFalse(dialog().shown().contains("timeDf"));
        final List<String> spline = dialog().set("timeCurve", "NATURAL_SPLINE").shown();
        assertTrue(spline.contains("timeDf") && !spline.contains("timeDegree"), spline.toString());
        assertTrue(dialog().shown().contains("seed"));
        assertFalse(dialog().set("randomTests", false).shown().contains("seed"));
    }

    @Test
    void guessesByTypeAndName() {
        assertEquals("Subject", dialog().value("subject"));
        assertEquals("age", dialog().value("time"));
        assertEquals("distance", dialog().value("response"));
        final Dialog sleep = new Dialog(new LongitudinalMixedModelNodeFactory(),
            CsvTable.read("sleepstudy", "Subject").getDataTableSpec());
        assertEquals("Days", sleep.value("time"));
        assertEquals("Reaction", sleep.value("response"));
        final Dialog mares = new Dialog(new LongitudinalMixedModelNodeFactory(),
            CsvTable.read("bodyweight", "Rat", "Diet").getDataTableSpec());
        assertEquals("Rat", mares.value("subject"));
        assertEquals("Time", mares.value("time"));
        assertEquals("weight", mares.value("response"));
    }

    @Test
    void showsTheModelAsAFormulaWhileItIsMade() {
        assertEquals("Model: distance ~ age + (1 + age | Subject)", dialog().message());
        assertEquals("Model: distance ~ age + I(age^2) + Sex + age:Sex + I(age^2):Sex + (1 + age || Subject)",
            dialog().set("timeDegree", 2).set("randomCovariance", "DIAGONAL")
                .set("interactions", "[{\"first\":\"age\",\"second\":\"Sex\"},{\"first\":\"age\"}]").message());
        assertEquals("Model: distance ~ ns(age, df = 2) + Sex + ns(age, df = 2):Sex + (1 + age | Subject)",
            dialog().set("timeCurve", "NATURAL_SPLINE").set("timeDf", 2)
                .set("interactions", "[{\"first\":\"age\",\"second\":\"Sex\"}]").message());
        assertEquals("", dialog().set("response", "").message());
        assertEquals("", dialog().set("modelSpecification", "FORMULA").message());
        assertEquals("Model: y ~ x + (1 | g)",
            dialog().set("modelSpecification", "FORMULA").set("formula", "y~x+(1|g)").message());
        assertTrue(dialog().set("modelSpecification", "FORMULA").set("formula", "y ~ (1 |").message()
            .startsWith("This is no formula yet"));
    }
}
