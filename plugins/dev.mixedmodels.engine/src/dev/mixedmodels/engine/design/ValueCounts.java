package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import dev.mixedmodels.engine.numeric.RadixSort;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a number over rows that stream by, and how often each occurs. Where they are many different ones, and
 * need not be exact, those that agree in their leading binary digits count as one: as many digits as leave a bounded
 * number, whatever the order of the rows. Values are sorted a block of rows at a time, and sorted ones are merged when
 * there are about as many of each.
 */
final class ValueCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** So many values are told apart. */
    private static final int MOST = 1 << 16;
    private static final int SMALLEST = 16;

    private final boolean exact;
    private final boolean counted;
    private final List<SortedCounts> sorted = new ArrayList<>();
    private long[] latest = new long[SMALLEST]; // keys that are not sorted yet
    private int size;
    private long rows;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private final DoubleDouble sum = new DoubleDouble();
    private final DoubleDouble squares = new DoubleDouble();

    /**
     * @param exact whether all values are told apart, however many there are
     */
    ValueCounts(final boolean exact) {
        this(exact, true);
    }

    private ValueCounts(final boolean exact, final boolean counted) {
        this.exact = exact;
        this.counted = counted;
    }

    /** No values, but their range. */
    static ValueCounts range() {
        return new ValueCounts(false, false);
    }

    void add(final double x) {
        rows++;
        least = Math.min(least, x);
        greatest = Math.max(greatest, x);
        if (counted) {
            sum.add(x);
            squares.addProduct(x, x);
            if (size == latest.length) {
                latest = Arrays.copyOf(latest, 2 * size);
            }
            latest[size++] = key(x);
            if (size == RowSource.BLOCK) {
                sort();
            }
        }
    }

    /** Keys have the order of the numbers. */
    private static long key(final double x) {
        final long bits = Double.doubleToLongBits(x + 0.0);
        return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
    }

    private static double number(final long key) {
        return Double.longBitsToDouble(key ^ key >> Long.SIZE - 1 & Long.MAX_VALUE);
    }

    private void sort() {
        if (size > 0) {
            put(SortedCounts.of(RadixSort.sorted(latest, size), size));
            latest = new long[SMALLEST];
            size = 0;
        }
    }

    private void put(final SortedCounts more) {
        sorted.add(more);
        for (int i = sorted.size() - 2; i >= 0 && sorted.get(i).size() <= 2 * sorted.get(i + 1).size(); i--) {
            mergeLast();
        }
    }

    private void mergeLast() {
        final SortedCounts last = sorted.remove(sorted.size() - 1);
        final SortedCounts both = sorted.remove(sorted.size() - 1).merged(last);
        sorted.add(exact ? both : both.limited(MOST));
    }

    void merge(final ValueCounts other) {
        rows += other.rows;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        sum.add(other.sum);
        squares.add(other.squares);
        sort();
        other.sort();
        other.sorted.forEach(this::put);
    }

    /** The middle of the range: near the values, whatever the order of the rows. */
    double middle() {
        return least / 2 + greatest / 2;
    }

    /**
     * Different values in rising order with their counts.
     *
     * @param values the least of those that count as one
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
        final SortedCounts all = all();
        final double[] values = new double[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(least, number(all.key(i)));
        }
        return new Sorted(values, all.counts());
    }

    private SortedCounts all() {
        sort();
        while (sorted.size() > 1) {
            mergeLast();
        }
        return sorted.isEmpty() ? SortedCounts.of(latest, 0) : sorted.get(0);
    }

    ColumnSummary summary(final String column) {
        final Sorted different = sorted();
        final boolean few = all().dropped() == 0 && different.values.length <= ColumnSummary.MOST_VALUES;
        final DoubleDouble rest = new DoubleDouble();
        rest.addProduct(-sum.high(), -sum.low(), sum.high(), sum.low());
        rest.divide(rows, 0);
        rest.add(squares);
        return new ColumnSummary(column, sum.value() / rows,
            rows < 2 ? 0 : Math.sqrt(Math.max(0, rest.value()) / (rows - 1)),
            new double[] {least, different.at(rows / 4), different.at(rows / 2), different.at(3 * rows / 4), greatest},
            few ? different.values : null);
    }
}
