package dev.mixedmodels.knime.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import javax.swing.JScrollPane;
import javax.swing.JTextArea;

import org.junit.jupiter.api.Test;
import org.knime.core.node.port.PortUtil;

import dev.mixedmodels.engine.model.ColumnKind;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.Models.Fit;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.NodeRun;

/** The last port of every node. */
class ModelPortTest {
    private static byte[] contents(final StoredModel model) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    @Test
    void modelsOfAllNodesComeBackAsTheyWere() throws Exception {
        for (final Map.Entry<String, Fit> fit : Models.all().entrySet()) {
            final MixedModelPortObject model = fit.getValue().model();
            final MixedModelPortObject loaded = Models.storedAndLoaded(model);
            assertArrayEquals(contents(model.model()), contents(loaded.model()), fit.getKey());
            assertEquals(model.getSpec(), loaded.getSpec(), fit.getKey());
            assertEquals(model.getSummary(), loaded.getSummary());
            assertEquals(model.model().kind(), model.getSpec().known().node());
        }
    }

    @Test
    void theViewSaysWhatTheModelHolds() {
        final MixedModelPortObject model = Models.fit(CsvTable.read("sleepstudy", "Subject"),
            NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("randomTests", false)).model();
        assertEquals("Longitudinal Mixed Model: Reaction ~ Days + (1 + Days | Subject), 180 rows", model.getSummary());
        final JScrollPane view = (JScrollPane) model.getViews()[0];
        final String text = ((JTextArea) view.getViewport().getView()).getText();
        assertTrue(text.contains("    Days  10.4673  1.54579\n"), text);
        assertTrue(text.contains("    Subject Var((Intercept))  612.090  288.783\n"), text);
        assertTrue(text.endsWith("Predictions of (Intercept), Days for 18 levels of Subject."), text);
    }

    @Test
    void theSpecNamesTheColumnsAndHowTheyWereRead() {
        final ModelColumns columns = Models.all().get("marginal").model().getSpec().known();
        assertEquals("y", columns.response());
        assertEquals(ColumnKind.NOMINAL, columns.kind("subject"));
        assertEquals(ColumnKind.NOMINAL, columns.kind("visit"));
        assertEquals(ColumnKind.NUMBER, columns.kind("baseline"));
    }

    @Test
    void aDamagedFileIsASentence() throws Exception {
        final MixedModelPortObject model = Models.fit(CsvTable.read("sleepstudy", "Subject"),
            NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("randomTests", false)).model();
        final byte[] whole = Models.bytes(model);
        for (int at = 100; at < whole.length; at += 997) {
            final byte[] cut = Arrays.copyOf(whole, at);
            final IOException e = assertThrows(IOException.class,
                () -> PortUtil.readObjectFromStream(new ByteArrayInputStream(cut), Models.monitor()));
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
        }
    }

    @Test
    void rowsUsedAreTheSameInAnyOrderAndOthersOnOtherRows() {
        final var table = CsvTable.read("orthodont", "Subject", "Sex");
        final NodeRun run = NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("randomTests", false)
            .set("varianceIntervals", "NONE");
        final var longitudinal = Models.fit(table, run).model().model().rows();
        final var multilevel = Models.fit(table, NodeRun.of(
            new MultilevelModelNodeFactory()).set("response", "distance")
            .set("levels", "[{\"column\": \"Subject\"}]").set("randomTests", false).set("varianceIntervals", "NONE"))
            .model().model().rows();
        assertEquals(108, longitudinal.rows());
        assertArrayEquals(longitudinal.responses(), multilevel.responses());
        assertArrayEquals(longitudinal.ids(), multilevel.ids());
    }
}
