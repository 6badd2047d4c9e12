package dev.mixedmodels.knime.guess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** Tables with the measurements of a subject side by side. */
class WideTableTest {
    private static final BufferedDataTable WIDE =
        CsvTable.typedLines("id,arm,base,week0,week1,week 2", "a,p,5.5,1.1,2.2,3.1",
        "b,p,5.1,1.3,2.0,3.4", "c,q,5.2,1.2,2.6,3.9", "d,q,5.9,1.8,2.1,3.3");

    private static String advice(final BufferedDataTable table, final String unit) {
        return WideTable.advice(TableFacts.of(table, Progress.NONE), unit);
    }

    @Test
    void aWideTableIsToldWithItsColumnsAndTheRemedy() {
        final String advice = advice(WIDE, "id");
        assertTrue(advice.contains("\"id\" has one row") && advice.contains("\"week0\", \"week1\" and \"week 2\"")
            && advice.contains("Unpivot"), advice);
        assertEquals(advice, advice(WIDE, "arm"));
        final BufferedDataTable named =
            CsvTable.typedLines("who,before,after", "a,1.5,2.5", "b,1.2,2.2", "c,1.1,2.9");
        assertTrue(advice(named, "who").contains("\"before\" and \"after\""), advice(named, "who"));
        final BufferedDataTable groups = CsvTable.typedLines("A,B", "1.5,2.5", "1.2,2.2");
        assertTrue(advice(groups, "").contains("\"A\" and \"B\""), advice(groups, ""));
    }

    @Test
    void aLongTableIsNot() {
        assertEquals("", advice(CsvTable.typed("sleepstudy"), "Subject"));
        assertEquals("", advice(CsvTable.typed("hetar1"), "subject"));
        assertEquals("", advice(CsvTable.typed("egsingle"), "childid"));
        assertEquals("", advice(CsvTable.typed("eightschools"), "school"));
        assertEquals("", advice(WIDE, null));
    }

    @Test
    void nodesSayItWhenTheyFailAndWhenTheyDoNot() {
        final NodeResult failed = NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(WIDE).set("subject", "id")
            .set("time", "").set("response", "week1").run();
        assertFalse(failed.isOk());
        assertTrue(failed.error().orElseThrow().contains("Unpivot"), failed.error().orElseThrow());
        final NodeResult fitted = NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(WIDE).set("group", "arm")
            .set("response", "week1").run();
        assertTrue(fitted.isOk(), () -> fitted.error().orElseThrow());
        assertTrue(fitted.warning().orElseThrow().contains("Unpivot"), fitted.warning().orElseThrow());
    }
}
