package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers 64-bit keys in the order in which they appear. As long as each is the successor of the one before it they
 * need no more; then comes an open-addressing hash table without objects.
 */
public final class LongIndex implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SMALLEST = 64;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, spreads successive keys

    private long[] keys = new long[SMALLEST / 2];
    private int[] table; // null while keys follow one another
    private int shift;
    private int size;
    private int latest; // number of the key that was added last, which often comes again

    /**
     * @param key a key
     * @return its number; a new one if it was not seen before
     */
    public int add(final long key) {
        if (size > 0 && keys[latest] == key) {
            return latest;
        }
        latest = find(key);
        if (latest < 0) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            latest = size;
            keys[size++] = key;
            if (table == null ? key < keys[0] || key - keys[0] != latest : table.length < 2 * keys.length) {
                hash();
            } else if (table != null) {
                table[slot(key)] = latest;
            }
        }
        return latest;
    }

    /**
     * @param key a key
     * @return its number, -1 if it was never added
     */
    public int find(final long key) {
        if (table != null) {
            return table[slot(key)];
        }
        final long place = size == 0 || key < keys[0] ? -1 : key - keys[0]; // below 0 too where it overflows
        return place < size ? (int) Math.max(place, -1) : -1;
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

    /** Makes the table anew, at most half full. */
    private void hash() {
        table = new int[2 * keys.length];
        Arrays.fill(table, -1);
        shift = Long.numberOfLeadingZeros(table.length - 1);
        for (int number = 0; number < size; number++) {
            table[slot(keys[number])] = number;
        }
    }
}
