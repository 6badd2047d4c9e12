package dev.mixedmodels.engine.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The rows of a long table that a chart may draw, gathered in one pass with bounded memory: those of the smallest and
 * of the largest key, and of the others a share that does not depend on their keys. {@link #thinned} then keeps the
 * extremes and takes the rest evenly over the ranks of the key. Short tables are kept whole. Deterministic: what is
 * kept is decided by a hash of a row's identity, or of its position.
 *
 * @param <T> a row
 */
public final class RowSample<T> {
    private static final int CAPACITY = 6_000;
    private static final int EXTREMES = 100;
    /** One in so many of the drawn rows is an extreme of each end. */
    private static final int EXTREME_SHARE = 20;
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private final ToDoubleFunction<T> key;
    private final ToLongFunction<T> identity;
    private final int capacity;
    private final Extremes<T> lowest = new Extremes<>(order());
    private final Extremes<T> highest = new Extremes<>(RowSample.<T>order().reversed());
    private List<Entry<T>> share = new ArrayList<>();
    private long threshold = Long.MAX_VALUE;
    private long count;

    private record Entry<T>(double key, long hash, long position, T row) {
    }

    /** The first rows of an order, cut down whenever there are twice as many. */
    private static final class Extremes<T> {
        private final Comparator<Entry<T>> order;
        private final List<Entry<T>> rows = new ArrayList<>(2 * EXTREMES);
        private Entry<T> last;

        Extremes(final Comparator<Entry<T>> order) {
            this.order = order;
        }

        void add(final Entry<T> entry) {
            rows.add(entry);
            if (rows.size() == 2 * EXTREMES) {
                cut();
                last = rows.get(EXTREMES - 1);
            }
        }

        private void cut() {
            rows.sort(order);
            if (rows.size() > EXTREMES) {
                rows.subList(EXTREMES, rows.size()).clear();
            }
        }

        List<Entry<T>> rows() {
            cut();
            return rows;
        }
    }

    /**
     * A drawn row.
     *
     * @param row the row
     * @param probability (rank - 1/2) / rows of its key among all rows, also those that are not drawn
     * @param <T> a row
     */
    public record Ranked<T>(T row, double probability) {
    }

    /**
     * @param key what rows are ranked by; rows of key NaN are passed over
     * @param identity of a row, so that samples of several tables keep the same things; null: its position
     */
    public RowSample(final ToDoubleFunction<T> key, final ToLongFunction<T> identity) {
        this(key, identity, CAPACITY);
    }

    /**
     * @param key what rows are ranked by; rows of key NaN are passed over
     * @param identity of a row, or null
     * @param capacity up to twice as many rows are kept whole
     */
    RowSample(final ToDoubleFunction<T> key, final ToLongFunction<T> identity, final int capacity) {
        this.key = key;
        this.identity = identity;
        this.capacity = capacity;
    }

    private static <T> Comparator<Entry<T>> order() {
        return Comparator.<Entry<T>>comparingDouble(Entry::key).thenComparingLong(Entry::hash)
            .thenComparingLong(Entry::position);
    }

    /**
     * @param row the next row
     */
    public void add(final T row) {
        final double value = key.applyAsDouble(row);
        if (Double.isNaN(value)) {
            return;
        }
        final long hash = mix(identity == null ? count : identity.applyAsLong(row));
        final boolean low = lowest.last == null || value <= lowest.last.key;
        final boolean high = highest.last == null || value >= highest.last.key;
        if (low || high || hash <= threshold) {
            final Entry<T> entry = new Entry<>(value, hash, count, row);
            if (low) {
                lowest.add(entry);
            }
            if (high) {
                highest.add(entry);
            }
            if (hash <= threshold) {
                share.add(entry);
                while (share.size() > 2 * capacity && threshold > 0) {
                    threshold >>>= 1;
                    share.removeIf(e -> e.hash > threshold);
                }
            }
        }
        count++;
    }

    /** SplitMix64's finaliser (Steele, Lea and Flood 2014), 63 bits. */
    private static long mix(final long value) {
        long z = (value + 1) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (z ^ (z >>> 31)) >>> 1;
    }

    /**
     * @return number of rows that were added, drawn or not
     */
    public long count() {
        return count;
    }

    /**
     * @return all rows that were kept, in the order of their keys
     */
    public List<T> kept() {
        return entries().stream().map(Entry::row).toList();
    }

    private List<Entry<T>> entries() {
        final Map<Long, Entry<T>> all = new LinkedHashMap<>();
        for (final List<Entry<T>> part : List.of(lowest.rows(), share, highest.rows())) {
            part.forEach(e -> all.put(e.position, e));
        }
        final List<Entry<T>> sorted = new ArrayList<>(all.values());
        sorted.sort(order());
        return sorted;
    }

    /**
     * @param most largest number of rows wanted
     * @return the extremes and the rest evenly over ranks, in the order of their keys; all rows where they are few
     */
    public List<Ranked<T>> thinned(final int most) {
        final List<Entry<T>> all = entries();
        final int size = all.size();
        final List<Ranked<T>> drawn = new ArrayList<>();
        final int ends = Math.min(Math.min(EXTREMES, lowest.rows().size()), most / EXTREME_SHARE);
        final int rest = most - 2 * ends;
        for (int i = 0; i < Math.min(most, size); i++) {
            final int index = size <= most || i < ends ? i : i >= ends + rest ? size - most + i
                : ends + (int) ((i - ends + 0.5) * (size - 2 * ends) / rest);
            drawn.add(new Ranked<>(all.get(index).row, probability(index, size)));
        }
        return drawn;
    }

    /** Exact for the extremes, and where all rows were kept. */
    private double probability(final int index, final int size) {
        if (size == count) {
            return (index + 0.5) / count;
        }
        final int ends = lowest.rows().size();
        final double middle = (index - ends + 0.5) / (size - 2.0 * ends) * (count - 2.0 * ends) + ends;
        return (index < ends ? index + 0.5 : index >= size - ends ? count - size + index + 0.5 : middle) / count;
    }
}
