package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.TableLayout;
import java.util.function.Consumer;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.DataContainerSettings;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/**
 * Writes one output table row by row, asking before each row whether the run was cancelled. Row ids are those of the
 * input's rows or counted, so that the platform need not look for one that occurs twice.
 *
 * @param <R> the record that a row shows
 */
public final class TableWriter<R> implements AutoCloseable {
    private final ExecutionContext exec;
    private final TableCells<R> cells;
    private final BufferedDataContainer container;
    private final boolean written;
    private long rows;
    private boolean closed;

    /**
     * @param exec where tables are made
     * @param layout the table's columns
     */
    public TableWriter(final ExecutionContext exec, final TableLayout<R> layout) {
        this(exec, layout, true);
    }

    /**
     * @param exec where tables are made
     * @param layout the table's columns
     * @param written whether rows are written; else the table stays empty
     */
    public TableWriter(final ExecutionContext exec, final TableLayout<R> layout, final boolean written) {
        this.exec = exec;
        cells = new TableCells<>(layout);
        this.written = written;
        this.container = exec.createDataContainer(cells.spec(),
            DataContainerSettings.builder().withCheckDuplicateRowKeys(false).build());
    }

    /**
     * Adds a row with the next row id, Row0, Row1, ...
     *
     * @param record its contents
     * @throws CanceledExecutionException if the user cancelled
     */
    public void add(final R record) throws CanceledExecutionException {
        add(RowKey.createRowKey(rows), record);
    }

    /**
     * Adds a row.
     *
     * @param key its row id
     * @param record its contents
     * @throws CanceledExecutionException if the user cancelled
     */
    public void add(final RowKey key, final R record) throws CanceledExecutionException {
        exec.checkCanceled();
        if (!written) {
            return;
        }
        container.addRowToTable(new DefaultRow(key, cells.of(record)));
        rows++;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            container.close();
        }
    }

    /**
     * Closes the writer.
     *
     * @return the table
     */
    public BufferedDataTable table() {
        close();
        return container.getTable();
    }

    /**
     * Writes a whole table.
     *
     * @param <R> the record that a row shows
     * @param exec where tables are made
     * @param layout the table's columns
     * @param records its rows
     * @return the table
     * @throws CanceledExecutionException if the user cancelled
     */
    public static <R> BufferedDataTable write(final ExecutionContext exec, final TableLayout<R> layout,
        final Iterable<R> records) throws CanceledExecutionException {
        return write(exec, layout, records, record -> { });
    }

    /**
     * Writes a whole table.
     *
     * @param <R> the record that a row shows
     * @param exec where tables are made
     * @param layout the table's columns
     * @param records its rows
     * @param listener also gets each row
     * @return the table
     * @throws CanceledExecutionException if the user cancelled
     */
    public static <R> BufferedDataTable write(final ExecutionContext exec, final TableLayout<R> layout,
        final Iterable<R> records, final Consumer<R> listener) throws CanceledExecutionException {
        try (TableWriter<R> writer = new TableWriter<>(exec, layout)) {
            for (final R record : records) {
                writer.add(record);
                listener.accept(record);
            }
            return writer.table();
        }
    }

    /**
     * Writes the tables 1 to 5 of a fitted model.
     *
     * @param exec where tables are made
     * @param tables their rows
     * @param blups also gets each row of table 3
     * @return five tables
     * @throws CanceledExecutionException if the user cancelled
     */
    public static BufferedDataTable[] write(final ExecutionContext exec, final ModelTables tables,
        final Consumer<BlupRow> blups) throws CanceledExecutionException {
        return new BufferedDataTable[] {write(exec, Layouts.FIXED_EFFECTS, tables.fixedEffects()),
            write(exec, Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters()),
            write(exec, Layouts.BLUPS, tables.blups(), blups),
            write(exec, Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices()),
            write(exec, Layouts.MODEL_FIT, tables.modelFit())};
    }
}
