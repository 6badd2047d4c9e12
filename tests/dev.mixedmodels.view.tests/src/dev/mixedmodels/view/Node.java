package dev.mixedmodels.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A run of a node of the installed feature: its tables and its report, made once.
 *
 * @param folder with one CSV file a port
 * @param report the page with its data inside
 */
record Node(Path folder, Path report) {
    static final Path ROOT = Path.of(System.getProperty("mixedmodels.root")).toAbsolutePath().normalize();
    static final Path SCRATCH = Path.of(System.getProperty("mixedmodels.scratch")).toAbsolutePath().normalize();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DATA = Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>");
    private static final Pattern CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*)),");
    private static final Map<String, Node> RUNS = new ConcurrentHashMap<>();

    static Node anova() {
        return run("random-intercept-anova", "--input", data("dyestuff"));
    }

    static Node longitudinal() {
        return run("longitudinal-mixed-model", "--input", data("sleepstudy"), "--nominal", "Subject");
    }

    static Node marginal() {
        return run("marginal-repeated-measures", "--input", data("hetar1"), "--nominal", "subject,arm,visit",
            "--set", "fixedEffects=baseline,arm,visit", "--set", "visit=visit",
            "--set", "interactions=[{\"first\": \"arm\", \"second\": \"visit\"}]",
            "--set", "compareStructures=HETEROGENEOUS_AR1,COMPOUND_SYMMETRY");
    }

    static Node multilevel() {
        return run("multilevel-model", "--input", data("egsingle"), "--nominal", "schoolid,childid,female",
            "--set", "response=math", "--set", "fixedEffects=year,female",
            "--set", "levels=[{\"column\": \"schoolid\"}, {\"column\": \"childid\"}]");
    }

    static Node empiricalBayes() {
        return run("empirical-bayes-shrinkage", "--input", data("pumps"), "--nominal", "pump",
            "--set", "family=POISSON_GAMMA", "--set", "count=failures", "--set", "exposure=time",
            "--set", "ranks=true");
    }

    static Stream<Node> all() {
        return Stream.of(anova(), longitudinal(), marginal(), multilevel(), empiricalBayes());
    }

    static String data(final String name) {
        return ROOT.resolve("tests/data/" + name + ".csv").toString();
    }

    /** Runs a node, or gives an earlier run with the same arguments. */
    static Node run(final String... arguments) {
        return RUNS.computeIfAbsent(String.join(" ", arguments), key -> execute(arguments));
    }

    private static Node execute(final String... arguments) {
        final Path folder = SCRATCH.resolve(arguments[0] + "-" + Integer.toHexString(Arrays.hashCode(arguments)));
        final Node node = new Node(folder, folder.resolve("report.html"));
        final List<String> command = new ArrayList<>(List.of(ROOT.resolve("tests/headless/run-node").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--output", folder.toString(), "--report", node.report.toString()));
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n" + output);
            }
            return node;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What the page gets, as text. */
    String json() {
        try {
            final Matcher data = DATA.matcher(Files.readString(report));
            if (!data.find()) {
                throw new AssertionError(report + " holds no data");
            }
            return data.group(1);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the page shows. */
    JsonNode picture() {
        return parse(json()).get("picture");
    }

    static JsonNode parse(final String json) {
        try {
            return JSON.readTree(json);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chart of the picture by its id. */
    JsonNode chart(final String id) {
        for (final JsonNode chart : picture().get("charts")) {
            if (chart.get("id").asText().equals(id)) {
                return chart;
            }
        }
        throw new AssertionError("no chart " + id);
    }

    /** A numeric column of an output table, NaN where a cell is empty. */
    double[] column(final String table, final String column) {
        final List<String[]> rows = table(table);
        final int index = Arrays.asList(rows.get(0)).indexOf(column);
        return rows.stream().skip(1)
            .mapToDouble(r -> r[index].isEmpty() ? Double.NaN : Double.parseDouble(r[index])).toArray();
    }

    /** A column of texts. */
    List<String> texts(final String table, final String column) {
        final List<String[]> rows = table(table);
        final int index = Arrays.asList(rows.get(0)).indexOf(column);
        return rows.stream().skip(1).map(r -> r[index]).toList();
    }

    /** Cells without line breaks, quoted or not. */
    private static String[] cells(final String line) {
        return CELL.matcher(line + ",").results()
            .map(m -> m.group(1) != null ? m.group(1).replace("\"\"", "\"") : m.group(2)).toArray(String[]::new);
    }

    private List<String[]> table(final String name) {
        try (Stream<String> lines = Files.lines(folder.resolve(name + ".csv"))) {
            return lines.map(Node::cells).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
