package dev.mixedmodels.headless;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortUtil;
import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.headless.csv.CsvTableWriter;
import dev.mixedmodels.standin.definition.Definitions;
import dev.mixedmodels.standin.definition.PageDefinition;
import dev.mixedmodels.standin.definition.Port;
import dev.mixedmodels.standin.definition.ViewDefinition;
import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.settings.Json;

/** Carries out one command and gives its exit code. Messages come without a stack trace. */
public final class Main {

    /** Done. */
    public static final int OK = 0;

    /** Wrong usage or settings. */
    public static final int WRONG_USAGE = 2;

    /** Execution failed. */
    public static final int FAILED = 4;

    private final NodeCatalogue catalogue;

    private final Path folder;

    private final InputStream in;

    private final PrintStream out;

    private final PrintStream err;

    /** @param folder where relative paths start */
    public Main(final NodeCatalogue catalogue, final Path folder, final PrintStream out, final PrintStream err) {
        this(catalogue, folder, System.in, out, err);
    }

    Main(final NodeCatalogue catalogue, final Path folder, final InputStream in, final PrintStream out,
        final PrintStream err) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** The exit code of the command. */
    public int run(final String... arguments) {
        try {
            final CommandLine command = CommandLine.parse(arguments);
            return switch (command.action()) {
                case HELP -> print(CommandLine.USAGE);
                case LIST -> list();
                case COMMANDS -> commands();
                case DESCRIBE -> print(DescriptionText.of(catalogue.get(command.node())));
                case RUN -> execute(command);
            };
        } catch (UsageException e) {
            return fail(WRONG_USAGE, e.getMessage());
        } catch (IOException e) {
            return fail(FAILED, "The results cannot be written: " + e);
        } catch (RuntimeException | OutOfMemoryError e) { // a defect of the node, still without a stack trace
            return fail(FAILED, "The node failed unexpectedly: " + e);
        }
    }

    private int list() {
        catalogue.nodes().forEach((id, factory) -> out.println(
            id + "\t" + Definitions.of(factory).texts().shortDescription()));
        return OK;
    }

    /** The last exit code that is not {@link #OK}. */
    private int commands() throws IOException {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int worst = OK;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            final int code = command(line);
            out.println("exit " + code);
            worst = code == OK ? worst : code;
        }
        return worst;
    }

    private int command(final String line) {
        final Object arguments;
        try {
            arguments = Json.parse(line);
        } catch (IllegalArgumentException e) {
            return fail(WRONG_USAGE, "The command " + line + " is no JSON: " + e.getMessage());
        }
        return arguments instanceof List<?> list ? run(list.stream().map(Object::toString).toArray(String[]::new))
            : fail(WRONG_USAGE, "The command " + line + " is no JSON array.");
    }

    private int print(final String text) {
        out.println(text);
        return OK;
    }

    private int fail(final int code, final String message) {
        err.println(message);
        return code;
    }

    private int execute(final CommandLine command) throws UsageException, IOException {
        final DefaultNodeFactory factory = catalogue.get(command.node());
        final NodeRun run = NodeRun.of(factory);
        settings(command).forEach(run::set);
        command.viewSettings().forEach(run::setView);
        final InputFiles files = new InputFiles(folder, command.nominal());
        files.read(Definitions.of(factory).inputs(), command.inputs(), command.models()).forEach(run::input);
        final NodeResult result = run.run();
        result.warning().ifPresent(warning -> err.println("Warning: " + warning));
        if (!result.isOk()) {
            final boolean settings = result.stage().orElseThrow() == NodeResult.Stage.CONFIGURE;
            return fail(settings ? WRONG_USAGE : FAILED, result.error().orElseThrow());
        }
        write(Definitions.of(factory).outputs(), result.outputs(), folder.resolve(command.output()));
        if (command.report() != null) {
            report(result, folder.resolve(command.report()));
        }
        return OK;
    }

    private static void report(final NodeResult result, final Path file) throws IOException, UsageException {
        final PageDefinition page = result.node().definition().view().map(ViewDefinition::page)
            .orElseThrow(() -> new UsageException("This node has no view, so there is no report."));
        try {
            final String html = ReportPage.of(page, result.node().initialData());
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, html);
        } catch (InvalidSettingsException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private Map<String, Object> settings(final CommandLine command) throws UsageException {
        final Map<String, Object> settings = new LinkedHashMap<>();
        if (command.settingsFile() != null) {
            try {
                final Path file = folder.resolve(command.settingsFile());
                final Object tree = Json.parse(Files.readString(file, StandardCharsets.UTF_8));
                if (!(tree instanceof Map<?, ?> map)) {
                    throw new UsageException("Settings file " + command.settingsFile() + " must hold a JSON object.");
                }
                map.forEach((key, value) -> settings.put(key.toString(), value));
            } catch (IOException e) {
                throw new UsageException("Settings file " + command.settingsFile() + " cannot be read: " + e, e);
            } catch (IllegalArgumentException e) {
                throw new UsageException("Settings file " + command.settingsFile() + ": " + e.getMessage(), e);
            }
        }
        settings.putAll(command.settings());
        return settings;
    }

    private static void write(final List<Port> ports, final List<PortObject> results, final Path into)
        throws IOException {
        Files.createDirectories(into);
        for (int i = 0; i < results.size(); i++) {
            final String name = (i + 1) + "-" + NodeDescription.idOf(ports.get(i).name());
            if (results.get(i) instanceof BufferedDataTable table) {
                CsvTableWriter.write(table, into.resolve(name + ".csv"));
            } else {
                store(results.get(i), into.resolve(name + ".zip"));
            }
        }
    }

    private static void store(final PortObject result, final Path file) throws IOException {
        try {
            PortUtil.writeObjectToFile(result, file.toFile(),
                new ExecutionMonitor(new ProgressState((progress, message) -> { })));
        } catch (CanceledExecutionException e) {
            throw new IllegalStateException("Nobody cancelled.", e);
        }
    }
}
