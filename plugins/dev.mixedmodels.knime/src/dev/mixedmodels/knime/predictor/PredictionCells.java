package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.prediction.Census;
import dev.mixedmodels.engine.prediction.PredictedColumns;
import dev.mixedmodels.engine.prediction.Prediction;
import dev.mixedmodels.engine.prediction.Predictor;
import dev.mixedmodels.knime.table.TableParts;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.AbstractCellFactory;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.node.ExecutionMonitor;

/**
 * The new cells of a table, row by row. They are made for some rows at once, which are read ahead, so that memory does
 * not depend on the length of the table unless the model needs all rows of a subject together.
 */
final class PredictionCells extends AbstractCellFactory implements AutoCloseable {
    private static final int ROWS_PER_REPORT = 1000;

    private final Supplier<TableParts> open;
    private final Predictor predictor;
    private final PredictedColumns columns;
    private final DataColumnSpec[] specs;
    private final Progress progress;
    private Census census = new Census();
    private RuntimeException failure;
    private TableParts parts;
    private Prediction[] predictions = {};
    private long first;

    /**
     * @param open begins to read the table
     * @param predictor predicts its parts
     * @param columns what is shown of predictions
     * @param progress asked whether the user cancelled
     */
    PredictionCells(final Supplier<TableParts> open, final Predictor predictor, final PredictedColumns columns,
        final Progress progress) {
        super(specs(columns));
        this.open = open;
        this.predictor = predictor;
        this.columns = columns;
        specs = specs(columns);
        this.progress = progress;
    }

    private static DataColumnSpec[] specs(final PredictedColumns columns) {
        return columns.names().stream().map(name -> new DataColumnSpecCreator(name, DoubleCell.TYPE).createSpec())
            .toArray(DataColumnSpec[]::new);
    }

    @Override
    public DataColumnSpec[] getColumnSpecs() {
        return specs;
    }

    /** Not at every row, for making the text of a message takes longer than predicting. */
    @Override
    public void setProgress(final long row, final long rows, final RowKey last, final ExecutionMonitor exec) {
        if (row % ROWS_PER_REPORT == 0) {
            super.setProgress(row, rows, last, exec);
        }
    }

    @Override
    public synchronized DataCell[] getCells(final DataRow row, final long index) {
        if (index < first) {
            close();
        }
        while (index >= first + predictions.length) {
            next();
        }
        final DataCell[] cells = new DataCell[specs.length];
        for (int c = 0; c < cells.length; c++) {
            final double value = columns.value(c, predictions[(int) (index - first)]);
            cells[c] = Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
        }
        return cells;
    }

    private void next() {
        if (parts == null) {
            parts = open.get();
            census = new Census();
            first = 0;
        }
        try {
            final Frame part = parts.next();
            if (part.rows() == 0) {
                throw new IllegalStateException("The table has fewer rows than it was asked for.");
            }
            final IntFunction<Prediction> rows = predictor.predict(part, census, progress);
            first += predictions.length;
            predictions = new Prediction[part.rows()];
            for (int i = 0; i < predictions.length; i++) {
                predictions[i] = rows.apply(i);
            }
        } catch (final RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** What went wrong in the engine, however the platform passes it on; null if nothing did. */
    RuntimeException failure() {
        return failure;
    }

    Census census() {
        return census;
    }

    @Override
    public void close() {
        if (parts != null) {
            parts.close();
            parts = null;
        }
        predictions = new Prediction[0];
        first = 0;
    }
}
