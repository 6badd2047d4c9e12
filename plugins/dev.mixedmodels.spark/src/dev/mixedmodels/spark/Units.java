package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.NumberedLevels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/**
 * The units, each in the partition of its rows: all are numbered in their natural order, so that neither the driver nor
 * another executor needs their names.
 */
final class Units implements NumberedLevels.Names {
    private final JavaRDD<Part> parts;
    private final int count;
    private final int withPredicted;
    private final List<String> near; // names by their numbers; null if they are not small

    private Units(final JavaRDD<Part> parts, final long fitted, final long all, final List<String> near) {
        if (all > Integer.MAX_VALUE) {
            throw new ModelException("There are " + all + " units, more than 2^31 - 1. Choose a coarser unit.");
        }
        this.parts = parts;
        count = (int) fitted;
        withPredicted = (int) all;
        this.near = near;
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

        /** Rows with the numbers of units in the place of their names at a place; -1 of a name that is no unit. */
        Iterator<Row> numbered(final Iterator<Row> rows, final int place) {
            final Map<String, Integer> index = new HashMap<>();
            IntStream.range(0, numbers.length).forEach(i -> index.put(names.get(i), numbers[i]));
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false).map(row -> {
                final Object[] cells = new Object[row.size()];
                Arrays.setAll(cells, row::get);
                cells[place] = cells[place] == null ? null : (Integer) index.getOrDefault(cells[place].toString(), -1);
                return RowFactory.create(cells);
            }).iterator();
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
     * Numbers units; where their names are small the driver does, without Spark's jobs for sorting.
     *
     * @param rows keeps them
     * @param found those of each partition, which no other has
     */
    static Units of(final SparkRows rows, final JavaRDD<Gathered<FoundUnits>> found) {
        final List<List<FoundUnits.Unit>> near =
            SparkParts.near(rows.session(), found.map(part -> part.with(FoundUnits::units)));
        return near != null ? byDriver(rows, found, near) : byExecutors(rows, found);
    }

    private static Units byDriver(final SparkRows rows, final JavaRDD<Gathered<FoundUnits>> found,
        final List<List<FoundUnits.Unit>> near) {
        final List<FoundUnits.Unit> all = near.stream().flatMap(List::stream).sorted().toList();
        final Map<FoundUnits.Unit, Integer> index = new HashMap<>();
        all.forEach(unit -> index.put(unit, index.size()));
        final Broadcast<int[][]> numbers = rows.broadcast(
            near.stream().map(units -> units.stream().mapToInt(index::get).toArray()).toArray(int[][]::new));
        final JavaRDD<Part> parts = rows.keep(found.mapPartitionsWithIndex((partition, units) -> {
            final List<String> names = units.next().sums().units().stream().map(FoundUnits.Unit::name).toList();
            return List.of(new Part(names, numbers.value()[partition])).iterator();
        }, true));
        return new Units(parts, all.stream().filter(FoundUnits.Unit::fitted).count(), all.size(),
            all.stream().map(FoundUnits.Unit::name).toList());
    }

    private static Units byExecutors(final SparkRows rows, final JavaRDD<Gathered<FoundUnits>> found) {
        final List<long[]> counts = Gathered.sums(found.map(part -> part.with(FoundUnits::counts)));
        final int partitions = found.getNumPartitions();
        final JavaRDD<Part> parts = rows.keep(found
            .mapPartitionsWithIndex((partition, units) -> units.next().sums().units().stream()
                .map(unit -> new Tuple2<>(unit, partition)).iterator(), true)
            .mapToPair(unit -> unit).sortByKey(true, partitions).zipWithIndex()
            .mapToPair(unit -> new Tuple2<>(unit._1._2, new Tuple2<>(unit._1._1.name(), Math.toIntExact(unit._2))))
            .partitionBy(new ToPartition(partitions)).values()
            .mapPartitions(units -> List.of(Part.of(units)).iterator(), true));
        return new Units(parts, counts.stream().mapToLong(n -> n[0]).sum(), counts.stream().mapToLong(n -> n[1]).sum(),
            null);
    }

    /** One for each partition. */
    JavaRDD<Part> parts() {
        return parts;
    }

    /** Number of units that have fitted rows. */
    int count() {
        return count;
    }

    /** Number of all units, of which those that have rows to be predicted only come last. */
    int withPredicted() {
        return withPredicted;
    }

    @Override
    public String name(final int number) {
        return near != null ? near.get(number)
            : parts.filter(part -> Arrays.binarySearch(part.numbers, number) >= 0).map(part -> part.name(number)).first();
    }

    @Override
    public int number(final String name) {
        if (near != null) {
            return near.subList(0, count).indexOf(name);
        }
        final List<Integer> found = parts.filter(part -> part.names.contains(name))
            .map(part -> part.numbers[part.names.indexOf(name)]).collect();
        return found.isEmpty() || found.get(0) >= count ? -1 : found.get(0);
    }

    @Override
    public List<String> all() {
        if (near != null) {
            return near.subList(0, count);
        }
        final String[] names = new String[count];
        parts.toLocalIterator().forEachRemaining(part -> IntStream.range(0, part.numbers.length)
            .filter(i -> part.numbers[i] < count).forEach(i -> names[part.numbers[i]] = part.names.get(i)));
        return List.of(names);
    }
}
