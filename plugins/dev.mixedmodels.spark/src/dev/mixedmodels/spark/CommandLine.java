package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command says.
 *
 * @param settings the node and its settings
 * @param options the other options, checked
 */
record CommandLine(ModelSettings settings, Map<String, String> options) {
    private static final List<String> OPTIONS =
        List.of("--input", "--model", "--format", "--settings", "--output", "--output-format", "--master");

    /** Throws if it is wrong. */
    static CommandLine parse(final String[] arguments) {
        final ModelSettings settings = ModelSettings.of(arguments[0]);
        final Map<String, String> options = new LinkedHashMap<>();
        final Map<String, String> single = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            final String option = arguments[i];
            if (!option.equals("--set") && !OPTIONS.contains(option)) {
                throw new ModelException("There is no option " + option + ".\n" + Program.USAGE);
            }
            if (i + 1 == arguments.length) {
                throw new ModelException("Option " + option + " needs a value.");
            }
            final String value = arguments[i + 1];
            if (!option.equals("--set")) {
                if (options.put(option, value) != null) {
                    throw new ModelException("Option " + option + " is given twice.");
                }
                continue;
            }
            final int equals = value.indexOf('=');
            if (equals < 1) {
                throw new ModelException("--set takes KEY=VALUE but got \"" + value + "\".");
            }
            single.put(value.substring(0, equals), value.substring(equals + 1));
        }
        final boolean predicts = settings.node().equals(MixedModels.PREDICTOR);
        for (final String needed : predicts ? List.of("--model", "--input", "--output") : List.of("--input", "--output")) {
            if (!options.containsKey(needed)) {
                throw new ModelException("Option " + needed + " is missing.\n" + Program.USAGE);
            }
        }
        if (!predicts && options.containsKey("--model")) {
            throw new ModelException("Option --model is for " + MixedModels.PREDICTOR + " only.");
        }
        check("--format", options, List.of("parquet", "csv", "json", "table"));
        check("--output-format", options, List.of("parquet", "csv"));
        if (options.containsKey("--settings")) {
            settings.setAll(read(options.get("--settings")));
        }
        single.forEach(settings::set);
        return new CommandLine(settings, options);
    }

    private static void check(final String option, final Map<String, String> options, final List<String> allowed) {
        if (options.containsKey(option) && !allowed.contains(options.get(option))) {
            throw new ModelException("Option " + option + " is " + options.get(option) + " and must be one of "
                + String.join(", ", allowed) + ".");
        }
    }

    private static String read(final String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (final IOException e) {
            throw new ModelException("The settings file " + file + " cannot be read: " + e, e);
        }
    }

    /** What an option says; null if it is not there. */
    String option(final String name) {
        return options.get(name);
    }
}
