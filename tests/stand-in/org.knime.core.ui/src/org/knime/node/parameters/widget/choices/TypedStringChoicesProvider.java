package org.knime.node.parameters.widget.choices;

/** Texts of a type to choose from; computed before the dialog opens unless {@code init} says otherwise. */
public non-sealed interface TypedStringChoicesProvider extends ChoicesStateProvider<TypedStringChoice> {

    @Override
    default void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
    }
}
