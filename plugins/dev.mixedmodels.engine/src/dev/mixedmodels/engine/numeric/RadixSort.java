package dev.mixedmodels.engine.numeric;

import java.util.Arrays;

/** Sorts many whole numbers: a pass over them for every eleven binary digits in which they differ. */
public final class RadixSort {
    private static final int DIGITS = 11;
    private static final int RADIX = 1 << DIGITS;

    private RadixSort() {
    }

    /**
     * @param keys the numbers come first; is overwritten
     * @param size how many there are
     * @return them in rising order, in the first places of this array or another
     */
    public static long[] sorted(final long[] keys, final int size) {
        long[] from = keys;
        long[] to = new long[size];
        final int[] place = new int[RADIX];
        for (int shift = 0; shift < Long.SIZE && size > 0; shift += DIGITS) {
            Arrays.fill(place, 0);
            for (int i = 0; i < size; i++) {
                place[digit(from[i], shift)]++;
            }
            if (place[digit(from[0], shift)] < size) {
                int before = 0;
                for (int digit = 0; digit < RADIX; digit++) {
                    before += place[digit];
                    place[digit] = before - place[digit];
                }
                for (int i = 0; i < size; i++) {
                    to[place[digit(from[i], shift)]++] = from[i];
                }
                final long[] swap = from;
                from = to;
                to = swap;
            }
        }
        return from;
    }

    /** Eleven binary digits; negative numbers come before the others by the last ones. */
    private static int digit(final long key, final int shift) {
        return (int) ((key ^ Long.MIN_VALUE) >>> shift) & RADIX - 1;
    }
}
