package dev.mixedmodels.standin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.TypedStringChoicesProvider;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

import dev.mixedmodels.standin.definition.Definitions;
import dev.mixedmodels.standin.definition.DescriptionCheck;
import dev.mixedmodels.standin.definition.NodeDefinition;
import dev.mixedmodels.standin.definition.ViewDefinition;
import dev.mixedmodels.standin.settings.Json;
import dev.mixedmodels.standin.settings.ParameterField;
import dev.mixedmodels.standin.settings.ParameterTree;

/**
 * A node's definition and settings, for documentation.
 *
 * @param id the name in lower case with hyphens
 * @param viewSettings settings of the view; empty for a node without one
 */
public record NodeDescription(String id, NodeDefinition definition, List<Setting> settings,
    List<Setting> viewSettings) {

    /**
     * A setting.
     *
     * @param key a group's key, a slash and the own key for a member of a group
     * @param type in words
     * @param initial the initial value as JSON
     * @param choices the allowed values of an enum; empty for other types
     * @param description an XML fragment
     */
    public record Setting(String key, String type, String initial, List<Choice> choices, String title,
        String description, boolean advanced) {
    }

    /**
     * A constant of an enum.
     *
     * @param description an XML fragment, maybe empty
     */
    public record Choice(String name, String label, String description) {
    }

    public static NodeDescription of(final DefaultNodeFactory factory) {
        final NodeDefinition definition = Definitions.of(factory);
        final List<Setting> settings = new ArrayList<>();
        if (definition.model().parametersClass() != null) {
            collect(definition.model().parametersClass(), "", settings);
        }
        final List<Setting> viewSettings = new ArrayList<>();
        definition.view().map(ViewDefinition::parametersClass).ifPresent(type -> collect(type, "", viewSettings));
        return new NodeDescription(idOf(definition.texts().name()), definition, settings, viewSettings);
    }

    /** A name in lower case with hyphens for whatever is no letter or digit. */
    public static String idOf(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private static void collect(final Class<?> type, final String prefix, final List<Setting> into) {
        final Object initial = ParameterTree.instantiate(type);
        for (ParameterField field : ParameterField.of(type)) {
            final Class<?> fieldType = field.type();
            if (Persistable.class.isAssignableFrom(fieldType) && fieldType != ColumnFilter.class) {
                collect(fieldType, prefix + field.key() + "/", into);
                continue;
            }
            final Object value = ParameterTree.save(initial).get(field.key());
            into.add(new Setting(prefix + field.key(), typeName(field),
                fieldType == ColumnFilter.class ? "[]" : Json.write(value), choices(fieldType), field.title(),
                field.description(), field.isAdvanced()));
            if (fieldType.isArray() && Persistable.class.isAssignableFrom(fieldType.getComponentType())) {
                collect(fieldType.getComponentType(), prefix + field.key() + "[]/", into);
            }
        }
    }

    private static String typeName(final ParameterField field) {
        final ChoicesProvider choices = field.field().getAnnotation(ChoicesProvider.class);
        final boolean ofColumns = choices != null && TypedStringChoicesProvider.class.isAssignableFrom(choices.value());
        final String type = typeName(field.type());
        return ofColumns ? type.replace("string", "column") : type;
    }

    private static String typeName(final Class<?> type) {
        if (type == ColumnFilter.class) {
            return "columns";
        } else if (type.isEnum()) {
            return "choice";
        } else if (type.isArray()) {
            return Persistable.class.isAssignableFrom(type.getComponentType()) ? "array of objects"
                : "list of " + typeName(type.getComponentType());
        }
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static List<Choice> choices(final Class<?> type) {
        final Class<?> element = type.isArray() ? type.getComponentType() : type;
        final List<Choice> choices = new ArrayList<>();
        if (element.isEnum()) {
            for (Object constant : element.getEnumConstants()) {
                choices.add(choice((Enum<?>)constant));
            }
        }
        return choices;
    }

    private static Choice choice(final Enum<?> constant) {
        try {
            final Label label = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Label.class);
            return label == null ? new Choice(constant.name(), constant.name(), "")
                : new Choice(constant.name(), label.value(), label.description());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant + " is no constant of its class", e);
        }
    }

    /** @throws IllegalStateException when the description of a setting or a choice is not well-formed */
    public void checkTexts() {
        for (Setting setting : Stream.concat(settings.stream(), viewSettings.stream()).toList()) {
            DescriptionCheck.checkFragment("description of setting \"" + setting.key() + "\"", setting.description());
            for (Choice choice : setting.choices()) {
                DescriptionCheck.checkFragment("description of choice " + choice.name(), choice.description());
            }
        }
    }
}
