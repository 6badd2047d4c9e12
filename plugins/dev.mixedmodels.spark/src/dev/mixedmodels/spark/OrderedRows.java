package dev.mixedmodels.spark;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Spreads rows whose places are known over partitions, each of which has those between two places. */
final class OrderedRows extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;
    private final long rows;

    private OrderedRows(final int partitions, final long rows) {
        this.partitions = partitions;
        this.rows = rows;
    }

    /** All rows in the order of their places, which run from 0 to below the given number. */
    static JavaRDD<Row> of(final JavaRDD<Tuple2<Long, Row>> found, final long rows) {
        final JavaPairRDD<Long, Row> places = JavaPairRDD.fromJavaRDD(found);
        return places.repartitionAndSortWithinPartitions(new OrderedRows(places.getNumPartitions(), rows)).values();
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(final Object place) {
        return (int) ((double) (Long) place / rows * partitions);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof OrderedRows o && o.partitions == partitions && o.rows == rows;
    }

    @Override
    public int hashCode() {
        return 31 * partitions + Long.hashCode(rows);
    }
}
