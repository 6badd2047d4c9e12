package dev.mixedmodels.knime.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.ParameterField;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.config.SettingsXml;
import dev.mixedmodels.standin.settings.StoredSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.parameters.persistence.Persistable;

/** Settings that a released version saved load in this one, tests/settings/VERSION/NODE/FEATURE.xml. */
class SavedSettingsTest {
    private static final Path FOLDER = Workflows.TESTS.resolve("settings");

    private static Stream<Path> saved() throws IOException {
        return Files.walk(FOLDER).filter(file -> file.toString().endsWith(".xml")).sorted()
            .map(FOLDER::relativize);
    }

    private static Stream<Path> nodesOfTheNewestVersion() throws IOException {
        try (Stream<Path> versions = Files.list(FOLDER)) {
            final Path newest = versions.filter(Files::isDirectory).max(Path::compareTo).orElseThrow();
            final List<Path> nodes = new ArrayList<>();
            try (Stream<Path> folders = Files.list(newest)) {
                folders.sorted().forEach(nodes::add);
            }
            assertEquals(Workflows.KINDS.ours().size(), nodes.size(), "tests/settings/save one of each node");
            return nodes.stream();
        }
    }

    private static NodeInstance node(final Path folder) {
        return new NodeInstance(Workflows.KINDS.factoryOf(folder.getFileName().toString()));
    }

    /** All that was saved comes back: no key has been renamed, no value lost, and nothing is refused. */
    @ParameterizedTest
    @MethodSource("saved")
    void everythingSavedIsLoaded(final Path file) throws Exception {
        final Map<String, Object> settings = SettingsXml.read(FOLDER.resolve(file));
        final NodeInstance node = node(file.getParent());
        final Class<?> model = node.parametersClass().orElseThrow();
        node.load(StoredSettings.tree(model, (Map<?, ?>)settings.get("model")));
        assertHolds(StoredSettings.of(model, ParameterTree.save(node.parameters())), settings.get("model"), "");
        if (settings.containsKey("view")) {
            final Class<?> view = node.viewParametersClass().orElseThrow();
            final Object loaded = ParameterTree.load(view, StoredSettings.tree(view, (Map<?, ?>)settings.get("view")));
            assertHolds(StoredSettings.of(view, ParameterTree.save(loaded)), settings.get("view"), "");
        }
    }

    private static void assertHolds(final Object loaded, final Object saved, final String path) {
        if (saved instanceof Map<?, ?> group) {
            assertTrue(loaded instanceof Map, path);
            group.forEach((key, value) -> {
                assertTrue(((Map<?, ?>)loaded).containsKey(key), () -> path + "/" + key + " is not looked at any more");
                assertHolds(((Map<?, ?>)loaded).get(key), value, path + "/" + key);
            });
        } else {
            assertEquals(saved, loaded, path);
        }
    }

    /** The folder is complete: every setting is somewhere not at its default, every constant is somewhere chosen. */
    @ParameterizedTest
    @MethodSource("nodesOfTheNewestVersion")
    void everySettingAndEveryChoiceIsSavedSomewhere(final Path folder) throws Exception {
        final NodeInstance node = node(folder);
        final Class<?> model = node.parametersClass().orElseThrow();
        final Map<String, Object> defaults =
            StoredSettings.of(model, ParameterTree.save(ParameterTree.instantiate(model)));
        final Set<String> untouched = new TreeSet<>(defaults.keySet());
        final Set<String> unchosen = constants(model);
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                final Map<?, ?> saved = (Map<?, ?>)SettingsXml.read(file).get("model");
                untouched.removeIf(key -> saved.containsKey(key) && !defaults.get(key).equals(saved.get(key)));
                choose(saved, unchosen);
            }
        }
        assertEquals(Set.of(), untouched, "tests/settings/save settings where they are changed");
        assertEquals(Set.of(), unchosen, "tests/settings/save settings where they are chosen");
    }

    private static void choose(final Map<?, ?> saved, final Set<String> unchosen) {
        saved.forEach((key, value) -> {
            if (value instanceof Map<?, ?> group) {
                choose(group, unchosen);
            } else {
                unchosen.remove(key + " " + value);
            }
        });
    }

    /** A setting's key and a constant. */
    private static Set<String> constants(final Class<?> parameters) {
        final Set<String> constants = new TreeSet<>();
        for (final ParameterField field : ParameterField.of(parameters)) {
            final Class<?> type = field.type().isArray() ? field.type().getComponentType() : field.type();
            if (Persistable.class.isAssignableFrom(type)) {
                constants.addAll(constants(type));
            } else if (field.type().isEnum()) {
                constants.addAll(Arrays.stream(type.getEnumConstants())
                    .map(constant -> field.key() + " " + ((Enum<?>)constant).name()).collect(Collectors.toSet()));
            }
        }
        return constants;
    }
}
