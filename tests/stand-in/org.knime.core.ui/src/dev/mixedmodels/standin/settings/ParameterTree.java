package dev.mixedmodels.standin.settings;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/**
 * Stores parameters as a tree of maps, lists, strings, numbers and booleans, and reads them back: a key a field, an
 * enum by the name of its constant, an array as a list, a group of parameters (a column filter too) as a map.
 */
public final class ParameterTree {

    private ParameterTree() {
    }

    /** The tree of some parameters. */
    public static Map<String, Object> save(final Object parameters) {
        final Map<String, Object> tree = new LinkedHashMap<>();
        for (ParameterField field : ParameterField.of(parameters.getClass())) {
            tree.put(field.key(), toTree(field.get(parameters)));
        }
        return tree;
    }

    /**
     * Parameters from a tree.
     *
     * @throws InvalidSettingsException for a value of another kind than the field's, and for an absent one where the
     *             class does not say that its initial value may be taken
     */
    public static <T> T load(final Class<T> parametersClass, final Map<?, ?> tree) throws InvalidSettingsException {
        final T parameters = instantiate(parametersClass);
        for (ParameterField field : ParameterField.of(parametersClass)) {
            if (tree.containsKey(field.key())) {
                field.set(parameters, fromTree(field.type(), tree.get(field.key()), field.key()));
            } else if (!field.mayBeAbsent()) {
                throw new InvalidSettingsException("Setting \"" + field.key() + "\" is not there.");
            }
        }
        return parameters;
    }

    /** An instance with initial values. */
    public static <T> T instantiate(final Class<T> parametersClass) {
        try {
            final Constructor<T> constructor = parametersClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + parametersClass.getName() + " fails.",
                e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                parametersClass.getName() + " needs a constructor without arguments.", e);
        }
    }

    private static Object toTree(final Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value.getClass().isArray()) {
            final List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(toTree(Array.get(value, i)));
            }
            return list;
        } else if (value instanceof Persistable) {
            return save(value);
        }
        throw new IllegalArgumentException("Parameters of type " + value.getClass().getName() + " cannot be stored.");
    }

    private static Object fromTree(final Class<?> type, final Object value, final String key)
        throws InvalidSettingsException {
        if (type.isArray() && value == null) {
            return null; // as the platform hands on a list that is stored as null
        } else if (type.isArray()) {
            final List<?> list = expect(List.class, value, key);
            final Object array = Array.newInstance(type.getComponentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, fromTree(type.getComponentType(), list.get(i), key + "/" + i));
            }
            return array;
        } else if (Persistable.class.isAssignableFrom(type)) {
            return load(type, expect(Map.class, value, key));
        }
        return Scalars.decode(type, value, key);
    }

    private static <T> T expect(final Class<T> kind, final Object value, final String key)
        throws InvalidSettingsException {
        if (!kind.isInstance(value)) {
            throw new InvalidSettingsException("Setting \"" + key + "\" must be a "
                + (kind == List.class ? "list" : "group of settings") + " but is " + Json.write(value) + ".");
        }
        return kind.cast(value);
    }
}
