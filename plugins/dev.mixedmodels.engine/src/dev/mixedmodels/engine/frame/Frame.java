package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A table: columns of equal length, in the order of the input's rows. Immutable. */
public final class Frame implements RowSource {
    private final int rows;
    private final RowNames rowNames;
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /**
     * @param rows number of rows
     * @param columns columns of that length with different names
     */
    public Frame(final int rows, final List<? extends Column> columns) {
        this(rows, columns, RowNames.NUMBERS);
    }

    private Frame(final int rows, final List<? extends Column> columns, final RowNames rowNames) {
        this.rows = rows;
        this.rowNames = rowNames;
        for (final Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(column.name() + ": " + column.rows() + " rows, not " + rows);
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException("two columns named " + column.name());
            }
        }
    }

    /**
     * @return number of rows
     */
    public int rows() {
        return rows;
    }

    /**
     * @return names of the columns
     */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * @param name name of a column
     * @return whether there is such a column
     */
    public boolean has(final String name) {
        return columns.containsKey(name);
    }

    /**
     * @param name name of a column
     * @return the column
     * @throws ModelException if there is none
     */
    public Column column(final String name) {
        final Column column = columns.get(name);
        if (column == null) {
            throw new ModelException("The table has no column \"" + name + "\".");
        }
        return column;
    }

    /**
     * @param name name of a column of numbers
     * @return the column
     * @throws ModelException if there is none, or its values are not numbers
     */
    public Column numeric(final String name) {
        final Column column = column(name);
        if (!column.numeric()) {
            throw new ModelException("Column \"" + name + "\" must be numeric. Choose another column, or convert it"
                + " to numbers first.");
        }
        return column;
    }

    /**
     * A frame with one more column, such as a centred covariate.
     *
     * @param column the column; takes the place of one of the same name
     * @return a new frame that shares the other columns
     */
    public Frame with(final Column column) {
        final Map<String, Column> all = new LinkedHashMap<>(columns);
        all.put(column.name(), column);
        return new Frame(rows, new ArrayList<>(all.values()), rowNames);
    }

    /**
     * @param names what the rows are called
     * @return a frame of the same columns
     */
    public Frame named(final RowNames names) {
        return new Frame(rows, new ArrayList<>(columns.values()), names);
    }

    @Override
    public RowNames rowNames() {
        return rowNames;
    }

    @Override
    public Frame header() {
        return part(0, 0);
    }

    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        return Blocks.fold(IntStream.iterate(0, from -> from < rows, from -> from + BLOCK)
            .mapToObj(from -> part(from, Math.min(rows, from + BLOCK))).iterator(), sums, progress);
    }

    @Override
    public Frame frame(final Progress progress) {
        return this;
    }

    /**
     * @param from first row
     * @param to row after the last one
     * @return these rows
     */
    public Frame part(final int from, final int to) {
        return new Frame(to - from, columns.values().stream().map(column -> column.part(from, to)).toList());
    }
}
