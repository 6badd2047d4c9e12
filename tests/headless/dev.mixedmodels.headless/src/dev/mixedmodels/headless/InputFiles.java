package dev.mixedmodels.headless;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortUtil;

import dev.mixedmodels.headless.csv.CsvException;
import dev.mixedmodels.headless.csv.CsvTableReader;
import dev.mixedmodels.standin.definition.Port;
import dev.mixedmodels.standin.progress.ProgressState;

/** Reads the files that feed a node's input ports. */
final class InputFiles {

    private final Path folder;

    private final Set<String> nominal;

    /**
     * @param folder where relative paths start
     * @param nominal columns that are categories even when they hold numbers
     */
    InputFiles(final Path folder, final Set<String> nominal) {
        this.folder = folder;
        this.nominal = nominal;
    }

    /** The data of all ports; optional ports without a file are left out. */
    List<PortObject> read(final List<Port> ports, final List<String> tables, final List<String> models)
        throws UsageException {
        final Iterator<String> nextTable = tables.iterator();
        final Iterator<String> nextModel = models.iterator();
        final List<PortObject> all = new ArrayList<>();
        for (Port port : ports) {
            final Iterator<String> next = port.isTable() ? nextTable : nextModel;
            int found = 0;
            for (; found < port.most() && next.hasNext(); found++) {
                all.add(port.isTable() ? table(next.next()) : model(next.next(), port));
            }
            if (found < port.least() && !port.isOptional()) {
                throw new UsageException("Option " + (port.isTable() ? "--input" : "--model") + " is missing. The port \""
                    + port.name() + "\" needs " + (port.least() == 1 ? "a file" : port.least() + " files") + ".\n" + CommandLine.USAGE);
            }
        }
        refuseMore(nextTable, "--input", "table");
        refuseMore(nextModel, "--model", "model");
        return all;
    }

    private static void refuseMore(final Iterator<String> rest, final String option, final String what)
        throws UsageException {
        if (rest.hasNext()) {
            throw new UsageException("Option " + option + " " + rest.next() + ": the node has no further port for a "
                + what + ".");
        }
    }

    private PortObject table(final String file) throws UsageException {
        try {
            return new CsvTableReader(folder.resolve(file), nominal).read();
        } catch (CsvException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + file + ".", e);
        } catch (MalformedInputException e) {
            throw new UsageException("Input " + file + " is not in UTF-8.", e);
        } catch (IOException e) {
            throw new UsageException("Input " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private PortObject model(final String name, final Port port) throws UsageException {
        final Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("There is no file " + name + ".");
        }
        try {
            final PortObject object = PortUtil.readObjectFromFile(file.toFile(),
                new ExecutionMonitor(new ProgressState((progress, message) -> { })));
            if (!port.type().acceptsPortObject(object)) {
                throw new UsageException("Model " + name + " is not of the type \"" + port.type().getName()
                    + "\" that the port \"" + port.name() + "\" takes.");
            }
            return object;
        } catch (IOException | CanceledExecutionException | IllegalArgumentException e) { // the last of a damaged ZIP
            final String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            throw new UsageException("Model " + name + " cannot be read: " + (reason.endsWith(".)") ? e.getMessage()
                : "it is no file that run-node or a Model Writer node has written, or it was cut or changed since" + reason
                    + "."), e);
        }
    }
}
