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

    private final BlockReader reader;
    private final Iterator<Row> rows;
    private Row first; // of the next block, if it was read already

    RowBlocks(final BlockReader reader, final Iterator<Row> rows) {
        this.reader = reader;
        this.rows = rows;
    }

    static FrameBuilder builder(final List<InputColumn> columns, final int rows) {
        final FrameBuilder builder = new FrameBuilder(rows);
        columns.forEach(column -> column.declare(builder));
        return builder;
    }

    @Override
    public boolean hasNext() {
        return first != null || rows.hasNext();
    }

    @Override
    public Block next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        final int width = reader.columns().size();
        final FrameBuilder builder = builder(reader.columns(), RowSource.BLOCK);
        long[] places = new long[RowSource.BLOCK];
        int filled = 0;
        Row row = first != null ? first : rows.next();
        first = null;
        while (row != null) {
            for (int c = 0; c < width; c++) {
                reader.columns().get(c).read(row, c, builder, c);
            }
            builder.endRow();
            places = filled < places.length ? places : Arrays.copyOf(places, 2 * filled);
            places[filled++] = reader.numbers().place(row.getLong(width));
            final Object level = reader.whole() < 0 ? null : row.get(reader.whole());
            row = rows.hasNext() ? rows.next() : null;
            if (row != null && filled >= RowSource.BLOCK && (level == null || !level.equals(row.get(reader.whole())))) {
                first = row;
                row = null;
            }
        }
        final long[] numbers = Arrays.copyOf(places, filled);
        return new Block(builder.build().named(some -> Arrays.stream(some).mapToObj(i -> RowNumbers.name(numbers[i]))
            .toArray(String[]::new)), numbers);
    }
}
