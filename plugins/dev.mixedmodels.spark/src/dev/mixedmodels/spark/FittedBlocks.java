package dev.mixedmodels.spark;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Makes rows of the table of fitted values, with their places. */
record FittedBlocks(BlockReader reader) implements Serializable {
    Iterator<Tuple2<Long, Row>> rows(final Iterator<Row> rows, final Function<Frame, List<FittedRow>> fitted) {
        final SparkTable<FittedRow> layout = new SparkTable<>(Layouts.FITTED_VALUES);
        return reader.stream(rows).flatMap(block -> {
            final List<FittedRow> values = fitted.apply(block.frame());
            return IntStream.range(0, values.size()).mapToObj(row -> new Tuple2<>(block.numbers()[row],
                layout.row(RowNumbers.name(block.numbers()[row]), values.get(row))));
        }).iterator();
    }

    /** The rows of the table of blocks of which a model says something. */
    static Function<Frame, List<FittedRow>> told(final Function<Frame, FittedPart> model) {
        return block -> {
            final FittedPart part = model.apply(block);
            return IntStream.range(0, block.rows()).mapToObj(part.rows()).toList();
        };
    }
}
