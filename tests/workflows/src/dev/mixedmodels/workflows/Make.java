package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.knime.core.node.InvalidSettingsException;

import dev.mixedmodels.workflows.WorkflowDescription.Node;

/** Writes all workflows that tests/workflows/descriptions describes, and the initial settings of the nodes. */
public final class Make {

    private Make() {
    }

    /** @param arguments the repository's root and, optionally, another folder to write to than tests/workflows */
    public static void main(final String... arguments) throws IOException, InvalidSettingsException {
        final Path root = Path.of(arguments[0]);
        final Path to = arguments.length > 1 ? Path.of(arguments[1]) : root.resolve("tests/workflows");
        final NodeKinds kinds = new NodeKinds(root, Make.class.getClassLoader());
        for (String set : List.of("examples", "regression")) {
            make(root, kinds, set, to.resolve(set));
        }
        if (arguments.length == 1) {
            InitialSettings.write(kinds, root.resolve(InitialSettings.FOLDER));
        }
    }

    /**
     * Writes one set.
     *
     * @param root of the repository
     * @param set its name
     * @param to what is in this folder is replaced
     */
    public static void make(final Path root, final NodeKinds kinds, final String set, final Path to)
        throws IOException, InvalidSettingsException {
        final WorkflowWriter writer = new WorkflowWriter(kinds, root.resolve("tests/data"));
        delete(to);
        for (WorkflowDescription workflow : WorkflowDescription
            .all(root.resolve("tests/workflows/descriptions").resolve(set))) {
            final Path folder = to.resolve(workflow.name());
            writer.write(workflow, folder);
            final LoadedWorkflow loaded = new LoadedWorkflow(folder, kinds);
            for (Node node : workflow.nodes()) {
                if (node.holds().isPresent()) {
                    final var held = node.holds().get();
                    final int id = workflow.id(held.node());
                    final int port = kinds.get(workflow.nodes().get(id - 1).type()).outputs().indexOf(held.port());
                    ExpectedTable.write(loaded.run(id).view(port), digits(workflow),
                        loaded.file(workflow.id(node.name())));
                }
            }
        }
    }

    /** To how many digits a regression workflow compares. */
    static int digits(final WorkflowDescription workflow) {
        return workflow.nodes().stream().filter(node -> node.settings().containsKey("digits"))
            .mapToInt(node -> Integer.parseInt(node.settings().get("digits"))).min().orElseThrow();
    }

    private static void delete(final Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
