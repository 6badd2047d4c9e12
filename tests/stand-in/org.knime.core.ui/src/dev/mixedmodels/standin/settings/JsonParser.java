package dev.mixedmodels.standin.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON text from left to right. */
final class JsonParser {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;

    private int position;

    JsonParser(final String text) {
        this.text = text;
    }

    Object document() {
        final Object value = value();
        skipBlanks();
        if (position < text.length()) {
            throw problem("nothing more");
        }
        return value;
    }

    private Object value() {
        skipBlanks();
        if (position == text.length()) {
            throw problem("a value");
        }
        switch (text.charAt(position)) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            default:
                return literal();
        }
    }

    private Map<String, Object> object() {
        final Map<String, Object> map = new LinkedHashMap<>();
        position++;
        if (!skip('}')) {
            do {
                skipBlanks();
                final String key = string();
                expect(':');
                if (map.containsKey(key)) {
                    throw problem("each key once but \"" + key + "\" is there twice");
                }
                map.put(key, value());
            } while (skip(','));
            expect('}');
        }
        return map;
    }

    private List<Object> array() {
        final List<Object> list = new ArrayList<>();
        position++;
        if (!skip(']')) {
            do {
                list.add(value());
            } while (skip(','));
            expect(']');
        }
        return list;
    }

    private String string() {
        if (position == text.length() || text.charAt(position) != '"') {
            throw problem("a text in double quotes");
        }
        final StringBuilder out = new StringBuilder();
        for (position++; position < text.length(); position++) {
            final char c = text.charAt(position);
            if (c == '"') {
                position++;
                return out.toString();
            } else if (c == '\\') {
                out.append(escaped());
            } else if (c < ' ') {
                throw problem("an escaped control character");
            } else {
                out.append(c);
            }
        }
        throw problem("the closing quote of a text");
    }

    private char escaped() {
        position++;
        final char c = position < text.length() ? text.charAt(position) : ' ';
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                if (text.substring(position + 1).matches("(?s)[0-9a-fA-F]{4}.*")) {
                    position += 4;
                    return (char)Integer.parseInt(text.substring(position - 3, position + 1), 16);
                }
                throw problem("four hexadecimal digits");
            default:
                throw problem("an escape");
        }
    }

    private Object literal() {
        if (text.startsWith("true", position)) {
            position += 4;
            return true;
        } else if (text.startsWith("false", position)) {
            position += 5;
            return false;
        } else if (text.startsWith("null", position)) {
            position += 4;
            return null;
        }
        final Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw problem("a value");
        }
        position = number.end();
        final boolean integer = number.group(1) == null && number.group(2) == null && number.group().length() < 19;
        return integer ? (Object)Long.valueOf(number.group()) : (Object)Double.valueOf(number.group());
    }

    private void expect(final char c) {
        if (!skip(c)) {
            throw problem("'" + c + "'");
        }
    }

    private boolean skip(final char c) {
        skipBlanks();
        final boolean found = position < text.length() && text.charAt(position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private IllegalArgumentException problem(final String expected) {
        return new IllegalArgumentException(
            "Not JSON: expected " + expected + " at character " + (position + 1) + " of: " + text);
    }
}
