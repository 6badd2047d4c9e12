package dev.mixedmodels.standin.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/**
 * Parameters in the typed form of a workflow's files, as {@link dev.mixedmodels.standin.config.SettingsXml} has it, and
 * back, as strict as the platform: a value must have the type of its field. A list of values is a group of "array-size"
 * and the keys 0, 1, ...; a list of groups is a group of these keys alone.
 */
public final class StoredSettings {

    private static final String SIZE = "array-size";

    private StoredSettings() {
    }

    /** The typed form of what {@link ParameterTree#save} gave. */
    public static Map<String, Object> of(final Class<?> parametersClass, final Map<?, ?> tree) {
        final Map<String, Object> stored = new LinkedHashMap<>();
        for (ParameterField field : ParameterField.of(parametersClass)) {
            if (tree.containsKey(field.key())) {
                stored.put(field.key(), store(field.type(), tree.get(field.key())));
            }
        }
        return stored;
    }

    private static Object store(final Class<?> type, final Object value) {
        if (type.isArray()) {
            final boolean ofGroups = isGroup(type.getComponentType());
            final Map<String, Object> list = new LinkedHashMap<>();
            if (value != null && !ofGroups) {
                list.put(SIZE, ((List<?>)value).size());
            }
            for (Object element : value == null ? List.of() : (List<?>)value) {
                list.put(Integer.toString(ofGroups ? list.size() : list.size() - 1),
                    store(type.getComponentType(), element));
            }
            return list;
        }
        return isGroup(type) ? of(type, (Map<?, ?>)value) : value;
    }

    /**
     * What {@link ParameterTree#load} reads, from the typed form. Keys that the class does not have are not looked at.
     *
     * @throws InvalidSettingsException for a value of another type than the field's
     */
    public static Map<String, Object> tree(final Class<?> parametersClass, final Map<?, ?> stored)
        throws InvalidSettingsException {
        final Map<String, Object> tree = new LinkedHashMap<>();
        for (ParameterField field : ParameterField.of(parametersClass)) {
            if (stored.containsKey(field.key())) {
                tree.put(field.key(), restore(field.type(), stored.get(field.key()), field.key()));
            }
        }
        return tree;
    }

    private static Object restore(final Class<?> type, final Object value, final String key)
        throws InvalidSettingsException {
        if (type.isArray()) {
            return list(type.getComponentType(), expect(Map.class, value, key), key);
        } else if (isGroup(type)) {
            return tree(type, expect(Map.class, value, key));
        }
        return value == null && type == String.class ? null : expect(boxed(type), value, key);
    }

    private static List<Object> list(final Class<?> type, final Map<?, ?> stored, final String key)
        throws InvalidSettingsException {
        final boolean ofGroups = isGroup(type);
        if (!ofGroups && !stored.containsKey(SIZE)) {
            return null; // as the platform hands on a list that is stored as null
        }
        final int size = ofGroups ? stored.size() : expect(Integer.class, stored.get(SIZE), key + "/" + SIZE);
        final List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            final String index = Integer.toString(i);
            if (!stored.containsKey(index)) {
                throw new InvalidSettingsException("Setting \"" + key + "/" + index + "\" is not there.");
            }
            list.add(restore(type, stored.get(index), key + "/" + index));
        }
        return list;
    }

    private static boolean isGroup(final Class<?> type) {
        return Persistable.class.isAssignableFrom(type);
    }

    /** The class of the stored value; a constant is stored by its name. */
    private static Class<?> boxed(final Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        } else if (type == long.class) {
            return Long.class;
        } else if (type == double.class) {
            return Double.class;
        } else if (type == boolean.class) {
            return Boolean.class;
        }
        return type.isEnum() ? String.class : type;
    }

    private static <T> T expect(final Class<T> kind, final Object value, final String key)
        throws InvalidSettingsException {
        if (!kind.isInstance(value)) {
            throw new InvalidSettingsException("Setting \"" + key + "\" must be stored as " + kind.getSimpleName()
                + " but is " + (value == null ? "null" : value.getClass().getSimpleName() + " " + value) + ".");
        }
        return kind.cast(value);
    }
}
