package dev.mixedmodels.engine.storage;

import dev.mixedmodels.engine.storage.ValueReader.Fields;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/** Makes records from the fields that were read; a field that an older version did not write is null, 0 or false. */
final class RecordMaker {
    private RecordMaker() {
    }

    static Object make(final Type wanted, final Object value) throws StorageException {
        final Class<?> type = (Class<?>) (wanted instanceof ParameterizedType p ? p.getRawType() : wanted);
        if (value == null) {
            return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
        }
        if (value instanceof Fields fields) {
            return record(type, fields);
        }
        if (value instanceof String name && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>) c).name().equals(name)).findFirst()
                .orElseThrow(() -> new StorageException("the unknown choice " + name));
        }
        if (value instanceof List<?> list) {
            return type.isArray() ? array(type.getComponentType(), list) : list(wanted, list);
        }
        if (type.isPrimitive() ? !Array.get(Array.newInstance(type, 1), 0).getClass().isInstance(value)
            : !type.isInstance(value)) {
            throw new StorageException("a value of another kind than " + type.getSimpleName());
        }
        return value;
    }

    private static Object array(final Class<?> element, final List<?> values) throws StorageException {
        final Object array = Array.newInstance(element, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, make(element, values.get(i)));
        }
        return array;
    }

    private static Object list(final Type wanted, final List<?> values) throws StorageException {
        if (!(wanted instanceof ParameterizedType p)) {
            throw new StorageException("a list where there should be none");
        }
        if (values instanceof WholeNumbers) {
            return values;
        }
        final Object[] made = new Object[values.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = make(p.getActualTypeArguments()[0], values.get(i));
        }
        return List.of(made);
    }

    private static Object record(final Class<?> wanted, final Fields fields) throws StorageException {
        final Class<?> type = wanted.isSealed() ? Arrays.stream(wanted.getPermittedSubclasses())
            .filter(c -> c.getSimpleName().equals(fields.type())).findFirst()
            .orElseThrow(() -> new StorageException("the unknown kind " + fields.type())) : wanted;
        if (!type.isRecord() || !type.getSimpleName().equals(fields.type())) {
            throw new StorageException(fields.type() + " where " + wanted.getSimpleName() + " should be");
        }
        final RecordComponent[] components = type.getRecordComponents();
        final Object[] values = new Object[components.length];
        final Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            values[i] = make(components[i].getGenericType(), fields.values().get(components[i].getName()));
        }
        try {
            final Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (final InvocationTargetException e) {
            throw new StorageException("values that do not fit together in " + type.getSimpleName(), e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
