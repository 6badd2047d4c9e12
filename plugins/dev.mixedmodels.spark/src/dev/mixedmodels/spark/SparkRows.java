package dev.mixedmodels.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumberedLevels;
import dev.mixedmodels.engine.frame.Parts;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.result.FittedRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/**
 * The columns of a table that a model needs, on the executors: rows of a unit are brought together in one partition by
 * Spark's shuffle, in the order of the input, and kept there; a lost partition is computed again. To be closed.
 */
final class SparkRows implements RowSource, AutoCloseable {
    private static final String NUMBER = "number of the row"; // columns are called by their place, so that none clashes

    private final String unit;
    private final int place; // of that column; -1 if there is none
    private final RowNumbers numbers;
    private final SparkSession session;
    private final boolean whole; // whether blocks have all rows of their units
    private BlockReader reader;
    private Dataset<Row> kept;
    private Units units; // null unless they are numbered
    private final List<JavaRDD<?>> derived = new ArrayList<>();

    /**
     * Goes through the table once.
     *
     * @param table the input
     * @param needed the needed columns
     */
    SparkRows(final Dataset<Row> table, final NeededColumns needed) {
        final List<InputColumn> columns = needed.all();
        unit = needed.unit();
        place = needed.place();
        whole = needed.whole();
        session = table.sparkSession();
        final List<String> names = columns.stream().map(InputColumn::name).toList();
        final Column[] chosen = Stream.concat(
            columns.stream().map(column -> InputColumn.in(table, column.name())
                .as(name(columns.indexOf(column)))),
            Stream.of(monotonically_increasing_id().as(NUMBER))).toArray(Column[]::new);
        final Dataset<Row> numbered = table.select(chosen);
        final String first =
            whole ? name(place) : needed.time() == null ? null : name(names.indexOf(needed.time()));
        kept = (unit == null ? numbered : byLevel(numbered, col(name(place))).sortWithinPartitions(
            Stream.concat(Stream.ofNullable(first), Stream.of(NUMBER)).map(Column::new).toArray(Column[]::new)))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            numbers = RowNumbers.of(kept.select(NUMBER).as(Encoders.LONG()).javaRDD());
            reader = new BlockReader(columns, numbers, whole ? place : -1);
        } catch (final Exception e) { // Spark's own are checked and not declared
            close();
            throw e;
        }
    }

    private static String name(final int column) {
        return "c" + column;
    }

    /** All rows of a level in one partition, of as many as the table has or Spark works on at a time. */
    static Dataset<Row> byLevel(final Dataset<Row> table, final Column column) {
        return table.repartition(
            Math.max(table.rdd().getNumPartitions(), table.sparkSession().sparkContext().defaultParallelism()), column);
    }

    /** Spark's session. */
    SparkSession session() {
        return session;
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    /** A value that executors need, as they get it: without what it holds here, which Spark would count. */
    <T extends Serializable> Broadcast<T> broadcast(final T value) {
        return context().broadcast(SerializationUtils.clone(value));
    }

    /** Keeps what was computed of the rows until these are closed. */
    <T> JavaRDD<T> keep(final JavaRDD<T> computed) {
        derived.add(computed.persist(StorageLevel.MEMORY_AND_DISK()));
        return computed;
    }

    @Override
    public Frame header() {
        return reader.header();
    }

    @Override
    public RowNames rowNames() {
        return rows -> Arrays.stream(rows).mapToObj(RowNumbers::name).toArray(String[]::new);
    }

    /** What a fold has gathered from each partition, in their order; not computed before it is needed. */
    <F extends Fold<F>> JavaRDD<Gathered<F>> gather(final F sums) {
        final Gathered.Step<F> gathering = new Gathered.Step<>(reader, sums);
        return kept.toJavaRDD().mapPartitions(gathering, true);
    }

    /**
     * From now on rows have the numbers of units in the place of their names.
     *
     * @param used which rows are fitted; a unit without any is none
     * @return the units
     */
    Units numberUnits(final UsedRows used) {
        final JavaRDD<Gathered<FoundUnits>> found = keep(gather(new FoundUnits(unit, used)));
        units = Units.of(this, found);
        final int at = place;
        final List<StructField> fields = new ArrayList<>(Arrays.asList(kept.schema().fields()));
        fields.set(at, DataTypes.createStructField(name(at), DataTypes.IntegerType, true));
        final Dataset<Row> numbered = session.createDataFrame(
            kept.toJavaRDD().zipPartitions(units.parts(), (rows, parts) -> parts.next().numbered(rows, at)),
            DataTypes.createStructType(fields)).persist(StorageLevel.MEMORY_AND_DISK());
        numbered.queryExecution().toRdd().count(); // one job; that of a Dataset takes three
        found.unpersist(false);
        kept.unpersist();
        kept = numbered;
        reader = reader.numbered(at);
        return units;
    }

    @Override
    public NumberedLevels numbered(final String column) {
        return units == null || !column.equals(unit) ? null : new NumberedLevels(units.count(), units);
    }

    @Override
    public boolean inBlocks(final String column) {
        return whole && column.equals(unit);
    }

    /** Errors about units by their names. */
    private <T> T named(final Supplier<T> gathering) {
        try {
            return gathering.get();
        } catch (final ModelException e) {
            throw units == null ? e : e.withLevels(units::name);
        }
    }

    @Override
    public <F extends Fold<F>, T> Parts<T> parts(final F sums, final Parts.Step<F, T> keep, final Progress progress) {
        progress.check();
        return named(() -> new SparkParts<>(session, keep(gather(sums).map(part -> part.with(keep)))));
    }

    /** No rows. */
    JavaRDD<Row> none() {
        return context().emptyRDD();
    }

    /**
     * The table of fitted values of the rows of each partition and of what was gathered from it, in the input's
     * order.
     */
    <G> JavaRDD<Row> fitted(final JavaRDD<G> gathered, final Fitting<Iterator<G>> fitting) {
        final FittedBlocks told = new FittedBlocks(reader);
        return OrderedRows.of(kept.toJavaRDD().zipPartitions(gathered,
            (rows, parts) -> told.rows(rows, fitting.of(parts))), numbers.rows());
    }

    /** The table of fitted values of the rows of each partition, in the input's order. */
    JavaRDD<Row> fitted(final Fitting<Void> fitting) {
        return fitted(kept, fitting);
    }

    /** The same of all rows, which one executor goes through in the input's order. */
    JavaRDD<Row> fittedInOrder(final Fitting<Void> fitting) {
        return fitted(kept.repartition(1).sortWithinPartitions(col(NUMBER)), fitting);
    }

    private JavaRDD<Row> fitted(final Dataset<Row> table, final Fitting<Void> fitting) {
        final FittedBlocks told = new FittedBlocks(reader);
        return OrderedRows.of(table.toJavaRDD().mapPartitions(rows -> told.rows(rows, fitting.of(null))),
            numbers.rows());
    }

    /** What is made of each block and of the names of the units of its partition, after {@link #numberUnits}. */
    <T> JavaRDD<T> ofBlocks(final Making<T> making) {
        final BlockReader blocks = reader;
        return kept.toJavaRDD().zipPartitions(units.parts(), (rows, parts) -> {
            final Units.Part names = parts.next();
            return blocks.stream(rows).flatMap(block -> making.of(block.frame(), names)).iterator();
        });
    }

    /** The rows of a table that are made of each block, in the order of rows that were not brought together. */
    JavaRDD<Row> inPlace(final FlatMapFunction<RowBlocks.Block, Row> telling) {
        return kept.toJavaRDD().mapPartitions(reader::of).flatMap(telling);
    }

    /** Makes something of a block. */
    @FunctionalInterface
    interface Making<T> extends Serializable {
        /** What is made of a block, with the names of its units. */
        Stream<T> of(Frame block, Units.Part names);
    }

    /** Tells of the rows of a block which are used. */
    @FunctionalInterface
    interface Used extends Serializable {
        /** By row of the block its response as the table has it; NaN if the model does not use the row. */
        IntToDoubleFunction of(Frame block);
    }

    /** Which rows a model uses. */
    RowFingerprint fingerprint(final Used used) {
        final BlockReader blocks = reader;
        return kept.toJavaRDD().mapPartitions(rows -> {
            final RowFingerprint.Builder fingerprint = new RowFingerprint.Builder();
            blocks.of(rows).forEachRemaining(block -> {
                final IntToDoubleFunction responses = used.of(block.frame());
                for (int row = 0; row < block.numbers().length; row++) {
                    final double response = responses.applyAsDouble(row);
                    if (!Double.isNaN(response)) {
                        fingerprint.add(response, RowNumbers.name(block.numbers()[row]));
                    }
                }
            });
            return List.of(fingerprint).iterator();
        }).treeReduce((one, other) -> {
            one.merge(other);
            return one;
        }).build();
    }

    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        progress.check();
        named(() -> Gathered.sums(SparkParts.collected(gather(sums), Gathered::merge))).forEach(sums::merge);
        return sums;
    }

    @Override
    public boolean distant() {
        return true;
    }

    @Override
    public Frame frame(final Progress progress) {
        throw new ModelException("What is asked for needs all rows in the memory of one machine: residuals with a "
            + "structure, sandwich standard errors, influence of units. On Spark leave it out, or fit a sample in KNIME.");
    }

    @Override
    public void close() {
        derived.forEach(computed -> computed.unpersist(false));
        kept.unpersist();
    }

    /** Says of a partition what the model says of its rows. */
    @FunctionalInterface
    interface Fitting<F> extends Serializable {
        /**
         * @param gathered from the partition
         * @return makes the rows of the table of its blocks, in their order
         */
        Function<Frame, List<FittedRow>> of(F gathered);
    }
}
