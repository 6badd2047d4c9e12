package dev.mixedmodels.knime.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.workflows.Workflows.Workflow;
import dev.mixedmodels.standin.definition.Port;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.ParameterField;
import dev.mixedmodels.workflows.LoadedWorkflow;
import dev.mixedmodels.workflows.LoadedWorkflow.Connection;
import dev.mixedmodels.workflows.InitialSettings;
import dev.mixedmodels.workflows.Make;
import dev.mixedmodels.workflows.WorkflowDescription.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the platform demands of the files of a workflow, so that it loads without a warning. */
class WorkflowFilesTest {
    @TempDir
    private Path made;

    private static Stream<Workflow> workflows() throws IOException {
        return Workflows.all();
    }

    @Test
    void theFoldersAreThoseThatTheDescriptionsMake() throws Exception {
        for (final String set : Workflows.SETS) {
            Make.make(Workflows.TESTS.getParent(), Workflows.KINDS, set, made.resolve(set));
            assertEquals(contents(made.resolve(set)), contents(Workflows.FOLDER.resolve(set)),
                "run tests/workflows/make and commit what it writes");
        }
    }

    @Test
    void theJarForSparkHasTheInitialSettingsOfTheNodes() throws Exception {
        InitialSettings.write(Workflows.KINDS, made);
        assertEquals(contents(made), contents(Workflows.TESTS.resolveSibling(InitialSettings.FOLDER)),
            "run tests/workflows/make and commit what it writes");
    }

    private static Map<String, String> contents(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            final Map<String, String> contents = new TreeMap<>();
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.contains("/data/results/")) {
                    contents.put(name, Files.readString(file));
                }
            }
            return contents;
        }
    }

    @Test
    void everyNodeHasAnExampleOfItsNameAndARegression() {
        final Set<String> names = Workflows.KINDS.ours().stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replace(' ', '-')).collect(Collectors.toSet());
        for (final String set : Workflows.SETS) {
            for (final String name : names) {
                assertTrue(Files.isRegularFile(Workflows.FOLDER.resolve(set).resolve(name).resolve("workflow.knime")),
                    set + "/" + name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void theWorkflowSaysAllThatThePlatformAsks(final Workflow workflow) throws IOException {
        final LoadedWorkflow loaded = workflow.load();
        final Map<String, Object> root = loaded.root();
        assertEquals("5.1.0", root.get("version")); // of the file format
        assertEquals("5.8.0", root.get("created_by")); // no newer than the oldest platform
        assertEquals("CONFIGURED", root.get("state"));
        assertEquals(Map.of(), root.get("workflow_credentials"));
        final Set<Object> files = new HashSet<>();
        final Set<Object> places = new HashSet<>();
        for (final Object entry : ((Map<?, ?>)root.get("nodes")).values()) {
            final Map<?, ?> node = (Map<?, ?>)entry;
            assertEquals("NativeNode", node.get("node_type"));
            assertEquals("org.knime.core.node.workflow.NodeUIInformation", node.get("ui_classname"));
            final Map<?, ?> bounds = (Map<?, ?>)((Map<?, ?>)node.get("ui_settings")).get("extrainfo.node.bounds");
            assertEquals(Set.of("array-size", "0", "1", "2", "3"), bounds.keySet());
            assertTrue(places.add(bounds), "two nodes at one place");
            assertTrue(files.add(node.get("node_settings_file")));
        }
        assertEquals(workflow.description().nodes().size(), files.size());
        final Map<?, ?> annotations = (Map<?, ?>)root.get("annotations");
        assertEquals(1 + workflow.description().stages().size(), annotations.size());
        for (final Object annotation : annotations.values()) {
            assertTrue(((Map<?, ?>)annotation).keySet().containsAll(List.of("text", "bgcolor", "x-coordinate",
                "y-coordinate", "width", "height", "alignment", "styles")));
        }
        final String metadata = Files.readString(workflow.folder().resolve("workflow-metadata.xml"));
        assertTrue(metadata.contains("<last-modified>") && metadata.contains("<description>"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyNodeSaysAllThatThePlatformAsks(final Workflow workflow) throws IOException {
        for (final Map<String, Object> settings : workflow.load().nodes().values()) {
            assertEquals("CONFIGURED", settings.get("state"), "an idle node would drop wrong settings silently");
            for (final String key : List.of("factory", "node-name", "node-bundle-name", "node-bundle-symbolic-name",
                "node-bundle-vendor")) {
                assertFalse(((String)settings.get(key)).isEmpty(), key);
            }
            for (final String key : List.of("flow_stack", "internal_node_subsettings", "model", "ports", "filestores",
                "nodeAnnotation")) {
                assertTrue(settings.get(key) instanceof Map, key);
            }
            assertEquals(false, settings.get("hasContent"));
            assertTrue(((Map<?, ?>)settings.get("filestores")).containsKey("file_store_location"));
            assertFalse(((String)((Map<?, ?>)settings.get("nodeAnnotation")).get("text")).isEmpty());
        }
    }

    /** Of two connections into one input the platform silently drops one. */
    @ParameterizedTest
    @MethodSource("workflows")
    void everyInputIsConnectedOnceToAnOutputThatThereIs(final Workflow workflow) throws IOException {
        final LoadedWorkflow loaded = workflow.load();
        final Set<String> connected = new TreeSet<>();
        for (final Connection connection : loaded.connections()) {
            assertTrue(connection.source() < connection.destination(), "sources stand before what they feed");
            final int outputs = outputs(loaded.nodes().get(connection.source()));
            assertTrue(connection.sourcePort() >= 1 && connection.sourcePort() <= outputs, connection::toString);
            assertTrue(connected.add(connection.destination() + ":" + connection.destinationPort()));
        }
        final Set<String> inputs = new TreeSet<>();
        loaded.nodes().forEach((id, settings) -> {
            for (int port = 1; port <= inputs(settings); port++) {
                inputs.add(id + ":" + port);
            }
        });
        assertEquals(inputs, connected);
    }

    private static int outputs(final Map<String, Object> settings) {
        final String factory = (String)settings.get("factory");
        return switch ((String)settings.get("node-name")) {
            case "CSV Writer" -> 0;
            case "CSV Reader", "Sorter", "Row Filter", "Number Rounder" -> 1;
            case "Table Difference Finder" -> 2;
            default -> new NodeInstance(Workflows.KINDS.factory(factory)).definition().outputs().size();
        };
    }

    private static int inputs(final Map<String, Object> settings) {
        final String factory = (String)settings.get("factory");
        return switch ((String)settings.get("node-name")) {
            case "CSV Reader" -> 0;
            case "CSV Writer", "Sorter", "Row Filter", "Number Rounder" -> 1;
            case "Table Difference Finder" -> 2;
            default -> new NodeInstance(Workflows.KINDS.factory(factory)).definition().inputs().stream().mapToInt(Port::least).sum();
        };
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void ourNodesHoldEverySettingAndNoOther(final Workflow workflow) throws IOException {
        for (final Map<String, Object> settings : workflow.load().nodes().values()) {
            final String factory = (String)settings.get("factory");
            if (Workflows.KINDS.isOurs(factory)) {
                final Class<?> parameters =
                    new NodeInstance(Workflows.KINDS.factory(factory)).parametersClass().orElseThrow();
                assertEquals(ParameterField.of(parameters).stream().map(ParameterField::key)
                    .collect(Collectors.toCollection(TreeSet::new)),
                    new TreeSet<>(((Map<?, ?>)settings.get("model")).keySet()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void readersFindTheirFilesInTheWorkflowAndWritersDoNotOverwriteThem(final Workflow workflow) throws IOException {
        final LoadedWorkflow loaded = workflow.load();
        for (final Node node : workflow.description().nodes()) {
            final int id = workflow.description().id(node.name());
            if (node.type().equals("CSV Reader")) {
                assertTrue(Files.isRegularFile(loaded.file(id)), () -> node.name());
                final String text = Files.readString(loaded.file(id));
                // the platform's reader takes NA for a text, ours for a missing value
                assertFalse(Arrays.asList(text.split("[,\n]")).contains("NA"), () -> node.name());
            } else if (node.type().equals("CSV Writer")) {
                assertEquals(workflow.folder().resolve("data/results"), loaded.file(id).getParent());
            }
        }
    }
}
