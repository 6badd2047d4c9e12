package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

import dev.mixedmodels.headless.sample.SampleParameters;
import dev.mixedmodels.standin.settings.Json;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;

/** How settings are stored, read back and overwritten. */
class SettingsTest {

    private final Map<String, Object> tree =
        ParameterTree.save(ParameterTree.instantiate(SampleParameters.class));

    private final SettingsOverlay overlay = new SettingsOverlay(SampleParameters.class, tree);

    @Test
    void keysAreFieldNamesAndEnumsTheirConstants() {
        assertEquals("{\"response\": \"\", \"behaviour\": \"WORK\", \"level\": 95.0, \"switch\": false, \"columns\": "
            + "{\"mode\": \"MANUAL\", \"patternFilter\": {\"pattern\": \"\", \"isCaseSensitive\": true, "
            + "\"isInverted\": false}, \"manualFilter\": {\"manuallySelected\": [], \"manuallyDeselected\": [], "
            + "\"includeUnknownColumns\": false}, \"typeFilter\": {\"selectedTypes\": []}}, \"order\": [], "
            + "\"referenceLevels\": [], \"fitting\": {\"iterations\": 100, \"seed\": 1}, \"addedLater\": 7}",
            Json.write(tree));
    }

    @Test
    void everythingSetComesBackFromTheStoredTree() throws InvalidSettingsException {
        overlay.set("behaviour", "FAIL");
        overlay.set("level", "9.9e1");
        overlay.set("switch", "true");
        overlay.set("columns", "a, b");
        overlay.set("order", "[\"Week 2\", \"x,y\"]");
        overlay.set("referenceLevels", "[{\"column\": \"arm\", \"level\": \"pbo\"}, {\"column\": \"sex\"}]");
        overlay.set("fitting/iterations", "7");
        final Map<String, Object> again = ParameterTree.save(ParameterTree.load(SampleParameters.class, tree));
        assertEquals(tree, again);
        assertEquals(List.of("Week 2", "x,y"), again.get("order"));
        assertEquals("[{\"column\": \"arm\", \"level\": \"pbo\"}, {\"column\": \"sex\", \"level\": \"none\"}]",
            Json.write(again.get("referenceLevels")));
        assertEquals("{\"iterations\": 7, \"seed\": 1}", Json.write(again.get("fitting")));
    }

    @Test
    void anAbsentKeyIsAnErrorUnlessTheFieldSaysThatItsDefaultMayBeTaken() throws InvalidSettingsException {
        tree.remove("addedLater");
        assertEquals(7, ParameterTree.save(ParameterTree.load(SampleParameters.class, tree)).get("addedLater"));
        tree.remove("level");
        assertEquals("Setting \"level\" is not there.", assertThrows(InvalidSettingsException.class,
            () -> ParameterTree.load(SampleParameters.class, tree)).getMessage());
    }

    @Test
    void messagesNameWhatIsAllowed() {
        assertEquals("There is no setting \"levl\". The settings are: response, behaviour, level, switch, columns, "
            + "order, referenceLevels, fitting, addedLater.", refusal("levl", "90"));
        assertEquals("Setting \"behaviour\" must be one of WORK, FAIL, CRASH, NO_OUTPUT, OTHER_SPEC but is \"work\".",
            refusal("behaviour", "work"));
        assertEquals("Setting \"level\" must be a number but is \"high\".", refusal("level", "high"));
        assertEquals("Setting \"switch\" must be true or false but is \"yes\".", refusal("switch", "yes"));
        assertEquals("Setting \"addedLater\" must be an integer but is \"1.5\".", refusal("addedLater", "1.5"));
        assertEquals("Setting \"addedLater\" must be an integer from -2147483648 to 2147483647 but is 3000000000.",
            refusal("addedLater", 3_000_000_000L));
        assertEquals("There is no setting \"fitting/x\". The settings are: fitting/iterations, fitting/seed.",
            refusal("fitting/x", "1"));
        assertEquals("There is no setting \"referenceLevels/0/lvl\". The settings are: referenceLevels/0/column, "
            + "referenceLevels/0/level.", refusal("referenceLevels", "[{\"lvl\": 1}]"));
        assertEquals("Setting \"referenceLevels/0\" must be a JSON object with the keys column, level but is 5.",
            refusal("referenceLevels", "[5]"));
        assertEquals("Setting \"referenceLevels\": Not JSON: expected a value at character 1 of: arm=pbo",
            refusal("referenceLevels", "arm=pbo"));
    }

    private String refusal(final String key, final Object value) {
        return assertThrows(InvalidSettingsException.class, () -> overlay.set(key, value)).getMessage();
    }

    @Test
    void aColumnFilterChoosesByNamePatternOrType() throws InvalidSettingsException {
        final DataTableSpec spec = new DataTableSpec(new String[]{"age", "arm", "Age2"},
            new DataType[]{DoubleCell.TYPE, StringCell.TYPE, DoubleCell.TYPE});
        final ColumnFilter byName = new ColumnFilter(new String[]{"arm", "gone"});
        assertArrayEquals(new String[]{"arm"}, byName.filterFromFullSpec(spec));
        assertArrayEquals(new String[]{"gone"}, byName.getMissingSelectedFromFullSpec(spec));
        assertArrayEquals(new String[]{"age", "arm", "Age2"},
            new ColumnFilter().withIncludeUnknownColumns().filterFromFullSpec(spec));
        assertArrayEquals(new String[]{"age"}, filter("{\"mode\": \"REGEX\", \"patternFilter\": "
            + "{\"pattern\": \"a.e.?\"}}").filterFromFullSpec(spec));
        assertArrayEquals(new String[]{"age", "Age2"}, filter("{\"mode\": \"WILDCARD\", \"patternFilter\": "
            + "{\"pattern\": \"a?e*\", \"isCaseSensitive\": false}}").filterFromFullSpec(spec));
        assertArrayEquals(new String[]{"arm"}, filter("{\"mode\": \"TYPE\", \"typeFilter\": {\"selectedTypes\": "
            + "[\"org.knime.core.data.StringValue\"]}}").filterFromFullSpec(spec));
    }

    private static final class Holder implements Persistable {
        private ColumnFilter columns = new ColumnFilter();
    }

    private static ColumnFilter filter(final String json) throws InvalidSettingsException {
        final Map<String, Object> stored = ParameterTree.save(new Holder());
        new SettingsOverlay(Holder.class, stored).set("columns", Json.parse(json));
        return ParameterTree.load(Holder.class, stored).columns;
    }
}
