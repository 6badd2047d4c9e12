package dev.mixedmodels.knime.guess;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;

/**
 * Shows in the dialog, when it opens, the guess for a field that nobody has chosen. Applying the dialog chooses it.
 *
 * @param <S> the field's type
 */
public abstract class GuessOnOpen<S> implements StateProvider<S> {
    private final Class<? extends ParameterReference<S>> field;
    private Supplier<S> stored;

    /**
     * @param field reference of the field itself
     */
    protected GuessOnOpen(final Class<? extends ParameterReference<S>> field) {
        this.field = field;
    }

    @Override
    public void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
        stored = initializer.getValueSupplier(field);
    }

    @Override
    public final S computeState(final NodeParametersInput context) {
        return shown(isChosen(stored.get()) ? stored.get() : guess(new ColumnGuesses(TableFacts.of(context))));
    }

    /** Whether a stored value is a choice. */
    protected boolean isChosen(final S value) {
        return value != null;
    }

    /** The value as the field shows it. */
    protected S shown(final S value) {
        return value;
    }

    /** The guess as it is where nothing is chosen. */
    protected abstract S guess(ColumnGuesses columns);
}
