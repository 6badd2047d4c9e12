package dev.mixedmodels.knime.workflows;

import dev.mixedmodels.workflows.LoadedWorkflow;
import dev.mixedmodels.workflows.NodeKinds;
import dev.mixedmodels.workflows.WorkflowDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The workflows of tests/workflows. */
final class Workflows {
    static final Path TESTS = Path.of(System.getProperty("mixedmodels.tests")).toAbsolutePath().normalize();
    static final Path FOLDER = TESTS.resolve("workflows");
    static final List<String> SETS = List.of("examples", "regression");
    static final NodeKinds KINDS = kinds();

    private Workflows() {
    }

    private static NodeKinds kinds() {
        try {
            return new NodeKinds(TESTS.getParent(), Workflows.class.getClassLoader());
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A workflow with its description; written as SET/NAME. */
    record Workflow(String set, WorkflowDescription description) {
        Path folder() {
            return FOLDER.resolve(set).resolve(description.name());
        }

        LoadedWorkflow load() throws IOException {
            return new LoadedWorkflow(folder(), KINDS);
        }

        @Override
        public String toString() {
            return set + "/" + description.name();
        }
    }

    static Stream<Workflow> all() throws IOException {
        final Stream.Builder<Workflow> all = Stream.builder();
        for (final String set : SETS) {
            for (final WorkflowDescription description : WorkflowDescription
                .all(FOLDER.resolve("descriptions").resolve(set))) {
                all.add(new Workflow(set, description));
            }
        }
        return all.build();
    }
}
