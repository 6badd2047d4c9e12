package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.frame.LongIndex;
import java.io.Serializable;

/** Blocks of running sums by 64-bit keys, such as units or pairs of units, which make room as keys come. */
final class KeyedSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private final int width;
    private final LongIndex index = new LongIndex();
    private final CompensatedSums sums;

    /**
     * @param width sums of a key
     */
    KeyedSums(final int width) {
        this.width = width;
        sums = new CompensatedSums(SMALLEST * width);
    }

    /** Place of the first sum of a key. */
    int at(final long key) {
        final int number = index.add(key);
        if (number * width == sums.length()) {
            final int more = number + (number >> 1);
            requireRoom(more);
            sums.grow(ArraySize.of(more, width));
        }
        return place(number);
    }

    /** Besides what is there: the sums and their errors, and with each key twice what finds it. */
    private void requireRoom(final int keys) {
        Heap.require((double) keys * (2 * Double.BYTES * width + 2 * (Long.BYTES + Integer.BYTES)),
            keys + " units, or pairs of crossed units that have a row in common, take", "Give the program more memory "
                + "(KNIME: -Xmx in knime.ini), leave out a random effect, or use a part of the table.");
    }

    void add(final int at, final double x) {
        sums.add(at, x);
    }

    /** Adds to blocks of sums products of a run of rows: m columns from a on with n columns from b on. */
    void addProducts(final int at, final double[] rows, final int a, final int m, final int b, final int n, final int width,
        final int count) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                sums.addProducts(at + i * n + j, rows, a + i, b + j, width, count);
            }
        }
    }

    void merge(final KeyedSums later) {
        for (int number = 0; number < later.index.size(); number++) {
            sums.add(at(later.key(number)), later.sums, later.place(number), width);
        }
    }

    /** The keys in rising order. */
    long[] keys() {
        return index.sortedKeys();
    }

    /** Place of the first sum of a key that has come. */
    int find(final long key) {
        return place(index.find(key));
    }

    int size() {
        return index.size();
    }

    /** The key that came as the given one. */
    long key(final int number) {
        return index.key(number);
    }

    /** Place of its first sum. */
    int place(final int number) {
        return number * width;
    }

    double value(final int at) {
        return sums.value(at);
    }
}
