package dev.mixedmodels.engine.design;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Different whole numbers in rising order with their counts; of each the last binary digits may be dropped.
 *
 * @param keys the numbers without the dropped digits
 * @param counts how often each occurs
 * @param dropped how many digits are dropped
 */
record SortedCounts(long[] keys, long[] counts, int dropped) implements Serializable {
    /**
     * @param sorted numbers in rising order, and more places
     * @param size how many there are
     */
    static SortedCounts of(final long[] sorted, final int size) {
        final long[] keys = new long[size];
        final long[] counts = new long[size];
        int different = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                keys[different++] = sorted[i];
            }
            counts[different - 1]++;
        }
        return of(keys, counts, different, 0);
    }

    private static SortedCounts of(final long[] keys, final long[] counts, final int size, final int dropped) {
        return new SortedCounts(Arrays.copyOf(keys, size), Arrays.copyOf(counts, size), dropped);
    }

    int size() {
        return keys.length;
    }

    /** The least number that counts as this one. */
    long key(final int place) {
        return keys[place] << dropped;
    }

    /** These and others, with the digits that both have. */
    SortedCounts merged(final SortedCounts other) {
        final int digits = Math.max(dropped, other.dropped);
        return coarse(digits).mergedWith(other.coarse(digits));
    }

    /** No branch depends on the numbers, for which way it went could not be foreseen. */
    private SortedCounts mergedWith(final SortedCounts other) {
        final long[] all = new long[size() + other.size()];
        final long[] times = new long[all.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < size() && j < other.size()) {
            final long mine = keys[i];
            final long theirs = other.keys[j];
            all[n] = Math.min(mine, theirs);
            times[n++] = (mine <= theirs ? counts[i] : 0) + (theirs <= mine ? other.counts[j] : 0);
            i += mine <= theirs ? 1 : 0;
            j += theirs <= mine ? 1 : 0;
        }
        for (; i < size(); i++) {
            all[n] = keys[i];
            times[n++] = counts[i];
        }
        for (; j < other.size(); j++) {
            all[n] = other.keys[j];
            times[n++] = other.counts[j];
        }
        return of(all, times, n, dropped);
    }

    private SortedCounts coarse(final int digits) {
        if (digits == dropped) {
            return this;
        }
        final long[] fewer = new long[size()];
        final long[] times = new long[size()];
        int n = 0;
        for (int i = 0; i < size(); i++) {
            final long key = keys[i] >> digits - dropped;
            if (n == 0 || fewer[n - 1] != key) {
                fewer[n++] = key;
            }
            times[n - 1] += counts[i];
        }
        return of(fewer, times, n, digits);
    }

    /** These, with as many digits dropped as leave so many different numbers at most. */
    SortedCounts limited(final int most) {
        if (size() <= most) {
            return this;
        }
        final int[] parted = new int[Long.SIZE + 1]; // neighbours that are one when so many digits are dropped
        for (int i = 1; i < size(); i++) {
            parted[Long.SIZE - Long.numberOfLeadingZeros(keys[i] ^ keys[i - 1])]++;
        }
        int more = 0;
        for (int left = size(); left > most; more++) {
            left -= parted[more + 1];
        }
        return coarse(dropped + more);
    }
}
