package dev.mixedmodels.knime.guess;

import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.NoColumn;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/**
 * What settings are for the node, whatever was stored: null, such as a list that somebody has removed by hand, is the
 * initial value, a null in a list of texts is left out, and the choice of no column is an empty text.
 */
final class InitialValues {
    private InitialValues() {
    }

    /** Replaces the nulls of parameters; arrays of parameters are replaced by copies without nulls. */
    static void replaceNulls(final NodeParameters parameters) {
        try {
            fill(parameters, parameters);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes empty texts of choices of no column. */
    static void replaceNone(final NodeParameters parameters) {
        try {
            for (final Field field : fields(parameters.getClass())) {
                final ChoicesProvider choices = field.getAnnotation(ChoicesProvider.class);
                if (choices != null && ColumnChoices.OrNone.class.isAssignableFrom(choices.value())) {
                    field.set(parameters, NoColumn.stored((String) field.get(parameters)));
                }
            }
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies the values of parameters, initial ones for nulls. */
    private static void fill(final NodeParameters from, final NodeParameters to) throws ReflectiveOperationException {
        final NodeParameters initial = initial(from.getClass());
        for (final Field field : fields(from.getClass())) {
            final Object value = field.get(from) == null ? field.get(initial) : field.get(from);
            field.set(to, value instanceof NodeParameters[] elements ? copies(elements)
                : value instanceof String[] texts
                    ? Arrays.stream(texts).filter(Objects::nonNull).toArray(String[]::new) : value);
        }
    }

    /** The values by their keys: choices as their names, lists as lists, groups of settings as maps. */
    static Map<String, Object> byKey(final NodeParameters parameters) {
        final Map<String, Object> values = new HashMap<>();
        try {
            for (final Field field : fields(parameters.getClass())) {
                values.put(field.getName(), plain(field.get(parameters)));
            }
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    private static Object plain(final Object value) {
        if (value instanceof Enum<?> choice) {
            return choice.name();
        }
        return value instanceof NodeParameters group ? byKey(group)
            : value instanceof Object[] list ? Arrays.stream(list).map(InitialValues::plain).toList() : value;
    }

    private static NodeParameters[] copies(final NodeParameters[] elements) throws ReflectiveOperationException {
        final NodeParameters[] copies =
            (NodeParameters[]) Array.newInstance(elements.getClass().getComponentType(), elements.length);
        for (int i = 0; i < copies.length; i++) {
            copies[i] = initial(elements.getClass().getComponentType());
            if (elements[i] != null) {
                fill(elements[i], copies[i]);
            }
        }
        return copies;
    }

    private static List<Field> fields(final Class<?> parameters) {
        final List<Field> fields = new ArrayList<>();
        for (Class<?> type = parameters; NodeParameters.class.isAssignableFrom(type); type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static NodeParameters initial(final Class<?> type) throws ReflectiveOperationException {
        final Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return (NodeParameters) constructor.newInstance();
    }
}
