package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever merges what was made of parts, does it in the same order. */
class SparkPartsTest extends LocalSession {
    private static final long UNSUITABLE = -1;

    @AfterEach
    void unset() {
        spark.conf().unset(SparkParts.NEAR_BYTES);
    }

    private static JavaRDD<Gathered<Integer>> numbers(final int partitions, final int unsuitable) {
        final List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(all, partitions).map(number -> number
            == unsuitable ? new Gathered<>(null, new ModelException("row " + number)) : new Gathered<>(number, null));
    }

    /** Parts that follow one another in groups of the root of their number, and then the groups. */
    private static String merged(final int partitions) {
        final int group = (int) Math.ceil(Math.sqrt(partitions));
        return IntStream.range(0, (partitions + group - 1) / group).mapToObj(g -> IntStream
            .range(g * group, Math.min(partitions, (g + 1) * group)).mapToObj(Integer::toString)
            .reduce((one, other) -> "(" + one + "+" + other + ")").orElseThrow())
            .reduce((one, other) -> "(" + one + "+" + other + ")").orElseThrow();
    }

    /** By the driver, who has taken all, or is sent all; and by executors. */
    @ParameterizedTest
    @CsvSource({"1, 64m", "70, 64m", "3, 0", "64, 0", "70, 0"})
    void sumsAreMergedInTheSameOrder(final int partitions, final String near) {
        spark.conf().set(SparkParts.NEAR_BYTES, near);
        final SparkParts<Integer> parts = new SparkParts<>(spark, numbers(partitions, -1));
        assertEquals(merged(partitions), parts.reduce(number -> Integer.toString(number),
            (one, other) -> "(" + one + "+" + other + ")", Progress.NONE));
        assertNull(parts.only());
        assertEquals(IntStream.range(0, partitions).boxed().collect(Collectors.toList()), parts.parts().collect());
    }

    /** One takes more than its share, or all together take more than the driver does. */
    @Test
    void partsOfDifferentSize() {
        final JavaRDD<Gathered<long[]>> parts = JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(1000, 1, 2), 3).map(size -> new Gathered<>(new long[size], null));
        spark.conf().set(SparkParts.NEAR_BYTES, 9000);
        assertEquals(List.of(1000, 1, 2), SparkParts.near(spark, parts).stream().map(part -> part.length).toList());
        spark.conf().set(SparkParts.NEAR_BYTES, 8000);
        assertNull(SparkParts.near(spark, parts));
    }

    /** The numbers of rows in their order. */
    private static final class Seen implements Fold<Seen> {
        private static final long serialVersionUID = 1L;

        private final List<Long> rows = new ArrayList<>();

        @Override
        public Seen fresh() {
            return new Seen();
        }

        @Override
        public void add(final Frame block) {
            for (int row = 0; row < block.rows(); row++) {
                if (block.column("k").value(row) == UNSUITABLE) {
                    throw ModelException.of("row ", new ModelException.Row(row));
                }
                rows.add((long) block.column("k").value(row));
            }
        }

        @Override
        public void merge(final Seen later) {
            rows.addAll(later.rows);
        }
    }

    /** Partitions without a row among them. */
    @Test
    void sumsOfManyPartitionsAreMergedByExecutors() {
        final List<Row> rows = LongStream.range(0, 50).mapToObj(k -> RowFactory.create(k)).toList();
        final StructType schema =
            DataTypes.createStructType(List.of(DataTypes.createStructField("k", DataTypes.LongType, true)));
        final NeededColumns needed = new NeededColumns(List.of(InputColumn.of(schema, "k", "number")), null, null);
        try (SparkRows kept = new SparkRows(new MadeData(schema, rows).table(spark, 70), needed)) {
            assertEquals(rows.stream().map(row -> row.getLong(0)).toList(), kept.fold(new Seen(), Progress.NONE).rows);
        }
        final List<Row> wrong = new ArrayList<>(rows);
        wrong.set(20, RowFactory.create(UNSUITABLE));
        wrong.set(40, RowFactory.create(UNSUITABLE));
        try (SparkRows kept = new SparkRows(new MadeData(schema, wrong).table(spark, 70), needed)) {
            assertEquals("row \"Row20\"", assertThrows(ModelException.class,
                () -> kept.fold(new Seen(), Progress.NONE)).getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 64m", "70, 0"})
    void theErrorOfAPartIsThatOfAll(final int partitions, final String near) {
        spark.conf().set(SparkParts.NEAR_BYTES, near);
        assertEquals("row 2", assertThrows(ModelException.class,
            () -> new SparkParts<>(spark, numbers(partitions, 2))).getMessage());
    }
}
