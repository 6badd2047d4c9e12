package dev.mixedmodels.knime.guess;

import dev.mixedmodels.standin.run.TableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.BufferedDataTable;

/** Tables of tests/data with the types that a reader of CSV files finds: whole numbers, numbers, texts. */
public final class TypedCsv {
    private TypedCsv() {
    }

    /**
     * @param file name without ending
     * @return the table
     */
    public static BufferedDataTable read(final String file) {
        try {
            final List<String> lines =
                Files.readAllLines(Path.of(System.getProperty("mixedmodels.tests"), "data", file + ".csv"));
            return of(lines.toArray(String[]::new));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param lines of a file, names of columns first
     * @return the table
     */
    public static BufferedDataTable of(final String... lines) {
        final String[][] cells = Arrays.stream(lines).map(TypedCsv::cells).toArray(String[][]::new);
        final TableBuilder table = new TableBuilder();
        for (int c = 0; c < cells[0].length; c++) {
            final int column = c;
            final String[] values = Arrays.stream(cells).skip(1).map(row -> row[column]).toArray(String[]::new);
            if (present(values).allMatch(value -> value.matches("-?\\d{1,9}"))) {
                table.ints(cells[0][c], Arrays.stream(values)
                    .map(value -> isMissing(value) ? null : Integer.valueOf(value)).toArray(Integer[]::new));
            } else if (present(values).allMatch(value -> value.matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"))) {
                table.boxedDoubles(cells[0][c], Arrays.stream(values)
                    .map(value -> isMissing(value) ? null : Double.valueOf(value)).toArray(Double[]::new));
            } else {
                table.strings(cells[0][c],
                    Arrays.stream(values).map(value -> isMissing(value) ? null : value).toArray(String[]::new));
            }
        }
        return table.build();
    }

    private static Stream<String> present(final String[] values) {
        return Arrays.stream(values).filter(value -> !isMissing(value));
    }

    private static boolean isMissing(final String value) {
        return value.isEmpty() || value.equals("NA");
    }

    private static String[] cells(final String line) {
        return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(cell -> cell.replace("\"", ""))
            .toArray(String[]::new);
    }
}
