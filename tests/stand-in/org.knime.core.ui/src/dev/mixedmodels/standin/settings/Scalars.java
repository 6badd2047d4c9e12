package dev.mixedmodels.standin.settings;

import java.util.Arrays;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;

/** Single values of settings: from a tree's value or from what somebody typed. */
final class Scalars {

    private Scalars() {
    }

    /** The names of an enum's constants. */
    static List<String> constants(final Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants()).map(constant -> ((Enum<?>)constant).name()).toList();
    }

    /** @throws InvalidSettingsException when the value is none of the type */
    static Object decode(final Class<?> type, final Object value, final String key) throws InvalidSettingsException {
        if (type == String.class) {
            return value == null ? null : value.toString();
        } else if (type.isEnum()) {
            return constant(type, value, key);
        } else if (type == boolean.class || type == Boolean.class) {
            if (!"true".equals(String.valueOf(value)) && !"false".equals(String.valueOf(value))) {
                throw problem(key, "true or false", value);
            }
            return Boolean.valueOf(value.toString());
        } else if (type == double.class || type == Double.class) {
            return parseDouble(value, key);
        } else if (type == int.class || type == Integer.class) {
            return (int)parseInteger(value, key, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return parseInteger(value, key, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        throw new IllegalArgumentException("Setting \"" + key + "\" is of type " + type.getName()
            + ", which cannot be stored.");
    }

    private static Object constant(final Class<?> type, final Object value, final String key)
        throws InvalidSettingsException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>)constant).name().equals(value)) {
                return constant;
            }
        }
        throw problem(key, "one of " + String.join(", ", constants(type)), value);
    }

    private static double parseDouble(final Object value, final String key) throws InvalidSettingsException {
        try {
            return value instanceof Number number ? number.doubleValue() : Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw problem(key, "a number", value);
        }
    }

    private static long parseInteger(final Object value, final String key, final long min, final long max)
        throws InvalidSettingsException {
        try {
            final long number = value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15 ? d.longValue()
                : Long.parseLong(String.valueOf(value));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw problem(key, "an integer", value);
        }
        throw problem(key, "an integer from " + min + " to " + max, value);
    }

    private static InvalidSettingsException problem(final String key, final String expected, final Object value) {
        return new InvalidSettingsException(
            "Setting \"" + key + "\" must be " + expected + " but is " + Json.write(value) + ".");
    }
}
