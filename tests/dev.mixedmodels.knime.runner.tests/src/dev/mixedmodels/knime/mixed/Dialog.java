package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultNodeFactory;

/** The dialog of a node whose settings are guessed for a table and then changed. */
public final class Dialog {
    private final NodeInstance node;
    private final InputContext context;

    /**
     * @param factory of the node
     * @param spec the input table
     */
    public Dialog(final DefaultNodeFactory factory, final DataTableSpec spec) {
        this(factory, new InputContext(spec));
    }

    /**
     * @param factory of the node
     * @param table the input table, executed
     */
    public Dialog(final DefaultNodeFactory factory, final BufferedDataTable table) {
        this(factory, new InputContext(table));
    }

    private Dialog(final DefaultNodeFactory factory, final InputContext context) {
        node = new NodeInstance(factory);
        this.context = context;
        try {
            node.guess(context);
        } catch (final InvalidSettingsException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @param key of a setting
     * @param value its new value
     * @return this
     */
    public Dialog set(final String key, final Object value) {
        try {
            new SettingsOverlay(node.parametersClass().orElseThrow(), node.settings()).set(key, value);
        } catch (final InvalidSettingsException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private DialogState state() {
        try {
            return new DialogState(node.parameters(), context);
        } catch (final InvalidSettingsException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @return keys of the fields that are shown
     */
    public List<String> shown() {
        return state().shown();
    }

    /**
     * @param key of a setting, array/key for elements of an array
     * @return what it offers
     */
    public List<String> choices(final String key) {
        return state().choices(key);
    }

    /**
     * @param key of a setting
     * @return the value that the dialog shows when it opens
     */
    public Object value(final String key) {
        return ParameterTree.save(state().parameters()).get(key);
    }

    /**
     * @return the formula that the dialog shows, with a title; empty if it shows none
     */
    public String message() {
        return state().message("formulaMessage").orElse("");
    }

    /**
     * @return all keys
     */
    public Set<String> keys() {
        return new TreeSet<>(node.settings().keySet());
    }
}
