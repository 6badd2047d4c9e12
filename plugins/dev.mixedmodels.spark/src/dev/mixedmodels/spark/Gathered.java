package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Parts;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * What became of a partition.
 *
 * @param <F> what was gathered
 * @param sums that, null if a row was unsuitable
 * @param error that of the first unsuitable row, null if there is none; a value, for a task that throws is tried
 *            again
 */
record Gathered<F>(F sums, ModelException error) implements Serializable {
    <T> Gathered<T> with(final Parts.Step<F, T> step) {
        return new Gathered<>(error == null ? step.apply(sums) : null, error);
    }

    /** What was gathered, in the order of the partitions; throws if a row is unsuitable. */
    static <F> List<F> sums(final JavaRDD<Gathered<F>> gathered) {
        return sums(gathered.collect());
    }

    /** What was gathered; throws if a row is unsuitable. */
    static <F> List<F> sums(final List<Gathered<F>> parts) {
        requireSuitable(parts);
        return parts.stream().map(Gathered::sums).toList();
    }

    /** One sum of two, or the first error. */
    static <F extends Fold<F>> Gathered<F> merge(final Gathered<F> one, final Gathered<F> later) {
        if (one.error == null && later.error == null) {
            one.sums.merge(later.sums);
            return one;
        }
        return one.error != null ? one : later;
    }

    /** Throws the first error. */
    static void requireSuitable(final List<? extends Gathered<?>> gathered) {
        gathered.stream().map(Gathered::error).filter(Objects::nonNull).findFirst().ifPresent(error -> {
            throw error;
        });
    }

    /**
     * Gathers a partition.
     *
     * @param <F> what is gathered
     * @param reader makes blocks of the rows
     * @param question takes rows; has none
     */
    record Step<F extends Fold<F>>(BlockReader reader, F question)
        implements FlatMapFunction<Iterator<Row>, Gathered<F>> {
        @Override
        public Iterator<Gathered<F>> call(final Iterator<Row> rows) {
            final F sums = question.fresh();
            final RowBlocks blocks = reader.of(rows);
            while (blocks.hasNext()) {
                final RowBlocks.Block block = blocks.next();
                final F part = question.fresh();
                try {
                    part.add(block.frame());
                } catch (final ModelException e) {
                    return List.of(new Gathered<F>(null, e.withRows(block.frame().rowNames()))).iterator();
                }
                sums.merge(part);
            }
            return List.of(new Gathered<>(sums, null)).iterator();
        }
    }
}
