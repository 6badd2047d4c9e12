package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The order of level names: whole numbers first, by value; other texts character by character with runs of digits read
 * as numbers, so that {@code Week 2} comes before {@code Week 12}. Texts that only differ in leading zeros follow the
 * order of their characters. A total order, the same in every locale.
 */
public final class NaturalOrder implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    public static final Comparator<String> INSTANCE = new NaturalOrder();

    private NaturalOrder() {
    }

    @Override
    public int compare(final String a, final String b) {
        final boolean whole = isWhole(a);
        if (whole != isWhole(b)) {
            return whole ? -1 : 1;
        }
        final int order = whole ? compareWhole(a, b) : compareText(a, b);
        return order != 0 ? order : a.compareTo(b);
    }

    private static boolean isWhole(final String text) {
        final int start = text.startsWith("-") ? 1 : 0;
        return text.length() > start && digitsFrom(text, start) == text.length();
    }

    private static int compareWhole(final String a, final String b) {
        final int signA = sign(a);
        final int signB = sign(b);
        if (signA != signB) {
            return Integer.compare(signA, signB);
        }
        return signA * compareDigits(a, a.charAt(0) == '-' ? 1 : 0, a.length(), b, b.charAt(0) == '-' ? 1 : 0,
            b.length());
    }

    private static int sign(final String whole) {
        final boolean negative = whole.charAt(0) == '-';
        for (int i = negative ? 1 : 0; i < whole.length(); i++) {
            if (whole.charAt(i) != '0') {
                return negative ? -1 : 1;
            }
        }
        return 0;
    }

    private static int compareText(final String a, final String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                final int endA = digitsFrom(a, i);
                final int endB = digitsFrom(b, j);
                final int order = compareDigits(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else {
                final int order = Character.compare(a.charAt(i), b.charAt(j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    /** Compares two runs of digits of any length by their value. */
    private static int compareDigits(final String a, final int fromA, final int endA,
        final String b, final int fromB, final int endB) {
        int i = fromA;
        int j = fromB;
        while (i < endA && a.charAt(i) == '0') {
            i++;
        }
        while (j < endB && b.charAt(j) == '0') {
            j++;
        }
        int order = Integer.compare(endA - i, endB - j);
        for (; order == 0 && i < endA; i++, j++) {
            order = Character.compare(a.charAt(i), b.charAt(j));
        }
        return order;
    }

    private static int digitsFrom(final String text, final int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
