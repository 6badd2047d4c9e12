package dev.mixedmodels.workflows;

import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.standin.definition.NodeDefinition;
import dev.mixedmodels.standin.definition.Port;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import dev.mixedmodels.standin.settings.StoredSettings;

/** One of our nodes, as its factory describes it. All its settings are written, so that variables can set any. */
final class MixedModelNode implements NodeKind {

    private final Class<?> factory;

    private final NodeDefinition definition;

    private final Class<?> parameters;

    private final Bundle bundle;

    MixedModelNode(final DefaultNodeFactory factory, final Bundle bundle) {
        final NodeInstance node = new NodeInstance(factory);
        this.factory = factory.getClass();
        definition = node.definition();
        parameters = node.parametersClass().orElseThrow();
        this.bundle = bundle;
    }

    @Override
    public String name() {
        return definition.texts().name();
    }

    @Override
    public String factory() {
        return factory.getName();
    }

    @Override
    public Bundle bundle() {
        return bundle;
    }

    @Override
    public int inputs() {
        return definition.inputs().stream().mapToInt(Port::least).sum();
    }

    @Override
    public List<String> outputs() {
        return definition.outputs().stream().map(Port::name).toList();
    }

    @Override
    public Map<String, Object> model(final Map<String, String> chosen) {
        final Map<String, Object> tree = ParameterTree.save(ParameterTree.instantiate(parameters));
        final SettingsOverlay overlay = new SettingsOverlay(parameters, tree);
        try {
            for (Map.Entry<String, String> setting : chosen.entrySet()) {
                overlay.set(setting.getKey(), setting.getValue());
            }
        } catch (InvalidSettingsException e) {
            throw new IllegalArgumentException(name() + ": " + e.getMessage(), e);
        }
        return StoredSettings.of(parameters, tree);
    }
}
