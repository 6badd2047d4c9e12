package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultNodeFactory;

/** A node that is run again and again, as the platform runs it. */
public final class NodeUnderTest {
    private final NodeDescription description;
    private final NodeInstance node;
    private final long mostChecks;

    /**
     * @param factory of the node
     * @param mostChecks how often a run may ask whether it was cancelled, which it does at every row and evaluation
     */
    public NodeUnderTest(final DefaultNodeFactory factory, final long mostChecks) {
        description = NodeDescription.of(factory);
        node = new NodeInstance(factory);
        this.mostChecks = mostChecks;
    }

    /**
     * @return the name in lower case with hyphens
     */
    public String id() {
        return description.id();
    }

    /**
     * @return whether it fits to a table
     */
    public boolean isLearner() {
        return description.definition().inputs().get(0).isTable();
    }

    /**
     * @return its settings
     */
    public List<NodeDescription.Setting> settings() {
        return description.settings();
    }

    /**
     * @param key of a setting
     * @return whether it has that setting
     */
    public boolean has(final String key) {
        return description.settings().stream().anyMatch(setting -> setting.key().equals(key));
    }

    /**
     * @param table the input
     * @param changes settings that differ from those of a new node
     * @return what came of it
     */
    public Outcome run(final BufferedDataTable table, final Map<String, ?> changes) {
        final Bounded progress = new Bounded(mostChecks);
        String warning = null;
        try {
            final DataTableSpec spec = table.getDataTableSpec();
            node.guess(new InputContext(spec));
            if (!changes.isEmpty()) {
                final SettingsOverlay overlay =
                    new SettingsOverlay(node.parametersClass().orElseThrow(), node.settings());
                for (final Map.Entry<String, ?> change : changes.entrySet()) {
                    overlay.set(change.getKey(), change.getValue());
                }
                node.load(node.settings());
            }
            node.configure(spec);
            warning = node.warning().orElse(null);
            final List<BufferedDataTable> tables = Arrays.stream(node.execute(progress, table))
                .filter(BufferedDataTable.class::isInstance).map(BufferedDataTable.class::cast).toList();
            final List<BufferedDataTable> internal =
                Arrays.stream(node.internalData()).map(BufferedDataTable.class::cast).toList();
            final String last = node.warning().orElse(warning);
            return new Outcome(tables, internal, last == null ? List.of() : List.of(last), null,
                mostChecks - progress.left());
        } catch (final InvalidSettingsException | KNIMEException e) {
            return failed(List.of(String.valueOf(e.getMessage())), e, progress);
        } catch (final CanceledExecutionException e) {
            return failed(List.of(), progress.isExhausted()
                ? new IllegalStateException("the run asked more than " + mostChecks + " times whether it was cancelled")
                : e, progress);
        } catch (final RuntimeException | Error e) {
            return failed(List.of(), e, progress);
        }
    }

    /**
     * @param table the input, executed
     * @param changes settings that differ from those of a new node
     * @return the model that the dialog shows, or what it says in its place; empty if it shows neither
     * @throws InvalidSettingsException if the settings cannot be stored
     */
    public String dialog(final BufferedDataTable table, final Map<String, ?> changes) throws InvalidSettingsException {
        final InputContext context = new InputContext(table);
        node.guess(context);
        final SettingsOverlay overlay = new SettingsOverlay(node.parametersClass().orElseThrow(), node.settings());
        for (final Map.Entry<String, ?> change : changes.entrySet()) {
            overlay.set(change.getKey(), change.getValue());
        }
        final DialogState dialog = new DialogState(node.parameters(), context);
        dialog.shown();
        return has("formula") ? dialog.message("formulaMessage").orElse("") : "";
    }

    private Outcome failed(final List<String> messages, final Throwable failure, final Bounded progress) {
        return new Outcome(List.of(), List.of(), messages, failure, mostChecks - progress.left());
    }
}
