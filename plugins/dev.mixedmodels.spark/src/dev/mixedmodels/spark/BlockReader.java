package dev.mixedmodels.spark;

import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * Makes blocks, as the engine takes them, of rows of the needed columns and the row's number.
 *
 * @param columns the needed columns
 * @param numbers where the rows stand in the input
 * @param whole place of a column whose levels, which come one after the other, are not to be divided; -1 for none
 */
record BlockReader(List<InputColumn> columns, RowNumbers numbers, int whole) implements Serializable {
    /** A table of the columns without a row. */
    Frame header() {
        return RowBlocks.builder(columns, 0).build();
    }

    /** The blocks of rows. */
    RowBlocks of(final Iterator<Row> rows) {
        return new RowBlocks(this, rows);
    }

    /** The same as a stream. */
    Stream<RowBlocks.Block> stream(final Iterator<Row> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(of(rows), 0), false);
    }

    /** The same with numbers in the place of the levels of a column. */
    BlockReader numbered(final int column) {
        final InputColumn[] all = columns.toArray(InputColumn[]::new);
        all[column] = all[column].asWhole();
        return new BlockReader(List.of(all), numbers, whole);
    }
}
