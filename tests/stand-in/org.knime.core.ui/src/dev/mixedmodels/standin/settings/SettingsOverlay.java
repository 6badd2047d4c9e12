package dev.mixedmodels.standin.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

/**
 * Overwrites single settings in a stored tree, as a flow variable or a command line does. A text is read as the
 * setting's type demands: a list as JSON or separated by commas, an array of groups as JSON, a column filter as the
 * list of its columns.
 */
public final class SettingsOverlay {

    private final Class<?> parametersClass;

    private final Map<String, Object> tree;

    /** @param tree what {@link ParameterTree#save} gave; it is changed */
    public SettingsOverlay(final Class<?> parametersClass, final Map<String, Object> tree) {
        this.parametersClass = parametersClass;
        this.tree = tree;
    }

    /**
     * Sets a key; those of a group follow the group's key and a slash.
     *
     * @param value a text, or what {@link Json#parse} gives
     * @throws InvalidSettingsException for an unknown key or a value of another kind, naming what is allowed
     */
    public void set(final String key, final Object value) throws InvalidSettingsException {
        set(parametersClass, tree, "", key, value);
    }

    @SuppressWarnings("unchecked")
    private static void set(final Class<?> type, final Map<String, Object> into, final String prefix, final String key,
        final Object value) throws InvalidSettingsException {
        final int slash = key.indexOf('/');
        final String head = slash < 0 ? key : key.substring(0, slash);
        final ParameterField field = find(type, prefix, head);
        final String path = prefix + head;
        if (slash >= 0 && into.get(head) instanceof Map<?, ?> group) {
            set(field.type(), (Map<String, Object>)group, path + "/", key.substring(slash + 1), value);
        } else if (slash >= 0) {
            throw new InvalidSettingsException("Setting \"" + path + "\" is no group of settings.");
        } else {
            into.put(head, canonical(field.type(), value, path));
        }
    }

    private static ParameterField find(final Class<?> type, final String prefix, final String key)
        throws InvalidSettingsException {
        final List<String> known = new ArrayList<>();
        for (ParameterField field : ParameterField.of(type)) {
            if (field.key().equals(key)) {
                return field;
            }
            known.add(prefix + field.key());
        }
        throw new InvalidSettingsException(
            "There is no setting \"" + prefix + key + "\". The settings are: " + String.join(", ", known) + ".");
    }

    private static Object canonical(final Class<?> type, final Object value, final String path)
        throws InvalidSettingsException {
        if (value == null && (type.isArray() || type == String.class)) {
            return null;
        } else if (type.isArray()) {
            final List<Object> list = new ArrayList<>();
            for (Object element : asList(value, path, Persistable.class.isAssignableFrom(type.getComponentType()))) {
                list.add(canonical(type.getComponentType(), element, path + "/" + list.size()));
            }
            return list;
        } else if (type == ColumnFilter.class && !(value instanceof Map)) {
            return columnFilter(asList(value, path, false));
        } else if (Persistable.class.isAssignableFrom(type)) {
            return group(type, value instanceof String text ? parse(text, path) : value, path);
        }
        final Object decoded = Scalars.decode(type, value, path);
        return decoded instanceof Enum<?> constant ? constant.name() : decoded;
    }

    /** Initial values overwritten by the given ones. */
    private static Map<String, Object> group(final Class<?> type, final Object value, final String path)
        throws InvalidSettingsException {
        if (!(value instanceof Map<?, ?> map)) {
            final List<String> keys = ParameterField.of(type).stream().map(ParameterField::key).toList();
            throw new InvalidSettingsException("Setting \"" + path + "\" must be a JSON object with the keys "
                + String.join(", ", keys) + " but is " + Json.write(value) + ".");
        }
        final Map<String, Object> group = new LinkedHashMap<>(ParameterTree.save(ParameterTree.instantiate(type)));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            set(type, group, path + "/", entry.getKey().toString(), entry.getValue());
        }
        return group;
    }

    private static Map<String, Object> columnFilter(final List<?> names) {
        return ParameterTree.save(new ColumnFilter(names.stream().map(String::valueOf).toArray(String[]::new)));
    }

    private static List<?> asList(final Object value, final String path, final boolean ofGroups)
        throws InvalidSettingsException {
        if (value instanceof List<?> list) {
            return list;
        } else if (value instanceof String text && (ofGroups || text.strip().startsWith("["))) {
            return asList(parse(text, path), path, ofGroups);
        } else if (value instanceof String text && !ofGroups) {
            return text.isBlank() ? List.of() : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        throw new InvalidSettingsException(
            "Setting \"" + path + "\" must be a JSON array but is " + Json.write(value) + ".");
    }

    private static Object parse(final String text, final String path) throws InvalidSettingsException {
        try {
            final Object value = Json.parse(text);
            if (value instanceof String) {
                throw new IllegalArgumentException("Neither an array nor an object: " + text);
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("Setting \"" + path + "\": " + e.getMessage(), e);
        }
    }
}
