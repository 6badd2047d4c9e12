package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.Json;
import dev.mixedmodels.standin.settings.ParameterTree;

/** The initial settings of nodes, from which the jar for Spark has its keys and initial values. */
public final class InitialSettings {

    /** Where they are kept, from the repository's root. */
    public static final String FOLDER = "plugins/dev.mixedmodels.spark/src/dev/mixedmodels/spark/settings";

    private static final List<String> NODES = List.of("random-intercept-anova", "longitudinal-mixed-model",
        "marginal-repeated-measures", "empirical-bayes-shrinkage", "multilevel-model", "mixed-model-predictor");

    private InitialSettings() {
    }

    /**
     * Writes a JSON file for each node, with a line for each setting.
     *
     * @param to the folder
     */
    public static void write(final NodeKinds kinds, final Path to) throws IOException {
        Files.createDirectories(to);
        for (String node : NODES) {
            final Class<?> parameters = new NodeInstance(kinds.factoryOf(node)).parametersClass().orElseThrow();
            final Map<String, Object> values = ParameterTree.save(ParameterTree.instantiate(parameters));
            Files.writeString(to.resolve(node + ".json"), values.entrySet().stream()
                .map(value -> Json.write(value.getKey()) + ": " + Json.write(value.getValue()))
                .collect(Collectors.joining(",\n    ", "{\n    ", "\n}\n")));
        }
    }
}
