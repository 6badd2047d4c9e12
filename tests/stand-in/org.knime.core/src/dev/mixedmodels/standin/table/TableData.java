package dev.mixedmodels.standin.table;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;

/** The rows of a table, column by column in memory; cells are made anew when they are read. */
public class TableData implements DataTable {

    private final DataTableSpec spec;

    private final RowIds ids;

    private final ColumnData[] columns;

    private final DomainTracker[] domains;

    public TableData(final DataTableSpec spec) {
        this(spec, true);
    }

    /**
     * @param spec the columns
     * @param checkIds whether ids that are there already are refused
     */
    public TableData(final DataTableSpec spec, final boolean checkIds) {
        this.spec = spec;
        ids = new RowIds(checkIds);
        columns = new ColumnData[spec.getNumColumns()];
        domains = new DomainTracker[columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnData.of(spec.getColumnSpec(i).getType());
            domains[i] = new DomainTracker(spec.getColumnSpec(i).getType());
        }
    }

    /** The rows of a table with the columns of another one of as many rows behind its own; both are shared. */
    public TableData(final TableData left, final TableData right) {
        spec = new DataTableSpec(left.spec.getName(),
            Stream.concat(left.spec.stream(), right.spec.stream()).toArray(DataColumnSpec[]::new));
        ids = left.ids;
        columns = Stream.of(left.columns, right.columns).flatMap(Arrays::stream).toArray(ColumnData[]::new);
        domains = Stream.of(left.domains, right.domains).flatMap(Arrays::stream).toArray(DomainTracker[]::new);
    }

    /** The spec that the table was asked to have, without domains. */
    public DataTableSpec spec() {
        return spec;
    }

    /** The spec with the domains of the rows added so far. */
    @Override
    public DataTableSpec getDataTableSpec() {
        final DataColumnSpec[] withDomains = new DataColumnSpec[columns.length];
        for (int i = 0; i < columns.length; i++) {
            final DataColumnSpecCreator creator = new DataColumnSpecCreator(spec.getColumnSpec(i));
            creator.setDomain(domains[i].domain());
            withDomains[i] = creator.createSpec();
        }
        return new DataTableSpec(spec.getName(), withDomains);
    }

    public int size() {
        return ids.size();
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when its width or the type of a cell is not the spec's
     * @throws org.knime.core.util.DuplicateKeyException when its id is already there and ids are checked
     */
    public void add(final DataRow row) {
        if (row.getNumCells() != columns.length) {
            throw new IllegalArgumentException("Row \"" + row.getKey() + "\" has " + row.getNumCells()
                + " cells but the table has " + columns.length + " columns.");
        }
        for (int i = 0; i < columns.length; i++) {
            checkType(row, i);
        }
        ids.add(row.getKey().getString());
        for (int i = 0; i < columns.length; i++) {
            final DataCell cell = row.getCell(i);
            columns[i].add(cell);
            domains[i].add(cell);
        }
    }

    private void checkType(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        final DataColumnSpec expected = spec.getColumnSpec(column);
        if (!cell.isMissing() && !expected.getType().isASuperTypeOf(cell.getType())) {
            throw new IllegalArgumentException("Row \"" + row.getKey() + "\" has a cell of type " + cell.getType()
                + " in column \"" + expected.getName() + "\" of type " + expected.getType() + ".");
        }
    }

    /** All rows, all columns. */
    @Override
    public CloseableRowIterator iterator() {
        return new Rows(null);
    }

    /** All rows, readable in the given columns only. */
    public CloseableRowIterator iterator(final Set<Integer> readable) {
        final boolean[] flags = new boolean[columns.length];
        readable.forEach(i -> flags[i] = true);
        return new Rows(flags);
    }

    private final class Rows extends CloseableRowIterator {

        private final boolean[] readable;

        private int next;

        private boolean closed;

        Rows(final boolean[] readable) {
            this.readable = readable;
        }

        @Override
        public boolean hasNext() {
            return !closed && next < ids.size();
        }

        @Override
        public DataRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException(closed ? "The iterator is closed." : "There are no more rows.");
            }
            return new TableRow(ids, columns, readable, next++);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
