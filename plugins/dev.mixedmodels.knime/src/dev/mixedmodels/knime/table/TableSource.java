package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.frame.Blocks;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.RowKey;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;

/**
 * The needed columns of an input table, read block by block as often as a model goes over its rows. Texts and truth
 * values become nominal columns, whole numbers integer columns (numbers and possible groups), other numbers numeric
 * columns, dates numbers of a unit from the first of their column on. Small tables are read once and kept.
 */
public final class TableSource implements RowSource {
    private final BufferedDataTable table;
    private final TableColumns columns;
    private KeptParts kept; // null before the first pass
    private Frame frame;

    /**
     * @param table the input
     * @param names the needed columns, which the table has
     * @param nominal columns of whole numbers that become nominal columns
     * @param unit what dates are counted in
     * @param progress progress of looking for the first date of each column of dates
     * @throws CanceledExecutionException if the user cancelled
     * @throws dev.mixedmodels.engine.common.ModelException if a column is of a type that models cannot use
     */
    public TableSource(final BufferedDataTable table, final Collection<String> names, final Set<String> nominal,
        final TimeUnitMode unit, final Progress progress) throws CanceledExecutionException {
        this.table = table;
        final List<DataColumnSpec> specs =
            names.stream().distinct().map(table.getDataTableSpec()::getColumnSpec).toList();
        final Map<String, String> origins = DateOrigins.of(table, specs, unit, progress);
        columns = new TableColumns(specs, nominal::contains, name -> origins.getOrDefault(name, ""));
    }

    @Override
    public Frame header() {
        return columns.builder(0).build();
    }

    @Override
    public RowNames rowNames() {
        return new RowIds(table);
    }

    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        if (frame != null) {
            return frame.fold(sums, progress);
        }
        if (kept != null && kept.complete()) {
            return Blocks.fold(kept.list().iterator(), sums, progress);
        }
        final KeptParts own = kept == null ? new KeptParts() : kept;
        try (TableParts parts = new TableParts(table, columns, BLOCK)) {
            Blocks.fold(parts.iterator(progress, own), sums, progress);
        }
        kept = own;
        return sums;
    }

    @Override
    public Frame frame(final Progress progress) {
        if (frame == null) {
            requireRoom(table.size(), columns);
            kept = null;
            try (TableParts parts = new TableParts(table, columns, (int) Math.min(table.size(), Integer.MAX_VALUE))) {
                frame = parts.next(progress).named(rowNames());
            }
        }
        return frame;
    }

    /** What takes the rows of a part of the table. */
    @FunctionalInterface
    public interface PartConsumer {
        /**
         * @param part the needed columns of some rows
         * @param keys the ids of these rows
         * @throws CanceledExecutionException if the user cancelled
         */
        void accept(Frame part, List<RowKey> keys) throws CanceledExecutionException;
    }

    /**
     * Goes over the table with its row ids.
     *
     * @param progress progress of this pass
     * @param consumer takes part after part
     * @throws CanceledExecutionException if the user cancelled
     */
    public void forEach(final Progress progress, final PartConsumer consumer) throws CanceledExecutionException {
        final boolean held = frame != null || kept != null && kept.complete();
        try (TableParts parts = new TableParts(table, held ? columns.none() : columns, BLOCK)) {
            int part = 0;
            for (long first = 0; first < table.size(); first += BLOCK, part++) {
                progress.report((double) first / table.size(), "Writing fitted values");
                final Frame read = parts.next(progress);
                consumer.accept(!held ? read : frame == null ? kept.list().get(part)
                    : frame.part((int) first, (int) Math.min(frame.rows(), first + BLOCK)), parts.keys());
            }
        }
    }

    /** Refuses rows of these columns if they do not fit into memory. */
    static void requireRoom(final long rows, final TableColumns columns) {
        final long nominal = columns.nominal();
        Heap.require(rows * ((columns.size() - nominal) * (double) Double.BYTES + nominal * (double) Integer.BYTES),
            "The model needs all rows at once: " + rows + " rows of the " + columns.size() + " columns that it uses take",
            "Give KNIME more memory (-Xmx in knime.ini), use fewer columns or fewer rows.");
    }
}
