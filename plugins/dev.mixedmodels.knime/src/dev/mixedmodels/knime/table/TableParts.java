package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredModel.DateOrigin;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;

/** The columns that a model needs of a table, read as it read them, some rows after the others. */
public final class TableParts implements AutoCloseable {
    private final StoredModel model;
    private final DataColumnSpec[] columns;
    private final int[] indices;
    private final int rows;
    private final CloseableRowIterator iterator;

    /**
     * @param table the table
     * @param model says how its columns are read
     * @param names the needed columns, which the table has
     * @param rows number of rows of a part
     */
    public TableParts(final BufferedDataTable table, final StoredModel model, final Collection<String> names,
        final int rows) {
        this.model = model;
        this.rows = rows;
        FrameReader.checkSize(Math.min(rows, table.size()), names.size());
        columns = names.stream().map(table.getDataTableSpec()::getColumnSpec).toArray(DataColumnSpec[]::new);
        indices = Arrays.stream(columns).map(DataColumnSpec::getName)
            .mapToInt(table.getDataTableSpec()::findColumnIndex).toArray();
        iterator = table.filter(TableFilter.materializeCols(indices)).iterator();
    }

    /**
     * @return the next part, with as many rows as there are left if these are fewer; without rows at the end
     */
    public Frame next() {
        final FrameBuilder builder = new FrameBuilder(rows);
        final List<CellReader> readers = Arrays.stream(columns)
            .map(column -> CellReader.of(column,
                model.design() != null && model.design().isNominal(column.getName()),
                name -> StoredDates.of(origin(name)), builder)).toList();
        for (int i = 0; i < rows && iterator.hasNext(); i++) {
            final DataRow row = iterator.next();
            for (int c = 0; c < indices.length; c++) {
                final DataCell cell = row.getCell(indices[c]);
                if (!cell.isMissing()) {
                    readers.get(c).read(builder, cell);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    private DateOrigin origin(final String column) {
        return model.origins().stream().filter(origin -> origin.column().equals(column)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        iterator.close();
    }
}
