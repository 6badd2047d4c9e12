package dev.mixedmodels.spark;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The rows of a partition, which are the needed columns and the row's number, in blocks as the engine takes them. */
final class RowBlocks implements Iterator<RowBlocks.Block> {
    /**
     * Some rows.
     *
     * @param frame the needed columns
     * @param numbers where the rows stand in the input, from 0
     */
    record Block(Frame frame, long[] numbers) {
    }

    private final List<InputColumn> columns;
    private final RowNumbers numbers;
    private final Iterator<Row> rows;

    RowBlocks(final List<InputColumn> columns, final RowNumbers numbers, final Iterator<Row> rows) {
        this.columns = columns;
        this.numbers = numbers;
        this.rows = rows;
    }

    static FrameBuilder builder(final List<InputColumn> columns, final int rows) {
        final FrameBuilder builder = new FrameBuilder(rows);
        columns.forEach(column -> column.declare(builder));
        return builder;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Block next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException();
        }
        final FrameBuilder builder = builder(columns, RowSource.BLOCK);
        final long[] places = new long[RowSource.BLOCK];
        int filled = 0;
        while (filled < RowSource.BLOCK && rows.hasNext()) {
            final Row row = rows.next();
            for (int c = 0; c < columns.size(); c++) {
                columns.get(c).read(row, c, builder, c);
            }
            builder.endRow();
            places[filled++] = numbers.place(row.getLong(columns.size()));
        }
        final long[] filledPlaces = Arrays.copyOf(places, filled);
        return new Block(builder.build().named(rows -> Arrays.stream(rows).mapToObj(row -> RowNumbers.name(filledPlaces[row]))
            .toArray(String[]::new)), filledPlaces);
    }
}
