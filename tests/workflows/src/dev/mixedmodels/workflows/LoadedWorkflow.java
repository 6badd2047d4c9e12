package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

import dev.mixedmodels.headless.csv.CsvException;
import dev.mixedmodels.headless.csv.CsvTableReader;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.config.SettingsXml;
import dev.mixedmodels.standin.settings.StoredSettings;

/** A workflow read from its folder, whose nodes of ours can be run on the stand-in. */
public final class LoadedWorkflow {

    private final Path folder;

    private final NodeKinds kinds;

    private final Map<String, Object> root;

    private final Map<Integer, Map<String, Object>> nodes = new TreeMap<>();

    private final Map<Integer, NodeResult> results = new TreeMap<>();

    /** A connection; ports count from 1, port 0 is for flow variables. */
    public record Connection(int source, int sourcePort, int destination, int destinationPort) {
    }

    public LoadedWorkflow(final Path folder, final NodeKinds kinds) throws IOException {
        this.folder = folder;
        this.kinds = kinds;
        root = SettingsXml.read(folder.resolve("workflow.knime"));
        for (Object entry : group(root, "nodes").values()) {
            final Map<?, ?> node = (Map<?, ?>)entry;
            nodes.put((Integer)node.get("id"),
                SettingsXml.read(folder.resolve((String)node.get("node_settings_file"))));
        }
    }

    /** What workflow.knime says. */
    public Map<String, Object> root() {
        return root;
    }

    /** What the settings.xml of each node says, by id. */
    public Map<Integer, Map<String, Object>> nodes() {
        return nodes;
    }

    public List<Connection> connections() {
        final List<Connection> connections = new ArrayList<>();
        for (Object entry : group(root, "connections").values()) {
            final Map<?, ?> connection = (Map<?, ?>)entry;
            connections.add(new Connection((Integer)connection.get("sourceID"), (Integer)connection.get("sourcePort"),
                (Integer)connection.get("destID"), (Integer)connection.get("destPort")));
        }
        return connections;
    }

    /** The CSV file that a reader or writer names. */
    public Path file(final int id) {
        final Map<String, Object> settings = group(group(nodes.get(id), "model"), "settings");
        final String files = settings.containsKey("file_selection") ? "file_selection" : "file_chooser_settings";
        return folder.resolve("data").resolve((String)group(group(settings, files), "path").get("path"));
    }

    /**
     * Runs one of our nodes and those of ours that it depends on.
     *
     * @throws InvalidSettingsException when its stored settings cannot be loaded
     */
    public NodeResult run(final int id) throws InvalidSettingsException, IOException {
        if (!results.containsKey(id)) {
            final String factory = (String)nodes.get(id).get("factory");
            final Class<?> parameters = new NodeInstance(kinds.factory(factory)).parametersClass().orElseThrow();
            final NodeRun run = NodeRun.of(kinds.factory(factory))
                .settings(StoredSettings.tree(parameters, group(nodes.get(id), "model")));
            for (int port = 1;; port++) {
                final int destinationPort = port;
                final var source = connections().stream()
                    .filter(c -> c.destination() == id && c.destinationPort() == destinationPort).findFirst();
                if (source.isEmpty()) {
                    break;
                }
                run.input(output(source.get().source(), source.get().sourcePort()));
            }
            results.put(id, run.run());
        }
        return results.get(id);
    }

    private PortObject output(final int id, final int port) throws InvalidSettingsException, IOException {
        final Object name = nodes.get(id).get("node-name");
        if (name.equals("CSV Reader")) {
            try {
                return new CsvTableReader(file(id), Set.of()).read();
            } catch (CsvException e) {
                throw new IOException(e);
            }
        } else if (kinds.isOurs((String)nodes.get(id).get("factory"))) {
            return run(id).output(port - 1);
        }
        throw new IllegalArgumentException("What comes out of " + name + " is not known here.");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(final Map<String, Object> of, final String key) {
        return (Map<String, Object>)of.get(key);
    }
}
