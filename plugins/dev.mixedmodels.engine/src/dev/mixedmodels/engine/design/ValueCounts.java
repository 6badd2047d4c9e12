package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.numeric.CrossProducts;
import java.io.Serializable;

/**
 * The values of a number over rows that stream by: their range, sums, and how often each occurs, as a {@link
 * ValueTable} has it. The values of a block of rows are counted where they are merged with those of others.
 */
final class ValueCounts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double[] NONE = {};

    private final ValueTable table; // null where only the range is wanted
    private double[] latest = NONE; // values that are not counted yet
    private long rows;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private final CrossProducts moments = new CrossProducts(new double[1]);

    /**
     * @param exact whether all values are told apart, however many there are
     */
    ValueCounts(final boolean exact) {
        this(new ValueTable(exact));
    }

    private ValueCounts(final ValueTable table) {
        this.table = table;
    }

    /** No values, but their range. */
    static ValueCounts range() {
        return new ValueCounts(null);
    }

    /**
     * @param x values of some rows; kept
     */
    void add(final double[] x) {
        count();
        rows += x.length;
        for (final double value : x) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        if (table != null) {
            moments.add(new double[][] {x}, x.length, i -> 1);
            latest = x;
        }
    }

    private void count() {
        if (latest.length > 0) {
            table.add(latest, least, greatest);
            latest = NONE;
        }
    }

    void merge(final ValueCounts other) {
        rows += other.rows;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        if (table != null && other.rows > 0) {
            moments.merge(other.moments);
            count();
            table.add(other.latest, least, greatest);
            table.add(other.table, least, greatest);
        }
    }

    /** The middle of the range: near the values, whatever the order of the rows. */
    double middle() {
        return least / 2 + greatest / 2;
    }

    /**
     * Different values in rising order with their counts.
     *
     * @param values one of those that count as one
     * @param counts rows of each
     */
    record Sorted(double[] values, long[] counts) {
        /** The value of an order statistic, counted from 0. */
        double at(final long rank) {
            int i = 0;
            for (long before = counts[0]; before <= rank; before += counts[i]) {
                i++;
            }
            return values[i];
        }
    }

    Sorted sorted() {
        count();
        final Sorted sorted = table.sorted();
        for (int i = 0; i < sorted.values.length; i++) {
            sorted.values[i] = Math.min(greatest, Math.max(least, sorted.values[i]));
        }
        return sorted;
    }

    ColumnSummary summary(final String column) {
        final Sorted different = sorted();
        final boolean few = table.different() && different.values.length <= ColumnSummary.MOST_VALUES;
        return new ColumnSummary(column, moments.mean(0),
            rows < 2 ? 0 : Math.sqrt(Math.max(0, moments.centred(0, 0)) / (rows - 1)),
            new double[] {least, different.at(rows / 4), different.at(rows / 2), different.at(3 * rows / 4), greatest},
            few ? different.values : null);
    }
}
