package dev.mixedmodels.standin.dialog;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.updates.ButtonReference;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.updates.StateProvider.StateProviderInitializer;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

import dev.mixedmodels.standin.settings.ParameterField;
import dev.mixedmodels.standin.settings.ParameterTree;

/** The values of a dialog by their references, also as state providers ask for them. */
final class Values implements StateProviderInitializer {

    private final NodeParametersInput context;

    private final Map<Class<?>, Object> values = new HashMap<>();

    Values(final Object parameters, final NodeParametersInput context) {
        this.context = context;
        collect(parameters);
        open(parameters);
    }

    private Values(final Values around, final Object element) {
        context = around.context;
        values.putAll(around.values);
        collect(element);
    }

    /** The same with those of an element of an array. */
    Values within(final Object element) {
        return new Values(this, element);
    }

    /** What the dialog does when it opens: fields with a provider of their value get it, all from the stored values. */
    private void open(final Object parameters) {
        final Map<Class<?>, Object> provided = new HashMap<>();
        for (ParameterField field : ParameterField.of(parameters.getClass())) {
            final ValueProvider provider = field.field().getAnnotation(ValueProvider.class);
            if (provider != null) {
                final Object value = computeValue(provider);
                field.set(parameters, value);
                final ValueReference reference = field.field().getAnnotation(ValueReference.class);
                if (reference != null) {
                    provided.put(reference.value(), value == null ? this : value);
                }
            }
        }
        values.putAll(provided);
    }

    @SuppressWarnings("unchecked")
    private Object computeValue(final ValueProvider provider) {
        return compute((Class<? extends StateProvider<Object>>)provider.value());
    }

    private void collect(final Object group) {
        for (ParameterField field : ParameterField.of(group.getClass())) {
            final Object value = field.get(group);
            final ValueReference reference = field.field().getAnnotation(ValueReference.class);
            if (reference != null && values.put(reference.value(), value == null ? this : value) != null) {
                throw new IllegalStateException("Two fields have the reference " + reference.value().getName() + ".");
            }
            if (value instanceof Persistable && !(value instanceof ColumnFilter)) {
                collect(value);
            }
        }
    }

    boolean has(final Class<?> reference) {
        return values.containsKey(reference);
    }

    /** @throws IllegalStateException when no field has the reference */
    @SuppressWarnings("unchecked")
    <T> T get(final Class<? extends ParameterReference<T>> reference) {
        if (!has(reference)) {
            throw new IllegalStateException("No field has the reference " + reference.getName() + ".");
        }
        final Object value = values.get(reference);
        return value == this ? null : (T)value;
    }

    NodeParametersInput context() {
        return context;
    }

    /** What a provider computes for these values. */
    <S> S compute(final Class<? extends StateProvider<S>> providerClass) {
        final StateProvider<S> provider = ParameterTree.instantiate(providerClass);
        provider.init(this);
        return provider.computeState(context);
    }

    @Override
    public NodeParametersInput getNodeParametersInput() {
        return context;
    }

    @Override
    public <T> Supplier<T> computeFromValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        return getValueSupplier(ref);
    }

    @Override
    public <T> Supplier<T> getValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        final T value = get(ref);
        return () -> value;
    }

    @Override
    public <T> void computeOnValueChange(final Class<? extends ParameterReference<T>> id) {
        get(id); // values do not change here, but the reference must be there
    }

    @Override
    public <T> Supplier<T> computeFromProvidedState(final Class<? extends StateProvider<T>> stateProviderClass) {
        return () -> compute(stateProviderClass);
    }

    @Override
    public void computeOnButtonClick(final Class<? extends ButtonReference> ref) {
        // there are no buttons to press
    }

    @Override
    public void computeBeforeOpenDialog() {
        // every value is computed when it is asked for
    }

    @Override
    public void computeAfterOpenDialog() {
        // every value is computed when it is asked for
    }
}
