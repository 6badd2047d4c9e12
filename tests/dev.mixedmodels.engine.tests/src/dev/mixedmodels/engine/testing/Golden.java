package dev.mixedmodels.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in one of the reference fits under tests/reference: an object, array, string, number, boolean or null of a
 * JSON file. Arrays of length one are written as scalars there, so a scalar answers as an array of length one too.
 */
public final class Golden {
    private final Object value;
    private final String path;

    private Golden(final Object value, final String path) {
        this.value = value;
        this.path = path;
    }

    /**
     * @param id file name without {@code .json}
     * @return the file's top-level object
     */
    public static Golden read(final String id) {
        try {
            return new Golden(
                new Parser(Files.readString(TestData.folder().resolve("reference").resolve(id + ".json"))).document(),
                id);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param key a key of this object
     * @return whether it is there and not null
     */
    public boolean has(final String key) {
        return value instanceof Map<?, ?> map && map.get(key) != null;
    }

    /**
     * @param keys keys from this object inwards
     * @return what stands there
     */
    public Golden at(final String... keys) {
        Golden here = this;
        for (final String key : keys) {
            if (!here.has(key)) {
                throw new IllegalArgumentException("no " + key + " at " + here.path);
            }
            here = new Golden(((Map<?, ?>) here.value).get(key), here.path + "/" + key);
        }
        return here;
    }

    /**
     * @return keys of this object, in the file's order
     */
    public List<String> keys() {
        return ((Map<?, ?>) value).keySet().stream().map(String.class::cast).toList();
    }

    /**
     * @return the elements of this array; a scalar is an array of one
     */
    public List<Golden> list() {
        final List<Golden> elements = new ArrayList<>();
        for (final Object o : value instanceof List<?> l ? l : List.of(value)) {
            elements.add(new Golden(o, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /**
     * @return this number; NaN for null
     */
    public double number() {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /**
     * @return this array of numbers; NaN for null
     */
    public double[] numbers() {
        return list().stream().mapToDouble(Golden::number).toArray();
    }

    /**
     * @return this array of arrays of numbers
     */
    public double[][] matrix() {
        return list().stream().map(Golden::numbers).toArray(double[][]::new);
    }

    /**
     * @return this string, or the text of a number or boolean
     */
    public String text() {
        return String.valueOf(value);
    }

    /**
     * @return this array of strings
     */
    public List<String> texts() {
        return list().stream().map(Golden::text).toList();
    }

    /** Recursive descent over RFC 8259. */
    private static final class Parser {
        private final String s;
        private int i;

        Parser(final String s) {
            this.s = s;
        }

        Object document() {
            final Object value = value();
            skip();
            if (i != s.length()) {
                throw new IllegalStateException("text after the end, at " + i);
            }
            return value;
        }

        private Object value() {
            skip();
            final char c = s.charAt(i);
            if (c == '{') {
                final Map<String, Object> map = new LinkedHashMap<>();
                i++;
                while (!end('}')) {
                    final String key = string();
                    skip();
                    i++; // the colon
                    map.put(key, value());
                }
                return map;
            }
            if (c == '[') {
                final List<Object> list = new ArrayList<>();
                i++;
                while (!end(']')) {
                    list.add(value());
                }
                return list;
            }
            return c == '"' ? string() : word();
        }

        /** Skips a comma; at the closing bracket skips that and says so. */
        private boolean end(final char bracket) {
            skip();
            if (s.charAt(i) == ',') {
                i++;
                skip();
            }
            if (s.charAt(i) == bracket) {
                i++;
                return true;
            }
            return false;
        }

        private Object word() {
            final int from = i;
            while (i < s.length() && ",]} \n\r\t".indexOf(s.charAt(i)) < 0) {
                i++;
            }
            final String word = s.substring(from, i);
            return switch (word) {
                case "null" -> null;
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> Double.valueOf(word);
            };
        }

        private String string() {
            final StringBuilder text = new StringBuilder();
            for (i++; s.charAt(i) != '"'; i++) {
                if (s.charAt(i) != '\\') {
                    text.append(s.charAt(i));
                } else {
                    i++;
                    if (s.charAt(i) == 'u') {
                        text.append((char) Integer.parseInt(s.substring(i + 1, i + 5), 16));
                        i += 4;
                    } else {
                        final int special = "nrtbf".indexOf(s.charAt(i));
                        text.append(special < 0 ? s.charAt(i) : "\n\r\t\b\f".charAt(special));
                    }
                }
            }
            i++;
            return text.toString();
        }

        private void skip() {
            while (i < s.length() && Character.isWhitespace(s.charAt(i))) {
                i++;
            }
        }
    }
}
