package dev.mixedmodels.engine.statistics;

/**
 * Which units of two grouping factors share rows, and their cross-products. Unit j of the first factor meets the units
 * {@code second[start[j]] .. second[start[j + 1] - 1]} of the second, in rising order.
 *
 * @param start levels of the first factor + 1 positions
 * @param second units of the second factor
 * @param values for each pair Z_k'Z_l over the rows they share, q_k x q_l row-major, one after another
 */
public record UnitPairs(int[] start, int[] second, double[] values) {

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
