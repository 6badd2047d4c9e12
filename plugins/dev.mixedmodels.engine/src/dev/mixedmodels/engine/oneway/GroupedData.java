package dev.mixedmodels.engine.oneway;

import java.util.Arrays;
import java.util.List;

/**
 * What the model is fitted to: the statistics of the groups and the names of the groups.
 *
 * @param statistics group sizes, means and sums of squares by group index; indices without rows are ignored
 * @param levels name of each group by index; at least as many as the statistics have groups
 * @param order group indices in the order of the output tables; indices without rows may occur
 * @param rowsLeftOut input rows that did not enter the statistics
 */
public record GroupedData(GroupStatistics statistics, List<String> levels, int[] order, long rowsLeftOut) {
    /**
     * @param statistics as above
     * @param levels as above, in the order of the output tables
     * @return data with no rows left out
     */
    public static GroupedData of(final GroupStatistics statistics, final List<String> levels) {
        final int[] order = new int[levels.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        return new GroupedData(statistics, levels, order, 0);
    }

    /** Indices of the groups with rows, in the order of the output tables. */
    int[] groups() {
        return Arrays.stream(order).filter(g -> g < statistics.groups() && statistics.n(g) > 0).toArray();
    }
}
