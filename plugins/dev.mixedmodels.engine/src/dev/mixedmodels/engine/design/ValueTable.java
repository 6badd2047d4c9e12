package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.numeric.RadixSort;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers and how often each occurs. Where they are many different ones, and need not be exact, those in the same of
 * {@link ValueCells} count as one: what is found does not depend on the order in which they come.
 */
final class ValueTable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** So many values are told apart. */
    private static final int MOST = 1 << 16;
    private static final int SMALLEST = 16;

    private final boolean exact;
    private LongIndex keys = new LongIndex(); // null where cells are counted
    private ValueCells cells; // null where values are counted
    private long[] counts = new long[SMALLEST];

    /**
     * @param exact whether all values are told apart, however many there are
     */
    ValueTable(final boolean exact) {
        this.exact = exact;
    }

    /** Keys have the order of the numbers. */
    private static long key(final double x) {
        final long bits = Double.doubleToLongBits(x + 0.0);
        return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
    }

    private static double number(final long key) {
        return Double.longBitsToDouble(key ^ key >> Long.SIZE - 1 & Long.MAX_VALUE);
    }

    /**
     * Adds numbers.
     *
     * @param x the numbers
     * @param least none of them, and of those before, is less
     * @param greatest none is greater
     */
    void add(final double[] x, final double least, final double greatest) {
        cover(least, greatest);
        int i = 0;
        for (; i < x.length && cells == null; i++) {
            addKey(key(x[i]), 1, least, greatest);
        }
        for (; i < x.length; i++) {
            counts[cells.place(x[i])]++;
        }
    }

    /**
     * Adds what another table has.
     *
     * @param other the other one
     * @param least none of its numbers, and of those before, is less
     * @param greatest none is greater
     */
    void add(final ValueTable other, final double least, final double greatest) {
        cover(least, greatest);
        if (other.cells != null && cells == null) {
            count(ValueCells.of(least, greatest));
        }
        for (int i = 0; i < other.places(); i++) {
            if (cells == null) {
                addKey(other.keys.key(i), other.counts[i], least, greatest);
            } else if (other.counts[i] > 0) {
                counts[cells.place(other.value(i))] += other.counts[i];
            }
        }
    }

    private void addKey(final long key, final long times, final double least, final double greatest) {
        final int at = keys.add(key);
        if (at >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * at);
        }
        counts[at] += times;
        if (keys.size() > MOST && !exact) {
            count(ValueCells.of(least, greatest));
        }
    }

    private void cover(final double least, final double greatest) {
        if (cells != null) {
            final ValueCells wider = ValueCells.of(least, greatest);
            if (!wider.equals(cells)) {
                count(wider);
            }
        }
    }

    /** Goes on to count by these cells. */
    private void count(final ValueCells wider) {
        final long[] times = new long[wider.size()];
        for (int i = 0; i < places(); i++) {
            if (counts[i] > 0) {
                times[wider.place(value(i))] += counts[i];
            }
        }
        counts = times;
        cells = wider;
        keys = null;
    }

    private int places() {
        return cells == null ? keys.size() : cells.size();
    }

    private double value(final int place) {
        return cells == null ? number(keys.key(place)) : cells.value(place);
    }

    /** Whether different values are told apart. */
    boolean different() {
        return cells == null;
    }

    /** Values in rising order with their counts. */
    ValueCounts.Sorted sorted() {
        final double[] values = new double[places()];
        final long[] times = new long[values.length];
        final long[] order = cells == null ? order() : null;
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            final int place = cells == null ? keys.find(order[i]) : i;
            if (counts[place] > 0) {
                values[n] = value(place);
                times[n++] = counts[place];
            }
        }
        return new ValueCounts.Sorted(Arrays.copyOf(values, n), Arrays.copyOf(times, n));
    }

    private long[] order() {
        final long[] order = new long[keys.size()];
        Arrays.setAll(order, keys::key);
        return RadixSort.sorted(order, order.length);
    }
}
