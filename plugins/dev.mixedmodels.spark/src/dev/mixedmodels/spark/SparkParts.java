package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Parts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SizeEstimator;
import scala.Tuple2;

/**
 * What is kept of each partition by executors. To merge it, each of them makes something of its own; partitions that
 * follow one another are merged in groups, and then the groups, in this order whoever does it. Where all of it is small
 * the driver takes it to itself, once, and does the same without a job of Spark, which costs more.
 *
 * @param <T> what is kept of a partition
 */
final class SparkParts<T> implements Parts<T> {
    /** Spark's setting of the bytes up to which the driver takes all to itself. */
    static final String NEAR_BYTES = "spark.mixedmodels.nearBytes";
    /** So many partitions are merged by the driver alone. */
    private static final int FEW = 64;
    private static final String SMALL = "64m";

    private final JavaRDD<Gathered<T>> kept;
    private final JavaRDD<T> parts;
    private final int group;
    private final List<T> near; // null if it is not small

    /** One for each partition; throws if a row is unsuitable. */
    SparkParts(final SparkSession session, final JavaRDD<Gathered<T>> kept) {
        this.kept = kept;
        parts = kept.map(Gathered::sums);
        group = group(parts.getNumPartitions());
        near = near(session, kept);
    }

    /**
     * What is kept of a partition, if it takes no more than its share of what the driver takes.
     *
     * @param <T> what is kept
     * @param bytes that it takes
     * @param part it; null if it takes more
     */
    private record Sized<T>(long bytes, T part) implements Serializable {
        static <T> Sized<T> of(final T part, final long share) {
            final long bytes = SizeEstimator.estimate(part);
            return new Sized<>(bytes, bytes <= share ? part : null);
        }
    }

    /** What is kept of each partition; null where all of it is not small. Throws if a row is unsuitable. */
    static <T> List<T> near(final SparkSession session, final JavaRDD<Gathered<T>> kept) {
        final long nearBytes = JavaUtils.byteStringAsBytes(session.conf().get(NEAR_BYTES, SMALL));
        final long share = nearBytes / kept.getNumPartitions();
        final List<Sized<T>> sized = Gathered.sums(kept.map(part -> part.with(one -> Sized.of(one, share))));
        if (sized.stream().mapToLong(Sized::bytes).sum() > nearBytes) {
            return null;
        }
        return sized.stream().allMatch(one -> one.part != null) ? sized.stream().map(Sized::part).toList()
            : Gathered.sums(kept);
    }

    /** One for each partition. */
    JavaRDD<T> parts() {
        return parts;
    }

    @Override
    public <R> R reduce(final Step<T, R> step, final Merge<R> merge, final Progress progress) {
        progress.check();
        return (near != null ? groups(near.stream().map(step).toList(), merge)
            : parts.getNumPartitions() <= FEW ? groups(parts.map(step::apply).collect(), merge)
            : merged(parts.map(step::apply), group, merge)).stream().reduce(merge).orElseThrow();
    }

    /** What is in each partition; of many by executors merged, those that follow one another. */
    static <R> List<R> collected(final JavaRDD<R> parts, final Merge<R> merge) {
        final int all = parts.getNumPartitions();
        return all <= FEW ? parts.collect() : merged(parts, group(all), merge);
    }

    /** So many partitions are merged first. */
    private static int group(final int partitions) {
        return (int) Math.ceil(Math.sqrt(partitions));
    }

    private <R> List<R> groups(final List<R> all, final Merge<R> merge) {
        final List<R> groups = new ArrayList<>();
        for (int first = 0; first < all.size(); first += group) {
            groups.add(all.subList(first, Math.min(all.size(), first + group)).stream().reduce(merge).orElseThrow());
        }
        return groups;
    }

    private static <R> List<R> merged(final JavaRDD<R> parts, final int size, final Merge<R> merge) {
        final JavaRDD<Tuple2<Integer, R>> all = parts.mapPartitionsWithIndex(
            (place, part) -> List.of(new Tuple2<>(place, part.next())).iterator(), true);
        return all.mapToPair(part -> new Tuple2<>(part._1 / size, part)).groupByKey().mapValues(some -> {
            final List<Tuple2<Integer, R>> sorted = new ArrayList<>();
            some.forEach(sorted::add);
            sorted.sort(Comparator.comparing(Tuple2::_1));
            return sorted.stream().map(Tuple2::_2).reduce(merge).orElseThrow();
        }).collect().stream().sorted(Comparator.comparing(Tuple2::_1)).map(Tuple2::_2).toList();
    }

    @Override
    public T only() {
        return null;
    }

    @Override
    public void release() {
        kept.unpersist(false);
    }
}
