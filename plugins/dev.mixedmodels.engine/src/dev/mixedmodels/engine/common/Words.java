package dev.mixedmodels.engine.common;

import java.util.List;

/** Grammar of what users read: one and many, lists. */
public final class Words {
    /** Whole numbers below it are written without an exponent. */
    private static final double LARGEST_PLAIN = 1e15;

    private Words() {
    }

    /**
     * @param n how many
     * @param noun of one, with a regular plural
     * @return {@code 1 row}, {@code 12 rows}
     */
    public static String count(final long n, final String noun) {
        return count(n, noun, noun + "s");
    }

    /**
     * @param n how many
     * @param one noun of one
     * @param many noun of many
     * @return {@code 1 child}, {@code 12 children}
     */
    public static String count(final long n, final String one, final String many) {
        return n + " " + (n == 1 ? one : many);
    }

    /**
     * @param n how many
     * @param noun of one, with a regular plural
     * @return {@code there is 1 row}, {@code there are 12 rows}
     */
    public static String there(final long n, final String noun) {
        return (n == 1 ? "there is " : "there are ") + count(n, noun);
    }

    /**
     * @param parts what belongs together, at least one
     * @return {@code a}, {@code a and b}, {@code a, b and c}
     */
    public static String list(final List<String> parts) {
        final int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /**
     * @param names names of columns, levels or settings
     * @return {@code "a"}, {@code "a" and "b"}, {@code "a", "b" and "c"}
     */
    public static String quoted(final List<String> names) {
        return list(names.stream().map(name -> '"' + name + '"').toList());
    }

    /**
     * @param x a number
     * @return its digits, without the names that Java has for what is none
     */
    public static String number(final double x) {
        if (Double.isNaN(x)) {
            return "not a number";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "infinite" : "minus infinite";
        }
        return x == Math.rint(x) && Math.abs(x) < LARGEST_PLAIN ? Long.toString((long) x) : Double.toString(x);
    }

    /**
     * @param sentence a sentence or a part of one
     * @return it with a capital letter at its start
     */
    public static String capital(final String sentence) {
        return sentence.isEmpty() ? sentence
            : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
