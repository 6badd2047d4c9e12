package dev.mixedmodels.standin.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.util.DuplicateKeyException;

/**
 * The rows of a table in memory. To add one costs what it does in the platform's row-based tables: the types of its cells
 * are compared with the columns', ids are looked up unless that is not wanted, the domains are widened, and a row with a
 * cell for each value is kept. The platform also writes large tables to a file, in the background.
 */
public class TableData implements DataTable {

    private final DataTableSpec spec;

    private final List<TableRow> rows;

    private Set<String> ids; // null where they are not looked up

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
        rows = new ArrayList<>();
        ids = checkIds ? new HashSet<>() : null;
        domains = new DomainTracker[spec.getNumColumns()];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = new DomainTracker(spec.getColumnSpec(i).getType());
        }
    }

    /** The rows of a table with the columns of another one of as many rows behind its own; their cells are shared. */
    public TableData(final TableData left, final TableData right) {
        spec = new DataTableSpec(left.spec.getName(),
            Stream.concat(left.spec.stream(), right.spec.stream()).toArray(DataColumnSpec[]::new));
        rows = IntStream.range(0, left.size()).mapToObj(i -> TableRow.of(left.rows.get(i), right.rows.get(i))).toList();
        domains = Stream.of(left.domains, right.domains).flatMap(Arrays::stream).toArray(DomainTracker[]::new);
    }

    /** The spec that the table was asked to have, without domains. */
    public DataTableSpec spec() {
        return spec;
    }

    /** The spec with the domains of the rows added so far. */
    @Override
    public DataTableSpec getDataTableSpec() {
        final DataColumnSpec[] withDomains = new DataColumnSpec[domains.length];
        for (int i = 0; i < domains.length; i++) {
            final DataColumnSpecCreator creator = new DataColumnSpecCreator(spec.getColumnSpec(i));
            creator.setDomain(domains[i].domain());
            withDomains[i] = creator.createSpec();
        }
        return new DataTableSpec(spec.getName(), withDomains);
    }

    public int size() {
        return rows.size();
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when its width or the type of a cell is not the spec's
     * @throws org.knime.core.util.DuplicateKeyException when its id is already there and ids are checked
     */
    public void add(final DataRow row) {
        if (row.getNumCells() != domains.length) {
            throw new IllegalArgumentException("Row \"" + row.getKey() + "\" has " + row.getNumCells()
                + " cells but the table has " + domains.length + " columns.");
        }
        for (int i = 0; i < domains.length; i++) {
            checkType(row, i);
        }
        final String id = row.getKey().getString();
        if (ids != null && !ids.add(id)) {
            throw new DuplicateKeyException("Duplicate row id \"" + id + "\"", id);
        }
        final TableRow kept = TableRow.of(row);
        for (int i = 0; i < domains.length; i++) {
            domains[i].add(kept.getCell(i));
        }
        rows.add(kept);
    }

    /** No row comes after this. */
    public void close() {
        ids = null;
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
        final boolean[] flags = new boolean[domains.length];
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
            return !closed && next < rows.size();
        }

        @Override
        public DataRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException(closed ? "The iterator is closed." : "There are no more rows.");
            }
            final TableRow row = rows.get(next++);
            return readable == null ? row : new FilteredRow(row, readable);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
