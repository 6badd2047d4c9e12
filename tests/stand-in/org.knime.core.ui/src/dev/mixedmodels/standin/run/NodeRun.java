package dev.mixedmodels.standin.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult.Stage;
import dev.mixedmodels.standin.settings.SettingsOverlay;

/**
 * Runs a node from end to end, as in
 * {@code NodeRun.of(new XNodeFactory()).input(table).set("method", "ML").run().table(0)}.
 */
public final class NodeRun {

    private final DefaultNodeFactory factory;

    private final List<PortObject> inputs = new ArrayList<>();

    private final Map<String, Object> changes = new LinkedHashMap<>();

    private final Map<String, Object> viewChanges = new LinkedHashMap<>();

    private Map<String, Object> stored;

    private BiConsumer<Double, String> listener = (progress, message) -> { };

    private double cancelAt = Double.NaN;

    private NodeRun(final DefaultNodeFactory factory) {
        this.factory = factory;
    }

    public static NodeRun of(final DefaultNodeFactory factory) {
        return new NodeRun(factory);
    }

    /** The factory of the node that is run. */
    public DefaultNodeFactory factory() {
        return factory;
    }

    /** Connects the next input. */
    public NodeRun input(final PortObject data) {
        inputs.add(data);
        return this;
    }

    /** Uses stored settings, which must be complete, instead of those that the node guesses. */
    public NodeRun settings(final Map<String, Object> complete) {
        stored = complete;
        return this;
    }

    /** Overwrites a setting as a flow variable does: past the dialog's checks. See {@link SettingsOverlay#set}. */
    public NodeRun set(final String key, final Object value) {
        changes.put(key, value);
        return this;
    }

    /** Overwrites a setting of the node's view. */
    public NodeRun setView(final String key, final Object value) {
        viewChanges.put(key, value);
        return this;
    }

    /** Hears all progress reports. */
    public NodeRun listener(final BiConsumer<Double, String> hears) {
        listener = hears;
        return this;
    }

    /** Cancels the execution as soon as the progress reaches the given one; 0 cancels before it starts. */
    public NodeRun cancelAt(final double progress) {
        cancelAt = progress;
        return this;
    }

    /** Runs the node. What goes wrong is in the result; only the node's own defects are thrown. */
    public NodeResult run() {
        final NodeInstance node = new NodeInstance(factory);
        try {
            configure(node);
        } catch (InvalidSettingsException e) {
            return NodeResult.failed(node, Stage.CONFIGURE, e);
        }
        final String configureWarning = node.warning().orElse(null);
        try {
            final PortObject[] outputs = node.execute(progress(), inputs.toArray(PortObject[]::new));
            return NodeResult.succeeded(node, configureWarning, outputs);
        } catch (CanceledExecutionException e) {
            return NodeResult.failed(node, Stage.CANCELED, e);
        } catch (KNIMEException | InvalidSettingsException e) {
            return NodeResult.failed(node, Stage.EXECUTE, e);
        }
    }

    /** Loads and configures only, and gives the specs of the outputs. */
    public PortObjectSpec[] configure() throws InvalidSettingsException {
        return configure(new NodeInstance(factory));
    }

    private PortObjectSpec[] configure(final NodeInstance node) throws InvalidSettingsException {
        final PortObjectSpec[] specs = inputs.stream().map(PortObject::getSpec).toArray(PortObjectSpec[]::new);
        if (stored == null) {
            node.guess(new InputContext(specs));
        } else {
            node.load(new LinkedHashMap<>(stored));
        }
        if (!viewChanges.isEmpty()) {
            final Class<?> type = node.viewParametersClass()
                .orElseThrow(() -> new InvalidSettingsException("The view has no settings."));
            overlay(new SettingsOverlay(type, node.viewSettings()), viewChanges);
        }
        if (!changes.isEmpty()) {
            node.load(changed(node));
        }
        return node.configure(specs);
    }

    private Map<String, Object> changed(final NodeInstance node) throws InvalidSettingsException {
        final Class<?> type = node.parametersClass()
            .orElseThrow(() -> new InvalidSettingsException("The node has no settings."));
        overlay(new SettingsOverlay(type, node.settings()), changes);
        return node.settings();
    }

    private static void overlay(final SettingsOverlay overlay, final Map<String, Object> values)
        throws InvalidSettingsException {
        for (Map.Entry<String, Object> change : values.entrySet()) {
            overlay.set(change.getKey(), change.getValue());
        }
    }

    private ProgressState progress() {
        final ProgressState[] holder = new ProgressState[1];
        holder[0] = new ProgressState((progress, message) -> {
            listener.accept(progress, message);
            if (progress != null && progress >= cancelAt) {
                holder[0].setExecuteCanceled();
            }
        });
        if (cancelAt == 0) {
            holder[0].setExecuteCanceled();
        }
        return holder[0];
    }
}
