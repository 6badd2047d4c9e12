package dev.mixedmodels.standin.settings;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * JSON (RFC 8259) to and from maps in order of their keys, lists, strings, longs, doubles, booleans and null. Numbers
 * that JSON does not have, NaN and infinities, are written as strings. Records are written as Jackson does: an object of
 * their components; arrays of doubles are lists.
 */
public final class Json {

    private Json() {
    }

    /** @throws IllegalArgumentException naming the position where the text stops being JSON */
    public static Object parse(final String text) {
        return new JsonParser(text).document();
    }

    /** The value in one line. */
    public static String write(final Object value) {
        final StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(final Object value, final StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                quote(entry.getKey().toString(), out);
                out.append(": ");
                write(entry.getValue(), out);
                separator = ", ";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, out);
                separator = ", ";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof double[] numbers) {
            write(DoubleStream.of(numbers).boxed().toList(), out);
        } else if (value instanceof Record object) {
            write(components(object), out);
        } else if (value == null || value instanceof Boolean || value instanceof Number number && isFinite(number)) {
            out.append(value);
        } else {
            quote(value.toString(), out);
        }
    }

    private static Map<String, Object> components(final Record object) {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                values.put(component.getName(), component.getAccessor().invoke(object));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(component + " of " + object.getClass() + " cannot be read.", e);
            }
        }
        return values;
    }

    private static boolean isFinite(final Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static void quote(final String text, final StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
