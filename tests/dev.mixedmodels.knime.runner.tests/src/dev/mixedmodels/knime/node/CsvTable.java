package dev.mixedmodels.knime.node;

import dev.mixedmodels.standin.run.TableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.knime.core.node.BufferedDataTable;

/** Input tables from tests/data; cells that are empty or NA are missing. */
public final class CsvTable {
    private final String[][] cells;
    private final TableBuilder table = new TableBuilder();

    private CsvTable(final String... lines) {
        cells = Arrays.stream(lines).map(CsvTable::cells).toArray(String[][]::new);
    }

    /**
     * @param file file name without {@code .csv}
     * @param nominal columns that hold texts; all others are numeric
     * @return the table
     */
    public static BufferedDataTable read(final String file, final String... nominal) {
        final CsvTable csv = new CsvTable(lines(file));
        for (int c = 0; c < csv.cells[0].length; c++) {
            csv.add(c, Set.of(nominal).contains(csv.cells[0][c]) ? String.class : Double.class);
        }
        return csv.table.build();
    }

    /**
     * @param file file name without {@code .csv}
     * @return the table with the types that a reader of CSV files finds: whole numbers, numbers, texts
     */
    public static BufferedDataTable typed(final String file) {
        return typedLines(lines(file));
    }

    /**
     * @param lines of a file, names of columns first
     * @return the table with the types that a reader of CSV files finds
     */
    public static BufferedDataTable typedLines(final String... lines) {
        final CsvTable csv = new CsvTable(lines);
        for (int c = 0; c < csv.cells[0].length; c++) {
            csv.add(c, csv.all(c, "-?\\d{1,9}") ? Integer.class
                : csv.all(c, "-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?") ? Double.class : String.class);
        }
        return csv.table.build();
    }

    private void add(final int column, final Class<?> type) {
        final String name = cells[0][column];
        if (type == Integer.class) {
            table.ints(name, values(column).map(v -> v == null ? null : Integer.valueOf(v)).toArray(Integer[]::new));
        } else if (type == Double.class) {
            table.boxedDoubles(name, values(column).map(v -> v == null ? null : Double.valueOf(v)).toArray(Double[]::new));
        } else {
            table.strings(name, values(column).toArray(String[]::new));
        }
    }

    private boolean all(final int column, final String pattern) {
        return values(column).filter(Objects::nonNull).allMatch(value -> value.matches(pattern));
    }

    private Stream<String> values(final int column) {
        return Arrays.stream(cells).skip(1).map(row -> row[column].isEmpty() || row[column].equals("NA") ? null
            : row[column]);
    }

    private static String[] lines(final String file) {
        try {
            return Files.readAllLines(Path.of(System.getProperty("mixedmodels.tests"), "data", file + ".csv"))
                .toArray(String[]::new);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] cells(final String line) {
        return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(cell -> cell.replace("\"", ""))
            .toArray(String[]::new);
    }
}
