package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The values of a number over rows that stream by, and how often each occurs. Where they are many different ones, and
 * need not be exact, those that agree in their leading binary digits count as one: as many digits as leave a bounded
 * number, whatever the order of the rows.
 */
final class ValueCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** So many values are told apart. */
    private static final int MOST = 1 << 16;
    private static final int STEP = 2;
    private static final int SMALLEST = 16;

    private final boolean exact;
    private final boolean counted;
    private LongIndex index = new LongIndex();
    private long[] counts = new long[SMALLEST];
    private int dropped; // binary digits that do not count
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
            count(key(x) >> dropped, 1);
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

    private void count(final long key, final long times) {
        final int place = index.add(key);
        if (place == counts.length) {
            counts = Arrays.copyOf(counts, 2 * place);
        }
        counts[place] += times;
        while (!exact && index.size() > MOST) {
            drop(dropped + STEP);
        }
    }

    private void drop(final int digits) {
        final LongIndex before = index;
        final long[] times = counts;
        final int more = digits - dropped;
        index = new LongIndex();
        counts = new long[SMALLEST];
        dropped = digits;
        for (int i = 0; i < before.size(); i++) {
            count(before.key(i) >> more, times[i]);
        }
    }

    void merge(final ValueCounts other) {
        rows += other.rows;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        sum.add(other.sum);
        squares.add(other.squares);
        if (other.dropped > dropped) {
            drop(other.dropped);
        }
        for (int i = 0; i < other.index.size(); i++) {
            count(other.index.key(i) >> dropped - other.dropped, other.counts[i]);
        }
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
        final int[] order = IntStream.range(0, index.size()).boxed().sorted(Comparator.comparingLong(index::key))
            .mapToInt(Integer::intValue).toArray();
        return new Sorted(IntStream.of(order).mapToDouble(i -> Math.max(least, number(index.key(i) << dropped))).toArray(),
            IntStream.of(order).mapToLong(i -> counts[i]).toArray());
    }

    ColumnSummary summary(final String column) {
        final Sorted sorted = sorted();
        final boolean few = dropped == 0 && sorted.values.length <= ColumnSummary.MOST_VALUES;
        final DoubleDouble rest = new DoubleDouble();
        rest.addProduct(-sum.high(), -sum.low(), sum.high(), sum.low());
        rest.divide(rows, 0);
        rest.add(squares);
        return new ColumnSummary(column, sum.value() / rows,
            rows < 2 ? 0 : Math.sqrt(Math.max(0, rest.value()) / (rows - 1)),
            new double[] {least, sorted.at(rows / 4), sorted.at(rows / 2), sorted.at(3 * rows / 4), greatest},
            few ? sorted.values : null);
    }
}
