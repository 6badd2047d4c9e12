package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;

import dev.mixedmodels.standin.table.TableData;

/** The new columns of a rearranged table, which alone are stored. */
public final class RearrangeColumnsTable extends TableData {

    private RearrangeColumnsTable(final ColumnRearranger rearranger) {
        super(new DataTableSpec(rearranger.newColumns()));
    }

    /**
     * Makes the cells of the new columns, row by row.
     *
     * @throws IllegalArgumentException when the rearranger is for another table
     */
    public static RearrangeColumnsTable create(final ColumnRearranger rearranger, final BufferedDataTable table,
        final ExecutionMonitor subProgress, final ExecutionContext context) throws CanceledExecutionException {
        if (!rearranger.original().equalStructure(table.getDataTableSpec())) {
            throw new IllegalArgumentException("The rearranger is for a table of other columns.");
        }
        final RearrangeColumnsTable columns = new RearrangeColumnsTable(rearranger);
        try (CloseableRowIterator rows = table.iterator()) {
            for (long index = 0; rows.hasNext(); index++) {
                final DataRow row = rows.next();
                columns.add(cells(rearranger.appended(), row, index));
                if (!rearranger.appended().isEmpty()) {
                    rearranger.appended().get(0).setProgress(index + 1, table.size(), row.getKey(), subProgress);
                }
                subProgress.checkCanceled();
            }
        } finally {
            rearranger.appended().stream().filter(AbstractCellFactory.class::isInstance)
                .forEach(factory -> ((AbstractCellFactory)factory).afterProcessing());
        }
        return columns;
    }

    private static DataRow cells(final List<CellFactory> factories, final DataRow row, final long index) {
        final List<DataCell> cells = new ArrayList<>();
        for (CellFactory factory : factories) {
            final DataCell[] made = factory.getCells(row, index);
            if (made.length != factory.getColumnSpecs().length) {
                throw new IllegalStateException(made.length + " cells for " + factory.getColumnSpecs().length
                    + " columns");
            }
            cells.addAll(List.of(made));
        }
        return new DefaultRow(row.getKey(), cells);
    }
}
