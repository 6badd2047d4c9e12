package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;

import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import dev.mixedmodels.standin.config.SettingsXml;
import dev.mixedmodels.standin.settings.StoredSettings;

/** Saves settings of a node, complete, as a workflow would: see tests/settings/save. */
public final class SaveSettings {

    private static final String VIEW = "view:";

    private SaveSettings() {
    }

    /** @param arguments the repository's root, version, node, feature, and KEY=VALUE for settings that are chosen */
    public static void main(final String... arguments) throws IOException, InvalidSettingsException {
        final Path root = Path.of(arguments[0]);
        final String node = arguments[2];
        final Path file = root.resolve("tests/settings").resolve(arguments[1]).resolve(node)
            .resolve(arguments[3] + ".xml");
        if (Files.exists(file)) {
            throw new IOException("There is " + file + ", and what was saved is never changed.");
        }
        final NodeKinds kinds = new NodeKinds(root, SaveSettings.class.getClassLoader());
        final NodeInstance instance = new NodeInstance(kinds.factoryOf(node));
        final Class<?> model = instance.parametersClass().orElseThrow();
        final Class<?> view = instance.viewParametersClass().orElse(null);
        final Map<String, Object> modelTree = ParameterTree.save(ParameterTree.instantiate(model));
        final Map<String, Object> viewTree = instance.viewSettings();
        boolean viewIsChosen = false;
        for (String choice : List.of(arguments).subList(4, arguments.length)) {
            final String[] parts = choice.split("=", 2);
            if (parts[0].startsWith(VIEW)) {
                new SettingsOverlay(view, viewTree).set(parts[0].substring(VIEW.length()), parts[1]);
                viewIsChosen = true;
            } else {
                new SettingsOverlay(model, modelTree).set(parts[0], parts[1]);
            }
        }
        instance.load(modelTree); // refuses what the dialog would
        final Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("model", StoredSettings.of(model, modelTree));
        if (viewIsChosen) {
            saved.put("view", StoredSettings.of(view, viewTree));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, SettingsXml.write(file.getFileName().toString(), saved));
    }
}
