package dev.mixedmodels.engine.statistics;

import java.util.Arrays;

/**
 * Which units of two grouping factors share rows, and their cross-products. Unit j of the first factor meets the units
 * {@code second[start[j]] .. second[start[j + 1] - 1]} of the second, in rising order.
 *
 * @param start levels of the first factor + 1 positions
 * @param second units of the second factor
 * @param values for each pair Z_k'Z_l over the rows they share, q_k x q_l row-major, one after another
 */
public record UnitPairs(int[] start, int[] second, double[] values) {

    /** The pairs that occur, without values. */
    static UnitPairs of(final RowOrder order, final Grouping first, final Grouping other) {
        final int[] start = new int[first.levels() + 1];
        int[] second = new int[Math.max(16, first.levels())];
        final int[] seen = new int[other.levels()];
        int count = 0;
        for (int j = 0; j < first.levels(); j++) {
            start[j] = count;
            for (int at = order.start()[j]; at < order.start()[j + 1]; at++) {
                final int unit = other.codes()[order.row(at)];
                if (seen[unit] != j + 1) {
                    seen[unit] = j + 1;
                    if (count == second.length) {
                        second = Arrays.copyOf(second, 2 * count);
                    }
                    second[count++] = unit;
                }
            }
            Arrays.sort(second, start[j], count);
        }
        start[first.levels()] = count;
        return new UnitPairs(start, Arrays.copyOf(second, count), null);
    }

    int find(final int first, final int other) {
        return start[first + 1] - start[first] == 1 ? start[first]
            : Arrays.binarySearch(second, start[first], start[first + 1], other);
    }

    /**
     * @return number of pairs
     */
    public int size() {
        return second.length;
    }

    /**
     * @return whether every unit of the first factor lies within one of the second
     */
    public boolean nested() {
        for (int j = 0; j + 1 < start.length; j++) {
            if (start[j + 1] - start[j] > 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param levels number of units of the second factor
     * @return whether every unit of the second factor lies within one of the first
     */
    public boolean nestedReversed(final int levels) {
        final boolean[] seen = new boolean[levels];
        for (final int unit : second) {
            if (seen[unit]) {
                return false;
            }
            seen[unit] = true;
        }
        return true;
    }
}
