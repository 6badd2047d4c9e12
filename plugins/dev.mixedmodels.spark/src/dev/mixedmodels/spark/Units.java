package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.NaturalOrder;
import dev.mixedmodels.engine.frame.NumberedLevels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The units, each in the partition of its rows: all are numbered in their natural order, so that neither the driver nor
 * another executor needs their names.
 */
final class Units implements NumberedLevels.Names {
    private final JavaRDD<Part> parts;
    private final int count;

    private Units(final JavaRDD<Part> parts, final int count) {
        this.parts = parts;
        this.count = count;
    }

    /**
     * The units of a partition.
     *
     * @param names their names by their numbers
     * @param numbers in order
     */
    record Part(List<String> names, int[] numbers) implements Serializable {
        private static Part of(final Iterator<Tuple2<String, Integer>> units) {
            final List<Tuple2<String, Integer>> sorted = new ArrayList<>();
            units.forEachRemaining(sorted::add);
            sorted.sort(Comparator.comparing(Tuple2::_2));
            return new Part(sorted.stream().map(Tuple2::_1).toList(), sorted.stream().mapToInt(Tuple2::_2).toArray());
        }

        String name(final int number) {
            return names.get(Arrays.binarySearch(numbers, number));
        }

        /** Numbers by name. */
        Map<String, Integer> index() {
            final Map<String, Integer> index = new HashMap<>();
            IntStream.range(0, numbers.length).forEach(i -> index.put(names.get(i), numbers[i]));
            return index;
        }
    }

    /** Sends what has the number of a partition there. */
    private static final class ToPartition extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;

        ToPartition(final int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(final Object partition) {
            return (Integer) partition;
        }
    }

    /**
     * Numbers units.
     *
     * @param rows keeps them
     * @param found the names of each partition, which no other has
     */
    static Units of(final SparkRows rows, final JavaRDD<List<String>> found) {
        final int partitions = found.getNumPartitions();
        final JavaRDD<Part> parts = rows.keep(found
            .mapPartitionsWithIndex((partition, names) -> {
                final List<Tuple2<String, Integer>> all = new ArrayList<>();
                names.forEachRemaining(some -> some.forEach(name -> all.add(new Tuple2<>(name, partition))));
                return all.iterator();
            }, true)
            .mapToPair(unit -> unit).sortByKey(NaturalOrder.INSTANCE, true, partitions).zipWithIndex()
            .mapToPair(unit -> new Tuple2<>(unit._1._2, new Tuple2<>(unit._1._1, Math.toIntExact(unit._2))))
            .partitionBy(new ToPartition(partitions)).values()
            .mapPartitions(units -> List.of(Part.of(units)).iterator(), true));
        final long count = parts.map(part -> (long) part.numbers.length).reduce(Long::sum);
        if (count > Integer.MAX_VALUE) {
            throw new ModelException("There are " + count + " units, more than 2^31 - 1. Choose a coarser unit.");
        }
        return new Units(parts, (int) count);
    }

    /** One for each partition. */
    JavaRDD<Part> parts() {
        return parts;
    }

    /** Number of units. */
    int count() {
        return count;
    }

    @Override
    public String name(final int number) {
        return parts.filter(part -> Arrays.binarySearch(part.numbers, number) >= 0).map(part -> part.name(number)).first();
    }

    @Override
    public int number(final String name) {
        final List<Integer> found = parts.filter(part -> part.names.contains(name))
            .map(part -> part.numbers[part.names.indexOf(name)]).collect();
        return found.isEmpty() ? -1 : found.get(0);
    }

    @Override
    public List<String> all() {
        final String[] names = new String[count];
        parts.toLocalIterator().forEachRemaining(part -> IntStream.range(0, part.numbers.length)
            .forEach(i -> names[part.numbers[i]] = part.names.get(i)));
        return List.of(names);
    }
}
