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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The program run-node, started once for all tables that tests compare with, and carried out beside Spark. */
final class RunNode {
    private static final String ENDED = "exit ";
    private static final ExecutorService ONE_AFTER_THE_OTHER = Executors.newSingleThreadExecutor(task -> {
        final Thread thread = new Thread(task, "run-node");
        thread.setDaemon(true);
        return thread;
    });
    private static RunNode started; // by that thread

    private final PrintStream commands;
    private final BufferedReader output;

    private RunNode() throws IOException {
        final Process process = new ProcessBuilder(TestSpark.ROOT.resolve("tests/headless/run-node").toString(),
            "--commands").redirectErrorStream(true).start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8); // its end is the process's
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it, if it has not been. */
    static void start() {
        ONE_AFTER_THE_OTHER.execute(RunNode::started);
    }

    private static RunNode started() {
        try {
            started = started == null ? new RunNode() : started;
            return started;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Will carry out a command, which must succeed, and gives what it says. */
    static CompletableFuture<String> run(final List<String> command) {
        return CompletableFuture.supplyAsync(() -> started().said(command), ONE_AFTER_THE_OTHER);
    }

    private String said(final List<String> command) {
        try {
            commands.println(new ObjectMapper().writeValueAsString(command));
            final List<String> said = new ArrayList<>();
            String line = output.readLine();
            while (line != null && !line.startsWith(ENDED)) {
                said.add(line);
                line = output.readLine();
            }
            final String all = String.join("\n", said);
            assertEquals(ENDED + 0, line, all);
            return all;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
