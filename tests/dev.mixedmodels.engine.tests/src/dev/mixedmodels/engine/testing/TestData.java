package dev.mixedmodels.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The public data sets under tests/data: simple CSV files with a header, no quotes, empty cell = missing. */
public final class TestData {
    private final Map<String, String[]> columns;

    private TestData(final Map<String, String[]> columns) {
        this.columns = columns;
    }

    /**
     * @return the folder that holds {@code data} and {@code reference}: the system property {@code mixedmodels.tests},
     *         else the nearest {@code tests} folder above the working directory
     */
    public static Path folder() {
        final String property = System.getProperty("mixedmodels.tests");
        if (property != null) {
            return Path.of(property);
        }
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("tests/data"))) {
                return p.resolve("tests");
            }
        }
        throw new IllegalStateException("no tests/data above the working directory; set -Dmixedmodels.tests");
    }

    /**
     * @param name file name without {@code .csv}
     * @return its contents
     */
    public static TestData read(final String name) {
        try {
            final List<String> lines = Files.readAllLines(folder().resolve("data").resolve(name + ".csv"));
            final String[] header = lines.get(0).split(",", -1);
            final Map<String, String[]> columns = new TreeMap<>();
            for (int c = 0; c < header.length; c++) {
                final List<String> cells = new ArrayList<>();
                for (final String line : lines.subList(1, lines.size())) {
                    cells.add(line.split(",", -1)[c]);
                }
                columns.put(header[c], cells.toArray(String[]::new));
            }
            return new TestData(columns);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param column name of a column
     * @return its cells as they stand in the file; empty = missing
     */
    public String[] strings(final String column) {
        final String[] cells = columns.get(column);
        if (cells == null) {
            throw new IllegalArgumentException("no column " + column + " among " + columns.keySet());
        }
        return cells.clone();
    }

    /**
     * @param column name of a numeric column
     * @return its numbers; NaN = missing
     */
    public double[] numbers(final String column) {
        final String[] cells = strings(column);
        final double[] numbers = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            numbers[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
        }
        return numbers;
    }

    /**
     * @return names of the columns, in alphabetical order
     */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * @return number of rows
     */
    public int rows() {
        return columns.values().iterator().next().length;
    }
}
