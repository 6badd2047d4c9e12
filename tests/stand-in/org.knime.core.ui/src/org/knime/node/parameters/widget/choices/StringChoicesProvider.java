package org.knime.node.parameters.widget.choices;

import java.util.List;

import org.knime.node.parameters.NodeParametersInput;

/** Texts to choose from; computed before the dialog opens unless {@code init} says otherwise. */
public non-sealed interface StringChoicesProvider extends ChoicesStateProvider<StringChoice> {

    @Override
    default void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
    }

    /** The texts. */
    default List<String> choices(final NodeParametersInput context) {
        throw new UnsupportedOperationException("Either choices or computeState must be implemented.");
    }

    @Override
    default List<StringChoice> computeState(final NodeParametersInput context) {
        return choices(context).stream().map(text -> new StringChoice(text, text)).toList();
    }
}
