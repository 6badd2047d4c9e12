package dev.mixedmodels.headless.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.node.BufferedDataTable;

/** Writes a table as CSV (RFC 4180, UTF-8, LF): row ids first, under RowID; a missing cell is empty. */
public final class CsvTableWriter {

    private CsvTableWriter() {
    }

    public static void write(final BufferedDataTable table, final Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            CloseableRowIterator rows = table.iterator()) {
            out.write("RowID");
            for (String name : table.getDataTableSpec().getColumnNames()) {
                out.write(',');
                out.write(quoted(name));
            }
            out.write('\n');
            while (rows.hasNext()) {
                write(rows.next(), out);
            }
        }
    }

    private static void write(final DataRow row, final BufferedWriter out) throws IOException {
        out.write(quoted(row.getKey().getString()));
        for (int i = 0; i < row.getNumCells(); i++) {
            out.write(',');
            out.write(text(row.getCell(i)));
        }
        out.write('\n');
    }

    private static String text(final DataCell cell) {
        if (cell.isMissing()) {
            return "";
        }
        return cell instanceof DoubleCell number ? Decimal.format(number.getDoubleValue()) : quoted(cell.toString());
    }

    /** In quotes where a reader would otherwise take it for something else. */
    private static String quoted(final String text) {
        final boolean plain = !text.isEmpty() && text.equals(text.strip()) && text.chars()
            .noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
