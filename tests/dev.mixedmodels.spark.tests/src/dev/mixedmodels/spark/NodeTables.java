package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of a node that run-node runs on this machine, while a test goes on until it needs them. */
final class NodeTables {
    /** What an order of sums may change, of the largest number of a row that is in the response's unit. */
    private static final double RELATIVE = 1e-12;
    /** The same of p-values, which have it many times far out. */
    private static final double OF_P_VALUES = 1e-9;
    /** Rows out of the order of time are kept by the node, and sorted by Spark. */
    private static final Pattern OF_MEMORY = Pattern.compile("All kept in memory:.*|Read and not kept:.*");
    private static final Set<String> WITHOUT_UNIT =
        Set.of("df", "t", "N", "Num df", "Den df", "Design Effect", "Correlation", "Share of Variance", "Reliability");
    /** How the search went, not what it found: an order of sums may cost or save a step. */
    private static final Set<String> OF_THE_SEARCH = Set.of("Gradient", "Iterations", "Evaluations");
    private static final Map<String, NodeTables> RUNS = new HashMap<>();

    private final Path folder;
    private final CompletableFuture<String> messages;

    private NodeTables(final Path folder, final CompletableFuture<String> messages) {
        this.folder = folder;
        this.messages = messages;
    }

    /** Begins to run a node, or gives an earlier run of the same. */
    static NodeTables of(final String node, final Path input, final List<String> settings) {
        return RUNS.computeIfAbsent(node + input + settings, key -> run(node, input, settings, List.of()));
    }

    /** Predicts the rows of a file by a model. */
    static NodeTables predicted(final Path model, final Path input, final List<String> settings) {
        return run("mixed-model-predictor", input, settings, List.of("--model", model.toString()));
    }

    private static NodeTables run(final String node, final Path input, final List<String> settings,
        final List<String> options) {
        final Path folder = TestSpark.SCRATCH
            .resolve(node + "-" + Integer.toHexString((input + settings.toString() + options).hashCode()));
        final List<String> command =
            new ArrayList<>(List.of(node, "--input", input.toString(), "--output", folder.toString()));
        command.addAll(options);
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        return new NodeTables(folder, RunNode.run(command));
    }

    /** Same tables, same columns, same rows in the same order, same warnings. */
    void assertSame(final FittedTables fitted) {
        fitted.warnings().forEach(warning -> assertTrue(messages().contains(warning), () -> warning + "\n" + messages()));
        int number = 1;
        for (final Map.Entry<String, Dataset<Row>> table : fitted.tables().entrySet()) {
            final List<String[]> rows = new ArrayList<>(List.<String[]>of(table.getValue().columns()));
            table.getValue().collectAsList().forEach(row -> rows.add(IntStream.range(0, row.size())
                .mapToObj(c -> row.isNullAt(c) ? "" : row.get(c).toString()).toArray(String[]::new)));
            assertSame(table.getKey(), csv(file(number++)), rows);
        }
    }

    /** The same of tables that were saved as CSV. */
    void assertSame(final Path saved) throws IOException {
        try (Stream<Path> tables = Files.list(saved)) {
            for (final Path table : tables.filter(Files::isDirectory).sorted().toList()) {
                final String name = table.getFileName().toString();
                final List<String[]> rows = new ArrayList<>();
                try (Stream<Path> parts = Files.list(table)) {
                    parts.filter(part -> part.toString().endsWith(".csv")).sorted().map(NodeTables::csv)
                        .forEach(part -> rows.addAll(part.subList(rows.isEmpty() ? 0 : 1, part.size())));
                }
                assertSame(name, csv(file(name + ".csv")), rows);
            }
        }
    }

    /** The file of the model. */
    Path model() {
        return file("*-model.zip");
    }

    /** What the node said. */
    String messages() {
        return messages.join();
    }

    /** Same columns of predictions after those of the table, same rows in the same order. */
    void assertSamePredictions(final Dataset<Row> table) {
        final List<String[]> expected = csv(file(1));
        final List<Row> actual = table.collectAsList();
        final List<String> names = List.of(table.columns());
        assertEquals(List.of(expected.get(0)).subList(1, expected.get(0).length), names);
        assertEquals(expected.size() - 1, actual.size());
        for (int row = 0; row < actual.size(); row++) {
            for (int c = 0; c < names.size(); c++) {
                final String where = names.get(c) + ", row " + row;
                final String cell = actual.get(row).isNullAt(c) ? "" : actual.get(row).get(c).toString();
                final String wanted = expected.get(row + 1)[c + 1];
                assertSame(wanted, cell.equals("NaN") && wanted.isEmpty() ? "" : cell,
                    RELATIVE * Math.abs(number(wanted).orElse(0)), where);
            }
        }
    }

    private Path file(final int number) {
        return file(number + "-*.csv");
    }

    private Path file(final String pattern) {
        messages.join(); // then it is there
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            return files.iterator().next();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSame(final String name, final List<String[]> expected, final List<String[]> actual) {
        final String[] header = expected.get(0);
        assertEquals(List.of(header), List.of(actual.get(0)), name);
        assertEquals(texts(expected), texts(actual), name);
        final Map<String, Double> largest = new HashMap<>(); // of each matrix
        for (int row = 1; row < actual.size() && header[1].equals("Matrix"); row++) {
            largest.merge(expected.get(row)[1], RELATIVE * Math.abs(number(expected.get(row)[5]).orElse(0)), Math::max);
        }
        for (int row = 1; row < actual.size(); row++) {
            if (!OF_THE_SEARCH.contains(expected.get(row)[2])) {
                for (int c = 0; c < header.length; c++) {
                    final double scale = expected.get(row)[c].equals(actual.get(row)[c]) ? 0
                        : header[c].equals("Covariance") ? largest.get(expected.get(row)[1])
                            : scale(header, expected.get(row), c);
                    assertSame(expected.get(row)[c], actual.get(row)[c], scale,
                        name + ", " + header[c] + ", row " + row);
                }
            }
        }
    }

    /** The first texts of the rows of a table, for a message that tells which row is missing. */
    private static List<String> texts(final List<String[]> rows) {
        return rows.stream().map(row -> Stream.of(row[1], row[2]).filter(cell -> number(cell).isEmpty())
            .collect(Collectors.joining(" "))).toList();
    }

    private static OptionalDouble number(final String cell) {
        if (cell.isEmpty() || "+-.0123456789NI".indexOf(cell.charAt(0)) < 0) {
            return OptionalDouble.empty(); // told without an exception, which takes long
        }
        try {
            return OptionalDouble.of(Double.parseDouble(cell));
        } catch (final NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** How much a number may differ. */
    private static double scale(final String[] header, final String[] row, final int column) {
        if (header[column].contains("p-value")) {
            return OF_P_VALUES * number(row[column]).orElse(0);
        }
        if (WITHOUT_UNIT.contains(header[column])) {
            return RELATIVE * Math.max(1, Math.abs(number(row[column]).orElse(0)));
        }
        return RELATIVE * IntStream.range(1, row.length)
            .filter(c -> !WITHOUT_UNIT.contains(header[c]) && !header[c].contains("p-value"))
            .mapToDouble(c -> Math.abs(number(row[c]).orElse(0))).max().orElse(0);
    }

    private static void assertSame(final String expected, final String actual, final double tolerance,
        final String where) {
        if (!expected.equals(actual)) {
            if (number(expected).isEmpty() || number(actual).isEmpty()) {
                assertEquals(OF_MEMORY.matcher(expected).replaceFirst(""), OF_MEMORY.matcher(actual).replaceFirst(""), where);
                return;
            }
            assertEquals(number(expected).getAsDouble(), number(actual).getAsDouble(), tolerance, where);
        }
    }

    /** The records of a CSV file without line breaks in texts. */
    private static List<String[]> csv(final Path file) {
        try {
            return Files.readAllLines(file).stream().map(line -> {
                // a comma outside of quotation marks is followed by an even number of these
                final String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                for (int c = 0; c < cells.length; c++) {
                    cells[c] = cells[c].startsWith("\"")
                        ? cells[c].substring(1, cells[c].length() - 1).replace("\"\"", "\"") : cells[c];
                }
                return cells;
            }).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
