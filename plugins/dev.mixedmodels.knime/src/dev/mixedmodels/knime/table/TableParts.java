package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;

/** Columns of a table, read some rows after the others. */
public final class TableParts implements AutoCloseable {
    private static final int ROWS_PER_CHECK = 1000;

    private final TableColumns columns;
    private final int[] indices;
    private final int rows;
    private final long size;
    private final CloseableRowIterator iterator;
    private final List<RowKey> keys = new ArrayList<>();
    private List<CellReader> readers; // of the first part and all others
    private FrameBuilder builder; // of the part read last
    private long read;

    /**
     * The columns that a model needs, as it read them.
     *
     * @param table the table
     * @param model says how its columns are read
     * @param names the needed columns, which the table has
     * @param rows number of rows of a part
     */
    public TableParts(final BufferedDataTable table, final StoredModel model, final Collection<String> names,
        final int rows) {
        this(table, new TableColumns(names.stream().map(table.getDataTableSpec()::getColumnSpec).toList(),
            name -> model.design() != null && model.design().isNominal(name),
            name -> model.origins().stream().filter(o -> o.column().equals(name)).findFirst().map(o -> o.text()).orElse("")),
            rows);
        TableSource.requireRoom(Math.min(rows, table.size()), columns);
    }

    TableParts(final BufferedDataTable table, final TableColumns columns, final int rows) {
        this.columns = columns;
        this.rows = rows;
        size = table.size();
        indices = columns.specs().stream().map(DataColumnSpec::getName)
            .mapToInt(table.getDataTableSpec()::findColumnIndex).toArray();
        iterator = table.filter(TableFilter.materializeCols(indices)).iterator();
    }

    /**
     * @return the next part, with as many rows as there are left if these are fewer; without rows at the end
     */
    public Frame next() {
        return next(Progress.NONE);
    }

    Frame next(final Progress progress) {
        start(false);
        return read(progress);
    }

    /** A new part, in which texts have the codes of the part before if that is wanted. */
    private void start(final boolean sameCodes) {
        final long left = Math.min(rows, size - read);
        if (builder == null || !sameCodes) {
            builder = new FrameBuilder(left);
            readers = columns.readers(builder);
        } else {
            builder = builder.next(left);
        }
    }

    private Frame read(final Progress progress) {
        keys.clear();
        for (int i = 0; i < rows && iterator.hasNext(); i++) {
            if (i % ROWS_PER_CHECK == 0) {
                progress.check();
            }
            final DataRow row = iterator.next();
            if (rows == RowSource.BLOCK) {
                keys.add(row.getKey());
            }
            for (int c = 0; c < indices.length; c++) {
                final DataCell cell = row.getCell(indices[c]);
                if (!cell.isMissing()) {
                    readers.get(c).read(builder, cell);
                }
            }
            builder.endRow();
            read++;
        }
        return builder.build();
    }

    /** Row ids of the part read last, if parts are blocks. */
    List<RowKey> keys() {
        return keys;
    }

    /** The parts, with the progress of reading them; kept as long as they do not become too many. */
    Iterator<Frame> iterator(final Progress progress, final KeptParts kept) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public Frame next() {
                progress.report((double) read / size, "Reading rows");
                start(kept.complete());
                final Frame part = read(progress);
                kept.add(part);
                return part;
            }
        };
    }

    @Override
    public void close() {
        iterator.close();
    }
}
