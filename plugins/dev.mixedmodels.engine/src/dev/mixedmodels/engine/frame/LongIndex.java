package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.Arrays;

/** Numbers 64-bit keys in the order in which they appear: an open-addressing hash table without objects. */
public final class LongIndex implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SMALLEST = 64;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, spreads successive keys

    private long[] keys = new long[SMALLEST / 2];
    private int[] table = empty(SMALLEST);
    private int shift = Long.numberOfLeadingZeros(SMALLEST - 1);
    private int size;
    private int latest; // number of the key that was added last, which often comes again

    private static int[] empty(final int length) {
        final int[] table = new int[length];
        Arrays.fill(table, -1);
        return table;
    }

    /**
     * @param key a key
     * @return its number; a new one if it was not seen before
     */
    public int add(final long key) {
        if (size > 0 && keys[latest] == key) {
            return latest;
        }
        final int slot = slot(key);
        if (table[slot] < 0) {
            if (size == keys.length) {
                grow();
                return add(key);
            }
            table[slot] = size;
            keys[size++] = key;
        }
        latest = table[slot];
        return latest;
    }

    /**
     * @param key a key
     * @return its number, -1 if it was never added
     */
    public int find(final long key) {
        return table[slot(key)];
    }

    /**
     * @return how many keys were added
     */
    public int size() {
        return size;
    }

    /**
     * @param number number of a key
     * @return the key
     */
    public long key(final int number) {
        return keys[number];
    }

    /**
     * @return the keys in rising order
     */
    public long[] sortedKeys() {
        final long[] sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private int slot(final long key) {
        int slot = (int) ((key ^ key >>> 32) * GOLDEN >>> shift);
        while (table[slot] >= 0 && keys[table[slot]] != key) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /** Doubles the table, at most half full. */
    private void grow() {
        keys = Arrays.copyOf(keys, 2 * keys.length);
        table = empty(2 * table.length);
        shift--;
        for (int number = 0; number < size; number++) {
            table[slot(keys[number])] = number;
        }
    }
}
