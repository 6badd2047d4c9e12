package dev.mixedmodels.headless.csv;

import java.util.Map;

/** Numbers as text: decimal with an optional exponent, NaN, Inf and Infinity with an optional sign. */
final class Decimal {

    private static final Map<String, Double> NOT_FINITE = Map.of("NaN", Double.NaN, "Inf", Double.POSITIVE_INFINITY,
        "+Inf", Double.POSITIVE_INFINITY, "-Inf", Double.NEGATIVE_INFINITY, "Infinity", Double.POSITIVE_INFINITY,
        "+Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private Decimal() {
    }

    static boolean isNumber(final String text) {
        return isFinite(text.strip()) || NOT_FINITE.containsKey(text.strip());
    }

    /** [+-] digits [. digits] [e [+-] digits], with a digit before or behind the point. */
    private static boolean isFinite(final String text) {
        int i = sign(text, 0);
        final int whole = digits(text, i);
        i += whole;
        int fraction = 0;
        if (i < text.length() && text.charAt(i) == '.') {
            fraction = digits(text, i + 1);
            i += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            final int start = sign(text, i + 1);
            final int exponent = digits(text, start);
            i = exponent == 0 ? i : start + exponent;
        }
        return i == text.length();
    }

    private static int sign(final String text, final int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(final String text, final int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /** The number in a text that {@link #isNumber} accepts. */
    static double parse(final String text) {
        final Double special = NOT_FINITE.get(text.strip());
        return special == null ? Double.parseDouble(text.strip()) : special;
    }

    /**
     * The number with as many digits, at most 17, as it takes to read the same double back; integers up to 15 digits
     * plain.
     */
    static String format(final double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
            return Long.toString((long)value);
        }
        return Double.toString(value);
    }
}
