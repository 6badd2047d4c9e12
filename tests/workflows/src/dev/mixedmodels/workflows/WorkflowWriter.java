package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.mixedmodels.standin.config.SettingsXml;
import dev.mixedmodels.workflows.WorkflowDescription.Node;
import dev.mixedmodels.workflows.WorkflowDescription.Source;

/**
 * Writes the folder of a workflow: workflow.knime, workflow-metadata.xml, a settings.xml per node, and the data.
 *
 * <p>All nodes, and so the workflow, are declared configured: of nodes declared idle the platform drops settings that
 * it cannot load without a word.</p>
 */
final class WorkflowWriter {

    /** Of the file format. */
    private static final String FORMAT = "5.1.0";

    /** The oldest platform that the nodes run on: a newer one takes a workflow of an older one, not the reverse. */
    private static final String PLATFORM = "5.8.0";

    private static final String STATE = "CONFIGURED";

    private static final String SETTINGS = "settings.xml";

    private final NodeKinds kinds;

    private final Path data;

    /** @param data folder of the data sets */
    WorkflowWriter(final NodeKinds kinds, final Path data) {
        this.kinds = kinds;
        this.data = data;
    }

    /** @param folder empty or absent */
    void write(final WorkflowDescription workflow, final Path folder) throws IOException {
        final Canvas canvas = new Canvas(workflow);
        final List<Node> nodes = workflow.nodes();
        Files.createDirectories(folder.resolve("data"));
        final List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            final Node node = nodes.get(i);
            final String name = node.type() + " (#" + (i + 1) + ")";
            writeXml(folder.resolve(name), SETTINGS, settings(node));
            entries.add(nodeEntry(i + 1, name + "/" + SETTINGS, canvas.bounds(i)));
            if (node.type().equals("CSV Reader") && node.holds().isEmpty()) {
                final String file = node.settings().get("file");
                Files.copy(data.resolve(file), folder.resolve("data").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
            }
        }
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("created_by", PLATFORM);
        root.put("created_by_nightly", false);
        root.put("version", FORMAT);
        root.put("name", null);
        root.put("customDescription", null);
        root.put("state", STATE);
        root.put("workflow_credentials", Map.of());
        root.put("annotations", numbered("annotation_", 0, canvas.annotations()));
        root.put("nodes", numbered("node_", 1, entries));
        root.put("connections", numbered("connection_", 0, connections(workflow)));
        writeXml(folder, "workflow.knime", root);
        Files.writeString(folder.resolve("workflow-metadata.xml"), metadata(workflow));
    }

    private static void writeXml(final Path folder, final String name, final Map<String, Object> root)
        throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), SettingsXml.write(name, root));
    }

    private static Map<String, Object> nodeEntry(final int id, final String file, final int... bounds) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", id);
        entry.put("node_settings_file", file);
        entry.put("node_is_meta", false);
        entry.put("node_type", "NativeNode");
        entry.put("ui_classname", "org.knime.core.node.workflow.NodeUIInformation");
        final Map<String, Object> array = new LinkedHashMap<>();
        array.put("array-size", bounds.length);
        for (int i = 0; i < bounds.length; i++) {
            array.put(Integer.toString(i), bounds[i]);
        }
        entry.put("ui_settings", Map.of("extrainfo.node.bounds", array));
        return entry;
    }

    private Map<String, Object> settings(final Node node) {
        final NodeKind kind = kinds.get(node.type());
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("node_file", SETTINGS);
        settings.put("flow_stack", Map.of());
        settings.put("internal_node_subsettings", Map.of("memory_policy", "CacheSmallInMemory"));
        settings.put("model", kind.model(node.settings()));
        settings.put("nodeAnnotation", Canvas.comment(node.comment()));
        settings.put("customDescription", null);
        settings.put("state", STATE);
        settings.put("factory", kind.factory());
        settings.put("node-name", kind.name());
        settings.put("node-bundle-name", kind.bundle().name());
        settings.put("node-bundle-symbolic-name", kind.bundle().symbolicName());
        settings.put("node-bundle-vendor", kind.bundle().vendor());
        settings.put("node-bundle-version", kind.bundle().version());
        if (!kind.bundle().feature().isEmpty()) {
            settings.put("node-feature-name", kind.bundle().name());
            settings.put("node-feature-symbolic-name", kind.bundle().feature());
            settings.put("node-feature-vendor", kind.bundle().vendor());
            settings.put("node-feature-version", kind.bundle().version());
        }
        settings.put("factory_settings", Map.of());
        settings.put("name", kind.name());
        settings.put("hasContent", false);
        settings.put("isInactive", false);
        settings.put("ports", Map.of());
        final Map<String, Object> filestores = new LinkedHashMap<>();
        filestores.put("file_store_location", null);
        filestores.put("file_store_id", null);
        settings.put("filestores", filestores);
        return settings;
    }

    /** Ports count from 1: port 0 is the one for flow variables that every node has. */
    private List<Map<String, Object>> connections(final WorkflowDescription workflow) {
        final List<Map<String, Object>> connections = new ArrayList<>();
        final List<Node> nodes = workflow.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            final Node node = nodes.get(i);
            if (node.sources().size() != kinds.get(node.type()).inputs()) {
                throw new IllegalArgumentException("[" + node.name() + "] needs "
                    + kinds.get(node.type()).inputs() + " sources.");
            }
            for (int port = 0; port < node.sources().size(); port++) {
                final Source source = node.sources().get(port);
                final int id = workflow.id(source.node());
                final Map<String, Object> connection = new LinkedHashMap<>();
                connection.put("sourceID", id);
                connection.put("sourcePort", port(nodes.get(id - 1), source.port()));
                connection.put("destID", i + 1);
                connection.put("destPort", port + 1);
                connections.add(connection);
            }
        }
        return connections;
    }

    private int port(final Node node, final String name) {
        final List<String> outputs = kinds.get(node.type()).outputs();
        final int index = name.isEmpty() ? 0 : outputs.indexOf(name);
        if (index < 0 || index >= outputs.size()) {
            throw new IllegalArgumentException("[" + node.name() + "] has no output " + name + " but " + outputs);
        }
        return index + 1;
    }

    private static Map<String, Object> numbered(final String prefix, final int first,
        final List<Map<String, Object>> groups) {
        final Map<String, Object> numbered = new LinkedHashMap<>();
        groups.forEach(group -> numbered.put(prefix + (first + numbered.size()), group));
        return numbered;
    }

    private String metadata(final WorkflowDescription workflow) {
        final List<String> types = workflow.nodes().stream().map(Node::type).distinct()
            .filter(type -> kinds.isOurs(kinds.get(type).factory())).toList();
        final Function<String, String> escape = text -> text.replace("&", "&amp;").replace("<", "&lt;")
            .replace(">", "&gt;").replace("\"", "&quot;");
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<workflow-metadata content-type=\"text/plain\" "
            + "xmlns=\"http://www.knime.org/core/node/workflow/metadata/v1.0\">\n");
        xml.append("    <author>Mixed Models for KNIME</author>\n");
        xml.append("    <last-modified>2026-01-01T00:00:00Z</last-modified>\n");
        xml.append("    <description>").append(escape.apply(workflow.title() + "\n\n" + workflow.text()))
            .append("</description>\n    <tags>\n        <tag>mixed models</tag>\n");
        types.forEach(type -> xml.append("        <tag>").append(escape.apply(type)).append("</tag>\n"));
        xml.append("    </tags>\n    <links>\n        <link href=\"").append(escape.apply(workflow.link().address()))
            .append("\">").append(escape.apply(workflow.link().title()))
            .append("</link>\n    </links>\n</workflow-metadata>\n");
        return xml.toString();
    }
}
