package dev.mixedmodels.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Where rows stand in the input. Spark numbers rows within the partition of the input that they come from, whose number
 * stands in the upper bits; with the rows of the partitions before that is the place.
 *
 * @param first place of the first row of each partition of the input, and the number of all rows
 */
record RowNumbers(long[] first) implements Serializable {
    /** Bits of a row's number within its partition. */
    static final int BITS = 33;

    /** Counts the rows of each partition of the input among all rows, which are given by their numbers. */
    static RowNumbers of(final JavaRDD<Long> numbers) {
        long[] first = {0};
        for (final long[] counts : numbers.mapPartitions(rows -> List.of(counts(rows)).iterator()).collect()) {
            first = Arrays.copyOf(first, Math.max(first.length, counts.length + 1));
            for (int partition = 0; partition < counts.length; partition++) {
                first[partition + 1] += counts[partition];
            }
        }
        Arrays.parallelPrefix(first, Long::sum);
        return new RowNumbers(first);
    }

    private static long[] counts(final Iterator<Long> rows) {
        long[] counts = {};
        while (rows.hasNext()) {
            final int partition = (int) (rows.next() >>> BITS);
            counts = partition < counts.length ? counts : Arrays.copyOf(counts, 2 * partition + 1);
            counts[partition]++;
        }
        return counts;
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
