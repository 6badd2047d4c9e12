package dev.mixedmodels.standin.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.EnumChoice;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.TypedStringChoice;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;
import org.knime.node.parameters.widget.message.TextMessage;

import dev.mixedmodels.standin.settings.ParameterField;

/** What a dialog shows for given parameters and inputs: which fields, and what they offer to choose. */
public final class DialogState {

    private final NodeParameters parameters;

    private final List<NodeParameters> all;

    private final Values values;

    /** The dialog of a node without settings of a view, see the other constructor. */
    public DialogState(final NodeParameters parameters, final NodeParametersInput context) {
        this.parameters = parameters;
        all = List.of(parameters);
        values = new Values(parameters, context);
    }

    /**
     * @param parameters those stored; what the dialog provides when it opens is written into them
     * @param view settings of the view, which stand in the same sections
     */
    public DialogState(final NodeParameters parameters, final NodeParameters view, final NodeParametersInput context) {
        this.parameters = parameters;
        all = List.of(parameters, view);
        values = new Values(parameters, context);
    }

    /**
     * The keys of the model's fields with a widget that are shown and enabled, advanced ones too; those of a group as
     * group/key, those of the elements of an array left out.
     */
    public List<String> shown() {
        final List<String> keys = new ArrayList<>();
        new SectionCollector(values, true).of(List.of(parameters))
            .forEach(section -> keys.addAll(section.elements()));
        keys.removeIf(key -> key.indexOf('[') >= 0 || ParameterField.isMessage(parameters.getClass(), key));
        return keys;
    }

    /**
     * The sections that stand in the dialog, in their order.
     *
     * @param advanced whether advanced settings are asked for
     */
    public List<DialogSection> sections(final boolean advanced) {
        return new SectionCollector(values, advanced).of(all);
    }

    /** The parameters as the dialog shows and would apply them. */
    public NodeParameters parameters() {
        return parameters;
    }

    /** The value that a field shows. */
    public Object value(final String key) {
        return find(parameters.getClass(), key).get(parameters);
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
     * The texts that a drop-down shows, those without a type icon in parentheses.
     *
     * @param key of the field
     */
    @SuppressWarnings("unchecked")
    public List<String> typedTexts(final String key) {
        final ChoicesProvider provider =
            find(parameters.getClass(), key).field().getAnnotation(ChoicesProvider.class);
        final List<?> choices = values.compute((Class<? extends StateProvider<List<?>>>)(Class<?>)provider.value());
        return choices.stream().map(choice -> choice instanceof TypedStringChoice typed
            ? typed.type() == null ? "(" + typed.text() + ")" : typed.text()
            : "(" + ((StringChoice)choice).text() + ")").toList();
    }

    /**
     * The message that a field of type Void shows.
     *
     * @param name of the field
     */
    public Optional<String> message(final String name) {
        for (ParameterField field : ParameterField.withMessages(parameters.getClass())) {
            final TextMessage message = field.field().getAnnotation(TextMessage.class);
            if (message != null && field.key().equals(name)) {
                return new Visibility(values).applies(field.field())
                    ? values.compute(message.value()).map(m -> m.title() + ": " + m.description()) : Optional.empty();
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
