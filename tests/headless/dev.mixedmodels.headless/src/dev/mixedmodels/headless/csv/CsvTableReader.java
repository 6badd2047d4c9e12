package dev.mixedmodels.headless.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

import dev.mixedmodels.standin.progress.ProgressState;

/**
 * Makes a table of a CSV file with a header. The file is read twice: for the types of the columns, then for the cells.
 * An empty cell or NA is missing; row ids are Row0, Row1, ...
 */
public final class CsvTableReader {

    private final Path file;

    private final Set<String> nominal;

    /** @param nominal columns that become texts whatever their cells */
    public CsvTableReader(final Path file, final Set<String> nominal) {
        this.file = file;
        this.nominal = nominal;
    }

    /** @throws CsvException when the file is no CSV table, naming the line */
    public BufferedDataTable read() throws IOException, CsvException {
        try (CsvReader first = new CsvReader(file); CsvReader second = new CsvReader(file)) {
            final String[] names = header(first);
            final ColumnKind[] kinds = kinds(first, names);
            header(second);
            final DataType[] types = Arrays.stream(kinds).map(ColumnKind::type).toArray(DataType[]::new);
            final BufferedDataContainer container = new ExecutionContext(new ProgressState(), null)
                .createDataContainer(new DataTableSpec(names, types));
            long row = 0;
            for (List<String> cells = record(second, names.length); cells != null; cells =
                record(second, names.length)) {
                container.addRowToTable(new DefaultRow(RowKey.createRowKey(row++), cells(kinds, cells)));
            }
            container.close();
            return container.getTable();
        } catch (CsvException e) {
            throw new CsvException("Input " + file.getFileName() + ": " + e.getMessage() + ".");
        }
    }

    private String[] header(final CsvReader in) throws IOException, CsvException {
        final List<String> names = in.next();
        if (names == null) {
            throw new CsvException("the file is empty; a line with the names of the columns is needed");
        }
        final Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || !seen.add(name)) {
                throw new CsvException(
                    name.isEmpty() ? "a column has no name" : "there are two columns named \"" + name + "\"");
            }
        }
        for (String name : nominal) {
            if (!seen.contains(name)) {
                throw new CsvException("--nominal names \"" + name + "\" but the columns are "
                    + String.join(", ", names));
            }
        }
        return names.toArray(String[]::new);
    }

    /** The next record that is no blank line (which in a single column is a missing cell); null at the end. */
    private static List<String> record(final CsvReader in, final int width) throws IOException, CsvException {
        while (true) {
            final int line = in.line();
            final List<String> cells = in.next();
            if (cells == null || cells.size() == width) {
                return cells;
            } else if (cells.size() > 1 || !cells.get(0).isBlank()) {
                throw new CsvException(
                    "line " + line + " has " + cells.size() + " cells but there are " + width + " columns");
            }
        }
    }

    private ColumnKind[] kinds(final CsvReader in, final String[] names) throws IOException, CsvException {
        final ColumnKind[] kinds = new ColumnKind[names.length];
        for (List<String> cells = record(in, names.length); cells != null; cells = record(in, names.length)) {
            for (int i = 0; i < names.length; i++) {
                if (!isMissing(cells.get(i))) {
                    kinds[i] = widened(kinds[i], cells.get(i));
                }
            }
        }
        for (int i = 0; i < names.length; i++) {
            if (nominal.contains(names[i])) {
                kinds[i] = ColumnKind.TEXT;
            } else if (kinds[i] == null) {
                kinds[i] = ColumnKind.DOUBLE;
            }
        }
        return kinds;
    }

    /** The narrowest kind for a further cell: numbers widen to wider numbers, anything else to text. */
    private static ColumnKind widened(final ColumnKind sofar, final String text) {
        if (sofar != null && sofar.accepts(text)) {
            return sofar;
        }
        for (ColumnKind kind : ColumnKind.values()) {
            final boolean takesEarlier = sofar == null || kind == ColumnKind.TEXT
                || kind.compareTo(sofar) > 0 && kind.compareTo(ColumnKind.DOUBLE) <= 0;
            if (takesEarlier && kind.accepts(text)) {
                return kind;
            }
        }
        return ColumnKind.TEXT;
    }

    private static DataCell[] cells(final ColumnKind[] kinds, final List<String> texts) {
        final DataCell[] cells = new DataCell[kinds.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = isMissing(texts.get(i)) ? DataType.getMissingCell() : kinds[i].cell(texts.get(i));
        }
        return cells;
    }

    private static boolean isMissing(final String text) {
        return text.isEmpty() || text.equals("NA");
    }
}
