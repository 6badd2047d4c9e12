package dev.mixedmodels.knime.settings;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider.PredicateInitializer;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;

/**
 * The choice of no column. A drop-down of the platform shows an empty text as "No value selected", so that the choice
 * has an id of its own in the dialog. Stored settings may have the one or the other; the node only sees the empty text.
 */
public final class NoColumn {
    /** What the dialog stores where no column is chosen. */
    public static final String ID = "<none>";
    /** What the dialog shows. */
    static final String TEXT = "None";

    private NoColumn() {
    }

    /**
     * @param column a stored column, null if nobody has chosen
     * @return the same, the empty text for the choice of none
     */
    public static String stored(final String column) {
        return ID.equals(column) ? "" : column;
    }

    /**
     * @param column a column, empty for none, null if nobody has chosen
     * @return the same as a drop-down has it
     */
    public static String shown(final String column) {
        return "".equals(column) ? ID : column;
    }

    /**
     * @param i gives access to the values of the dialog
     * @param field reference of a drop-down of columns and none
     * @return holds when a column is chosen
     */
    public static EffectPredicate isChosen(final PredicateInitializer i,
        final Class<? extends ParameterReference<String>> field) {
        return i.getString(field).isEqualTo(ID).or(i.getString(field).isEqualTo("")).negate();
    }

    /** Shows in the dialog the choice of none that is stored as an empty text. */
    public abstract static class Shown implements StateProvider<String> {
        private final Class<? extends ParameterReference<String>> field;
        private Supplier<String> stored;

        /**
         * @param field reference of the field itself
         */
        protected Shown(final Class<? extends ParameterReference<String>> field) {
            this.field = field;
        }

        @Override
        public final void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            stored = initializer.getValueSupplier(field);
        }

        @Override
        public final String computeState(final NodeParametersInput context) {
            return shown(stored.get() == null ? "" : stored.get());
        }
    }
}
