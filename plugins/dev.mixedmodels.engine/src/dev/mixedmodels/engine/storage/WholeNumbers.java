package dev.mixedmodels.engine.storage;

import java.util.AbstractList;
import java.util.List;

/** Lists of texts that are whole numbers, such as numbers of subjects, in 8 bytes each. */
final class WholeNumbers extends AbstractList<String> {
    private static final int MOST_DIGITS = 19;

    private final long[] numbers;

    /**
     * @param numbers the numbers, kept, not copied
     */
    WholeNumbers(final long[] numbers) {
        this.numbers = numbers;
    }

    @Override
    public String get(final int index) {
        return Long.toString(numbers[index]);
    }

    @Override
    public int size() {
        return numbers.length;
    }

    /** The numbers that the texts are; null if there is none or one is something else, such as 07. */
    static long[] of(final List<?> texts) {
        if (texts instanceof WholeNumbers whole) {
            return whole.numbers;
        }
        final long[] numbers = new long[texts.size()];
        int at = 0;
        for (final Object text : texts) {
            if (!(text instanceof String digits) || digits.isEmpty() || digits.length() > MOST_DIGITS) {
                return null;
            }
            final char first = digits.charAt(0);
            if (first != '-' && (first < '0' || first > '9')) {
                return null;
            }
            try {
                numbers[at] = Long.parseLong(digits);
            } catch (final NumberFormatException e) {
                return null;
            }
            if (!Long.toString(numbers[at++]).equals(digits)) {
                return null;
            }
        }
        return at == 0 ? null : numbers;
    }
}
