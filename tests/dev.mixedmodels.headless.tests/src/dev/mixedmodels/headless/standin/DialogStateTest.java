package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;

import dev.mixedmodels.headless.sample.SampleNodeFactory;
import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.SettingsOverlay;

/** Which fields a dialog shows and what they offer. */
class DialogStateTest {

    private final InputContext input = new InputContext(new DataTableSpec(new String[]{"g", "n", "y"},
        new DataType[]{StringCell.TYPE, IntCell.TYPE, DoubleCell.TYPE}));

    private DialogState dialog(final String key, final String value) throws InvalidSettingsException {
        final NodeInstance node = new NodeInstance(new SampleNodeFactory());
        node.guess(input);
        new SettingsOverlay(node.parametersClass().orElseThrow(), node.settings()).set(key, value);
        return new DialogState(node.parameters(), input);
    }

    @Test
    void effectsShowAndHideFields() throws InvalidSettingsException {
        assertEquals(List.of("response", "behaviour", "level", "switch", "columns", "fitting/iterations"),
            dialog("switch", "false").shown());
        assertEquals(List.of("response", "behaviour", "level", "switch", "fitting/iterations"),
            dialog("switch", "true").shown());
        assertEquals(List.of("response", "behaviour", "switch", "columns", "fitting/iterations"),
            dialog("behaviour", "FAIL").shown());
    }

    @Test
    void fieldsOfferTheColumnsThatSuitThem() throws InvalidSettingsException {
        final DialogState dialog = dialog("switch", "false");
        assertEquals(List.of("n", "y"), dialog.choices("response"));
        assertEquals(List.of("g"), dialog.choices("columns"));
        assertEquals(List.of("g"), dialog.choices("referenceLevels/column"));
        assertThrows(NoSuchElementException.class, () -> dialog.choices("switch"));
    }
}
