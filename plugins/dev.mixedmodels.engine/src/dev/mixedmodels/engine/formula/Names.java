package dev.mixedmodels.engine.formula;

import java.util.Set;

/** How names of columns stand in a formula. */
final class Names {
    /** Words that R does not take as names. */
    private static final Set<String> RESERVED = Set.of("if", "else", "repeat", "while", "function", "for", "next",
        "break", "TRUE",
        "FALSE", "NULL", "Inf", "NaN", "NA", "NA_integer_", "NA_real_", "NA_character_", "in");

    private Names() {
    }

    /** A name as R writes it: plain if it is syntactic, else in backticks. */
    static String quote(final String name) {
        return syntactic(name) ? name : '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    private static boolean syntactic(final String name) {
        if (name.isEmpty() || !isStart(name.charAt(0)) || name.equals(".") || RESERVED.contains(name)) {
            return false;
        }
        if (name.charAt(0) == '.' && name.length() > 1 && isDigit(name.charAt(1))) {
            return false;
        }
        return name.chars().allMatch(c -> isPart((char) c));
    }

    static boolean isStart(final char c) {
        return Character.isLetter(c) || c == '.';
    }

    static boolean isPart(final char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_';
    }

    static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }

    /** A number that reads as the same number. */
    static String number(final double value) {
        final boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
