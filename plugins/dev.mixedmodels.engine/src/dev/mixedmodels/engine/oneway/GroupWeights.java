package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is known of the weights of rows beside their sum in each group: how many rows there are, and the sum of
 * logarithms.
 */
final class GroupWeights implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String column;
    private int[] rows = new int[16];
    private final DoubleDouble logs = new DoubleDouble();
    private double least = Double.POSITIVE_INFINITY;
    private double greatest;

    GroupWeights(final String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    void add(final int group, final double weight) {
        grow(group + 1);
        rows[group]++;
        logs.add(Math.log(weight));
        least = Math.min(least, weight);
        greatest = Math.max(greatest, weight);
    }

    private void grow(final int groups) {
        if (groups > rows.length) {
            rows = Arrays.copyOf(rows, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(groups, 3L * rows.length / 2)));
        }
    }

    /** Adds the rows of other groups, those of the g-th to the group places[g]. */
    void merge(final GroupWeights other, final int[] places) {
        for (int g = 0; g < places.length; g++) {
            grow(places[g] + 1);
            rows[places[g]] += other.rows(g);
        }
        logs.add(other.logs);
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    /** Number of rows of a group. */
    int rows(final int group) {
        return group < rows.length ? rows[group] : 0;
    }

    /** Sum of the logarithms of all weights. */
    double logSum() {
        return logs.value();
    }

    double least() {
        return least;
    }

    double greatest() {
        return greatest;
    }
}
