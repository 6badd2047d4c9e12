package dev.mixedmodels.standin.dialog;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.EnumChoice;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.TypedStringChoice;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;
import org.knime.node.parameters.widget.message.TextMessage;

import dev.mixedmodels.standin.settings.ParameterField;

/** What a dialog shows for given parameters and inputs: which fields, and what they offer to choose. */
public final class DialogState {

    private final NodeParameters parameters;

    private final Values values;

    /** @param parameters those stored; what the dialog provides when it opens is written into them */
    public DialogState(final NodeParameters parameters, final NodeParametersInput context) {
        this.parameters = parameters;
        values = new Values(parameters, context);
    }

    /** The keys of the fields with a widget that are shown and enabled; a group's fields as group/field. */
    public List<String> shown() {
        final List<String> keys = new ArrayList<>();
        collect(parameters, "", keys);
        return keys;
    }

    private void collect(final Object group, final String prefix, final List<String> into) {
        for (ParameterField field : ParameterField.of(group.getClass())) {
            if (applies(field.field())) {
                final Object value = field.get(group);
                if (value instanceof Persistable && !(value instanceof ColumnFilter)) {
                    collect(value, prefix + field.key() + "/", into);
                } else if (field.field().isAnnotationPresent(Widget.class)) {
                    into.add(prefix + field.key());
                }
            }
        }
    }

    /** False when an effect on the field, or on the part of the dialog that it is in, hides or disables it. */
    private boolean applies(final AnnotatedElement element) {
        final Effect effect = element.getAnnotation(Effect.class);
        if (effect != null) {
            final boolean wanted = effect.type() == EffectType.SHOW || effect.type() == EffectType.ENABLE;
            if (new Conditions(values).holds(effect.predicate()) != wanted) {
                return false;
            }
        }
        final Layout layout = element.getAnnotation(Layout.class);
        final Inside inside = element.getAnnotation(Inside.class);
        return (layout == null || applies(layout.value())) && (inside == null || applies(inside.value()));
    }

    /** The parameters as the dialog shows and would apply them. */
    public NodeParameters parameters() {
        return parameters;
    }

    /**
     * What a field offers: columns, texts or names of constants.
     *
     * @param key of the field; group/field, or array/field for the elements of an array
     */
    @SuppressWarnings("unchecked")
    public List<String> choices(final String key) {
        final ParameterField field = find(parameters.getClass(), key);
        final ChoicesProvider provider = field.field().getAnnotation(ChoicesProvider.class);
        final ColumnFilterWidget filter = field.field().getAnnotation(ColumnFilterWidget.class);
        if (provider == null && filter == null) {
            throw new NoSuchElementException("Setting \"" + key + "\" offers no choices.");
        }
        final Class<?> type = provider != null ? provider.value() : filter.choicesProvider();
        final List<?> choices = values.compute((Class<? extends StateProvider<List<?>>>)type);
        return choices.stream().map(DialogState::id).toList();
    }

    /**
     * The message that a field of type Void shows.
     *
     * @param name of the field
     */
    public Optional<String> message(final String name) {
        for (Class<?> type = parameters.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                final TextMessage message = field.getAnnotation(TextMessage.class);
                if (message != null && field.getName().equals(name)) {
                    return applies(field) ? values.compute(message.value()).map(m -> m.title() + ": " + m.description())
                        : Optional.empty();
                }
            }
        }
        throw new NoSuchElementException("There is no message \"" + name + "\".");
    }

    private static String id(final Object choice) {
        if (choice instanceof TypedStringChoice column) {
            return column.id();
        } else if (choice instanceof StringChoice text) {
            return text.id();
        }
        return ((EnumChoice<?>)choice).id().name();
    }

    private static ParameterField find(final Class<?> type, final String key) {
        final int slash = key.indexOf('/');
        final String head = slash < 0 ? key : key.substring(0, slash);
        for (ParameterField field : ParameterField.of(type)) {
            if (field.key().equals(head)) {
                final Class<?> inner = field.type().isArray() ? field.type().getComponentType() : field.type();
                return slash < 0 ? field : find(inner, key.substring(slash + 1));
            }
        }
        throw new NoSuchElementException("There is no setting \"" + head + "\".");
    }
}
