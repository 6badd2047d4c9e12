package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The levels of a column while its rows stream by, and how many of them have each. */
public final class FoundLevels implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private final String name;
    private final LevelIndex index = new LevelIndex();
    private long[] counts = new long[SMALLEST];

    /**
     * @param name name of the column
     */
    public FoundLevels(final String name) {
        this.name = name;
    }

    /**
     * @return the name of the column
     */
    public String name() {
        return name;
    }

    /**
     * @return how many levels were found
     */
    public int size() {
        return index.size();
    }

    /**
     * Adds rows.
     *
     * @param column the column, nominal, or numeric with whole numbers only
     * @param rows some of its rows, none of them missing
     * @throws dev.mixedmodels.engine.common.ModelException if a value is not a whole number
     */
    public void add(final Column column, final Rows rows) {
        if (column instanceof NominalColumn nominal) {
            final int[] of = new int[nominal.dictionarySize()];
            for (int i = 0; i < rows.size(); i++) {
                of[nominal.code(rows.row(i))]++;
            }
            for (int code = 0; code < of.length; code++) {
                if (of[code] > 0) {
                    count(index.add(nominal.entry(code)), of[code]);
                }
            }
        } else {
            for (int i = 0; i < rows.size(); i++) {
                count(index.add(FactorCoding.whole(column, rows.row(i))), 1);
            }
        }
    }

    private void count(final int level, final long rows) {
        if (level >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * level);
        }
        counts[level] += rows;
    }

    /**
     * Adds other rows.
     *
     * @param other their levels
     */
    public void merge(final FoundLevels other) {
        final int[] here = index.addAll(other.index);
        for (int level = 0; level < here.length; level++) {
            count(here[level], other.counts[level]);
        }
    }

    /**
     * The levels in order.
     *
     * @param levels their names
     * @param counts rows of each
     * @param first index of the level that is first by nature, whatever the reference
     */
    public record Ordered(List<String> levels, long[] counts, int first) {
    }

    /**
     * @param order order of the levels
     * @return the levels that were found
     * @throws dev.mixedmodels.engine.common.ModelException if the order does not fit the levels
     */
    public Ordered ordered(final LevelOrder order) {
        final int[] natural = index.order();
        final List<String> names = index.names(natural);
        final int[] permutation = order.permutation(name, names);
        if (permutation == null) {
            return new Ordered(names, IntStream.of(natural).mapToLong(level -> counts[level]).toArray(), 0);
        }
        final int[] byNature = order.reference() == null ? permutation
            : new LevelOrder(null, order.explicit()).permutation(name, names);
        final int first = byNature == null ? 0 : byNature[0];
        return new Ordered(IntStream.of(permutation).mapToObj(names::get).toList(),
            IntStream.of(permutation).mapToLong(place -> counts[natural[place]]).toArray(),
            IntStream.range(0, permutation.length).filter(place -> permutation[place] == first).findFirst().orElse(0));
    }

    /** Whole numbers as names, which are made when they are asked for. */
    static final class WholeNames extends AbstractList<String> implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long[] numbers;

        WholeNames(final long[] numbers) {
            this.numbers = numbers;
        }

        /** The numbers by place. */
        LongIndex index() {
            final LongIndex index = new LongIndex();
            for (final long number : numbers) {
                index.add(number);
            }
            return index;
        }

        @Override
        public String get(final int place) {
            return Long.toString(numbers[place]);
        }

        @Override
        public int size() {
            return numbers.length;
        }
    }
}
