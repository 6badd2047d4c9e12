package dev.mixedmodels.standin.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

/** What came of running a node: tables, or where and why it failed; and its settings and warning. */
public final class NodeResult {

    /** Where a run failed. */
    public enum Stage {
        CONFIGURE, EXECUTE, CANCELED
    }

    private final List<PortObject> outputs;

    private final NodeInstance node;

    private final Map<String, Object> settings;

    private final String warning;

    private final Stage stage;

    private final Exception failure;

    private NodeResult(final NodeInstance node, final String warning, final List<PortObject> outputs,
        final Stage stage, final Exception failure) {
        this.node = node;
        settings = node.settings();
        this.warning = warning;
        this.outputs = outputs;
        this.stage = stage;
        this.failure = failure;
    }

    static NodeResult succeeded(final NodeInstance node, final String configureWarning,
        final PortObject... outputs) {
        return new NodeResult(node, node.warning().orElse(configureWarning), List.of(outputs), null, null);
    }

    static NodeResult failed(final NodeInstance node, final Stage stage, final Exception failure) {
        return new NodeResult(node, null, List.of(), stage, failure); // an error takes the place of a warning
    }

    public boolean isOk() {
        return failure == null;
    }

    /** The table at an output counted from 0. @throws IllegalStateException when the run failed, saying why */
    public BufferedDataTable table(final int output) {
        return (BufferedDataTable)output(output);
    }

    /** The data at an output counted from 0. @throws IllegalStateException when the run failed, saying why */
    public PortObject output(final int output) {
        if (!isOk()) {
            throw new IllegalStateException("The node failed in " + stage + ": " + failure.getMessage(), failure);
        }
        return outputs.get(output);
    }

    /** The same, to look values up in. */
    public TableView view(final int output) {
        return new TableView(table(output));
    }

    /** The executed node, whose view can be opened. */
    public NodeInstance node() {
        return node;
    }

    /** The data at all outputs; none after a failure. */
    public List<PortObject> outputs() {
        return outputs;
    }

    /** The tables among the outputs, in their order. */
    public List<BufferedDataTable> tables() {
        return outputs.stream().filter(BufferedDataTable.class::isInstance).map(BufferedDataTable.class::cast).toList();
    }

    /** The settings that the node ran with, as they would be stored. */
    public Map<String, Object> settings() {
        return settings;
    }

    /** The one warning that the platform keeps. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    /** Where it failed; empty after success. */
    public Optional<Stage> stage() {
        return Optional.ofNullable(stage);
    }

    /** The message that a user sees; empty after success. */
    public Optional<String> error() {
        return Optional.ofNullable(failure).map(Exception::getMessage);
    }
}
