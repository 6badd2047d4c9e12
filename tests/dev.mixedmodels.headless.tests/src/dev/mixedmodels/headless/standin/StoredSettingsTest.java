package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;

import dev.mixedmodels.headless.sample.SampleParameters;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import dev.mixedmodels.standin.config.SettingsXml;
import dev.mixedmodels.standin.settings.StoredSettings;

/** Settings in the files of a workflow. */
class StoredSettingsTest {

    private final Map<String, Object> tree = ParameterTree.save(ParameterTree.instantiate(SampleParameters.class));

    @TempDir
    private Path folder;

    private Map<String, Object> readBack(final Map<String, ?> group) throws IOException {
        final Path file = folder.resolve("settings.xml");
        Files.writeString(file, SettingsXml.write("settings.xml", group));
        return SettingsXml.read(file);
    }

    @Test
    void everySettingComesBackFromTheFile() throws Exception {
        final SettingsOverlay overlay = new SettingsOverlay(SampleParameters.class, tree);
        overlay.set("response", "a \"b\" <c> & d\n\t$\\");
        overlay.set("behaviour", "FAIL");
        overlay.set("level", "9.9e1");
        overlay.set("switch", "true");
        overlay.set("columns", "a, b");
        overlay.set("order", "[\"Week 2\", \"x,y\"]");
        overlay.set("referenceLevels", "[{\"column\": \"arm\", \"level\": \"pbo\"}, {\"column\": \"sex\"}]");
        overlay.set("fitting/seed", "7");
        final Map<String, Object> stored = StoredSettings.of(SampleParameters.class, tree);
        assertEquals(stored, readBack(stored));
        assertEquals(tree, StoredSettings.tree(SampleParameters.class, readBack(stored)));
    }

    @Test
    void listsOfValuesHaveASizeAndListsOfGroupsHaveNone() throws Exception {
        new SettingsOverlay(SampleParameters.class, tree).set("referenceLevels", "[{\"column\": \"arm\"}]");
        final Map<String, Object> stored = StoredSettings.of(SampleParameters.class, tree);
        assertEquals(Map.of("array-size", 0), stored.get("order"));
        assertEquals(Map.of("0", Map.of("column", "arm", "level", "none")), stored.get("referenceLevels"));
    }

    @Test
    void nullIsNotTheEmptyTextAndCharactersAreTheirOwnType() throws Exception {
        final Map<String, Object> group = new LinkedHashMap<>();
        group.put("nothing", null);
        group.put("empty", "");
        group.put("character", '"');
        group.put("nul", "\0");
        final Map<String, Object> again = readBack(group);
        assertEquals(group, again);
        assertNull(again.get("nothing"));
    }

    @Test
    void anEmptyGroupInThePlaceOfAListIsNull() throws Exception {
        tree.put("order", null);
        final Map<String, Object> stored = StoredSettings.of(SampleParameters.class, tree);
        assertNull(StoredSettings.tree(SampleParameters.class, readBack(stored)).get("order"));
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithItsKey() {
        for (final Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("level", 95), Map.of("level", "95"),
            Map.of("response", 1), Map.of("fitting", Map.of("seed", 1)),
            Map.of("order", Map.of("array-size", 1, "0", 2)), Map.of("order", Map.of("array-size", 1)))) {
            final String key = wrong.keySet().iterator().next();
            final String message = assertThrows(InvalidSettingsException.class,
                () -> StoredSettings.tree(SampleParameters.class, wrong)).getMessage();
            assertEquals(true, message.contains(key.equals("fitting") ? "seed" : key), message);
        }
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        final Path file = folder.resolve("settings.xml");
        for (final String text : new String[] {"<config key=\"settings.xml\"/>", "no xml",
            SettingsXml.write("other.xml", Map.of()),
            SettingsXml.write("settings.xml", Map.of("k", 1)).replace("xint", "xfoo"),
            SettingsXml.write("settings.xml", Map.of("k", true)).replace("true", "yes")}) {
            Files.writeString(file, text);
            assertThrows(IOException.class, () -> SettingsXml.read(file), text);
        }
    }
}
