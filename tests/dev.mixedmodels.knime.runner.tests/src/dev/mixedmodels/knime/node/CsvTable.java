package dev.mixedmodels.knime.node;

import dev.mixedmodels.standin.run.TableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.knime.core.node.BufferedDataTable;

/** Input tables from tests/data: a column is numeric unless it is named as nominal; empty cells are missing. */
public final class CsvTable {
    private CsvTable() {
    }

    /**
     * @param file file name without {@code .csv}
     * @param nominal columns that hold texts
     * @return the table
     */
    public static BufferedDataTable read(final String file, final String... nominal) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(System.getProperty("mixedmodels.tests"), "data", file + ".csv"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final String[] header = lines.get(0).split(",", -1);
        final String[][] rows =
            lines.stream().skip(1).map(line -> line.split(",", -1)).toArray(String[][]::new);
        final TableBuilder table = new TableBuilder();
        for (int c = 0; c < header.length; c++) {
            final int column = c;
            final String[] cells =
                Arrays.stream(rows).map(row -> row[column].isEmpty() ? null : row[column]).toArray(String[]::new);
            if (Set.of(nominal).contains(header[c])) {
                table.strings(header[c], cells);
            } else {
                table.boxedDoubles(header[c], Arrays.stream(cells)
                    .map(cell -> cell == null ? null : Double.valueOf(cell)).toArray(Double[]::new));
            }
        }
        return table.build();
    }
}
