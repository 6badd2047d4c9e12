package dev.mixedmodels.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Where rows stand in the input. Spark numbers rows within the partition of the input that they come from, whose number
 * stands in the upper bits; with the rows of the partitions before that is the place.
 *
 * @param first place of the first row of each partition of the input, and the number of all rows
 */
record RowNumbers(long[] first) implements Serializable {
    /** Bits of a row's number within its partition. */
    static final int BITS = 33;

    /** The numbers for partitions, of which those with rows are given with the number of these. */
    static RowNumbers of(final List<Row> counts) {
        final long[] first = new long[2 + counts.stream().mapToInt(row -> (int) row.getLong(0)).max().orElse(-1)];
        counts.forEach(row -> first[1 + (int) row.getLong(0)] = row.getLong(1));
        Arrays.parallelPrefix(first, Long::sum);
        return new RowNumbers(first);
    }

    /** From 0. */
    long place(final long number) {
        return first[(int) (number >>> BITS)] + (number & (1L << BITS) - 1);
    }

    /** Number of all rows. */
    long rows() {
        return first[first.length - 1];
    }

    /** What messages and tables call a row, as run-node does. */
    static String name(final long place) {
        return "Row" + place;
    }
}
