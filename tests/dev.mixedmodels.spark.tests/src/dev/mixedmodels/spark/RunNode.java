package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The program run-node, started once for all tables that tests compare with. */
final class RunNode {
    private static final String ENDED = "exit ";
    private static RunNode started;

    private final PrintStream commands;
    private final BufferedReader output;

    private RunNode() throws IOException {
        final Process process = new ProcessBuilder(TestSpark.ROOT.resolve("tests/headless/run-node").toString(),
            "--commands").redirectErrorStream(true).start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8); // its end is the process's
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it, if it has not been. */
    static synchronized void start() {
        try {
            started = started == null ? new RunNode() : started;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries out a command, which must succeed, and gives what it says. */
    static synchronized String run(final List<String> command) {
        start();
        try {
            started.commands.println(new ObjectMapper().writeValueAsString(command));
            final List<String> said = new ArrayList<>();
            String line = started.output.readLine();
            while (line != null && !line.startsWith(ENDED)) {
                said.add(line);
                line = started.output.readLine();
            }
            final String all = String.join("\n", said);
            assertEquals(ENDED + 0, line, all);
            return all;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
