package dev.mixedmodels.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mixedmodels.headless.sample.SampleNodeFactory;

/** The command line: results, messages, exit codes. */
class MainTest {

    private static final String NODE = "sample-labs-node";

    @TempDir
    private Path folder;

    private String commands = "";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeInput() throws IOException {
        Files.writeString(folder.resolve("data.csv"), "g,y\na,1.5\nb,2.5\n");
    }

    private int run(final String... arguments) {
        final NodeCatalogue catalogue = new NodeCatalogue();
        catalogue.add("sample", () -> SampleNodeFactory.class);
        out.reset();
        err.reset();
        return new Main(catalogue, folder, new ByteArrayInputStream(commands.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private int runSample(final String... more) {
        return run(Stream.concat(Stream.of(NODE, "--input", "data.csv", "--output", "results"), Arrays.stream(more))
            .toArray(String[]::new));
    }

    private String result() throws IOException {
        return Files.readString(folder.resolve("results/1-written-settings.csv"));
    }

    private String message() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void aNodeRunsAndWritesAFileForEveryPort() throws IOException {
        assertEquals(0, runSample());
        assertEquals("RowID,Text,Number\nonly,y,95\n", result());
        assertEquals("Warning: second", message());
    }

    @Test
    void commandsAreCarriedOutOneAfterTheOther() throws IOException {
        final String sample = "[\"" + NODE + "\", \"--input\", \"data.csv\", \"--output\", \"results\"";
        commands = "[\"nothing\", \"--describe\"]\n" + sample + "]\nno array\n{}\n" + sample
            + ", \"--set\", \"level=90\"]\n";
        assertEquals(2, run("--commands"));
        assertEquals("exit 2\nexit 0\nexit 2\nexit 2\nexit 0\n",
            out.toString(StandardCharsets.UTF_8).replace("\r", ""));
        assertEquals("RowID,Text,Number\nonly,y,90\n", result());
        assertTrue(message().contains("is no JSON array"), this::message);
        commands = "";
        assertEquals(0, run("--commands"));
    }

    @Test
    void settingsComeFromAFileAndFromTheCommandLineWhichWins() throws IOException {
        Files.writeString(folder.resolve("settings.json"), "{\"level\": 90, \"response\": \"g\", \"order\": [\"a\"]}");
        assertEquals(0, runSample("--settings", "settings.json", "--set", "level=99.5", "--set", "columns=g",
            "--set", "referenceLevels=[{\"column\":\"arm\",\"level\":\"a=b\"}]"));
        assertEquals("RowID,Text,Number\nonly,g,99.5\n", result());
    }

    @Test
    void numbersAreWrittenTheSameInEveryLocale() throws IOException {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertEquals(0, runSample("--set", "level=12.5"));
            assertEquals("RowID,Text,Number\nonly,y,12.5\n", result());
            assertEquals(0, run(NODE, "--describe"));
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("1. Written Settings: One row."));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void wrongSettingsEndWithTwoAndLeaveNoResults() {
        assertEquals(2, runSample("--set", "behaviour=SLEEP"));
        assertTrue(message().contains("one of WORK, FAIL"), message());
        assertEquals(2, runSample("--set", "level=100"));
        assertEquals("The confidence level must be between 0 and 100.", message());
        assertEquals(2, runSample("--set", "nothing=1"));
        assertTrue(message().startsWith("There is no setting \"nothing\". The settings are: response,"), message());
        assertEquals(2, runSample("--set", "response=z"));
        assertEquals("No column \"z\".", message());
        assertFalse(Files.exists(folder.resolve("results")));
    }

    @Test
    void aReportNeedsANodeWithAView() {
        assertEquals(2, runSample("--report", "report.html"));
        assertTrue(message().contains("This node has no view"), message());
        assertFalse(Files.exists(folder.resolve("report.html")));
        assertEquals(2, runSample("--view", "order=NAME"));
        assertEquals("--view sets how a report opens; add --report FILE.html.", message());
        assertEquals(2, runSample("--report", "report.html", "--view", "order=NAME"));
        assertEquals("The view has no settings.", message());
    }

    @Test
    void wrongUsageEndsWithTwo() throws IOException {
        assertEquals(2, run());
        assertEquals(2, run("nonsense", "--describe"));
        assertEquals("There is no node \"nonsense\". The nodes are: sample-labs-node.", message());
        assertEquals(2, run(NODE, "--output", "results"));
        assertTrue(message().startsWith("Option --input is missing."), message());
        assertEquals(2, runSample("--frobnicate", "1"));
        assertEquals(2, runSample("--set"));
        assertEquals(2, runSample("--set", "level"));
        assertEquals(2, runSample("--input", "other.csv"));
        assertEquals(2, runSample("--nominal", "z"));
        assertEquals(2, run(NODE, "--input", "missing.csv", "--output", "results"));
        assertEquals("There is no file missing.csv.", message());
        Files.writeString(folder.resolve("settings.json"), "[1]");
        assertEquals(2, runSample("--settings", "settings.json"));
        Files.write(folder.resolve("latin1.csv"), "é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(2, run(NODE, "--input", "latin1.csv", "--output", "results"));
        assertEquals("Input latin1.csv is not in UTF-8.", message());
    }

    @Test
    void aFailedExecutionEndsWithFourAndAMessageInOneLine() {
        assertEquals(4, runSample("--set", "behaviour=FAIL"));
        assertEquals("It was told to fail.", message());
        assertEquals(4, runSample("--set", "behaviour=CRASH"));
        assertEquals("The node failed unexpectedly: java.lang.IllegalArgumentException: It was told to crash.",
            message());
        assertFalse(Files.exists(folder.resolve("results")));
    }

    @Test
    void nodesAreListed() {
        assertEquals(0, run("--list"));
        assertEquals("sample-labs-node\tWrites its settings down.",
            out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void aNodeIsDescribedWithItsSettingsAndPorts() {
        assertEquals(0, run(NODE, "--describe"));
        assertEquals("""
            Sample (Labs) Node (sample-labs-node)
            Writes its settings down.

            First <paragraph> with y_i.
            - An item

            Settings

              response: column, default ""
                  Response. A number.

              behaviour: choice, default "WORK"
                  Behaviour. What to do.
                    WORK: Work. as it should
                    FAIL: FAIL.
                    CRASH: CRASH.
                    NO_OUTPUT: NO_OUTPUT.
                    OTHER_SPEC: OTHER_SPEC.

              level: double, default 95.0
                  Confidence level.

              switch: boolean, default false
                  Switch.

              columns: columns, default []
                  Columns.

              order: list of string, default []

              referenceLevels: array of objects, default []

              referenceLevels[]/column: column, default ""

              referenceLevels[]/level: string, default "none"

              fitting/iterations: int, default 100
                  Iterations.

              fitting/seed: long, default 1

              addedLater: int, default 7

            Inputs

              1. Data: A table.

            Outputs

              1. Written Settings: One row.
                  Text: string
                  Number: double
            """, out.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing)
                .reduce("", (text, line) -> text + line + "\n"));
    }
}
