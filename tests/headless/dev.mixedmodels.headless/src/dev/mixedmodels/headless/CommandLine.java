package dev.mixedmodels.headless;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command.
 *
 * @param action what to do
 * @param node the id of the node; empty for LIST, COMMANDS and HELP
 * @param inputs paths of the CSV files, one for each port that takes a table
 * @param models paths of the files of models, one for each port that takes a model
 * @param nominal columns that are categories even when they hold numbers
 * @param settingsFile path of a JSON file; null for none
 * @param settings single settings in order, which win over the file's
 * @param output path of the folder for the results; null unless RUN
 * @param report path of the HTML file of the view; null for none
 * @param viewSettings single settings of the view in order
 */
record CommandLine(Action action, String node, List<String> inputs, List<String> models, Set<String> nominal,
    String settingsFile, Map<String, String> settings, String output, String report, Map<String, String> viewSettings) {

    static final String USAGE = """
        run-node --list
        run-node NODE --describe
        run-node NODE [--input data.csv]... [--model model.zip]... [--nominal COL,COL] [--settings file.json]
                      [--set KEY=VALUE]... --output DIR [--report FILE.html [--view KEY=VALUE]...]
        run-node --commands

        --input and --model feed the node's ports for tables and for models, in their order. A CSV column is numeric when
        all its non-empty cells are numbers, unless --nominal names it; an empty cell or NA is missing. Lists are
        comma-separated or JSON, arrays of groups JSON. Results: one file a port, CSV for a table, ZIP for a model.
        --report writes the node's view as one page that opens in a browser without a network; --view sets how it opens.
        --commands reads commands from standard input, each a line with its arguments as a JSON array, and writes a line
        "exit CODE" after each: many runs in one start.
        Exit codes: 0 done, 2 wrong usage or settings, 4 execution failed.""";

    private static final List<String> OPTIONS = List.of("--input", "--model", "--nominal", "--settings", "--set", "--output",
        "--report", "--view");

    /** What a command does. */
    enum Action {
        HELP, LIST, COMMANDS, DESCRIBE, RUN
    }

    static CommandLine parse(final String... arguments) throws UsageException {
        final List<String> all = Arrays.asList(arguments);
        if (all.contains("--help")) {
            return simple(Action.HELP, "");
        } else if (all.contains("--list")) {
            return simple(Action.LIST, "");
        } else if (all.equals(List.of("--commands"))) {
            return simple(Action.COMMANDS, "");
        } else if (all.isEmpty() || all.get(0).startsWith("-")) {
            throw new UsageException("Which node?\n" + USAGE);
        } else if (all.contains("--describe")) {
            return simple(Action.DESCRIBE, all.get(0));
        }
        return run(all.get(0), all.subList(1, all.size()).iterator());
    }

    private static CommandLine simple(final Action action, final String node) {
        return new CommandLine(action, node, List.of(), List.of(), Set.of(), null, Map.of(), null, null, Map.of());
    }

    private static CommandLine run(final String node, final Iterator<String> options) throws UsageException {
        final Map<String, String> single = new LinkedHashMap<>();
        final Map<String, String> settings = new LinkedHashMap<>();
        final Map<String, String> viewSettings = new LinkedHashMap<>();
        final Set<String> nominal = new LinkedHashSet<>();
        final List<String> inputs = new ArrayList<>();
        final List<String> models = new ArrayList<>();
        while (options.hasNext()) {
            final String option = options.next();
            final String value = options.hasNext() ? options.next() : null;
            if (!OPTIONS.contains(option)) {
                throw new UsageException("There is no option " + option + ".\n" + USAGE);
            } else if (value == null) {
                throw new UsageException("Option " + option + " needs a value.");
            } else if (option.equals("--set")) {
                putSetting(settings, option, value);
            } else if (option.equals("--view")) {
                putSetting(viewSettings, option, value);
            } else if (option.equals("--input")) {
                inputs.add(value);
            } else if (option.equals("--model")) {
                models.add(value);
            } else if (option.equals("--nominal")) {
                nominal.addAll(List.of(value.split(",")));
            } else if (single.put(option, value) != null) {
                throw new UsageException("Option " + option + " is given twice.");
            }
        }
        if (!single.containsKey("--output")) {
            throw new UsageException("Option --output is missing.\n" + USAGE);
        }
        if (!viewSettings.isEmpty() && !single.containsKey("--report")) {
            throw new UsageException("--view sets how a report opens; add --report FILE.html.");
        }
        return new CommandLine(Action.RUN, node, inputs, models, nominal, single.get("--settings"), settings,
            single.get("--output"), single.get("--report"), viewSettings);
    }

    private static void putSetting(final Map<String, String> settings, final String option, final String assignment)
        throws UsageException {
        final int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new UsageException(option + " takes KEY=VALUE but got \"" + assignment + "\".");
        }
        settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
}
