package dev.mixedmodels.benchmarks;

import dev.mixedmodels.benchmarks.fuzz.FuzzRun;
import dev.mixedmodels.benchmarks.fuzz.NodeUnderTest;
import dev.mixedmodels.benchmarks.fuzz.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knime.node.DefaultNodeFactory;

/**
 * Random tables with random settings, in turn for every node that fits to a table: figures must be in their ranges,
 * messages in plain words, and the fit must follow when the table is changed in a way of which that is known (rows
 * shuffled, levels renamed, the response or a covariate in another unit, another coding).
 *
 * <p>
 * Arguments: number of tables, seed of the first (1), name of a node (all). Prints a line for each failure with the
 * command that repeats it, and a summary; ends with 1 if there was any. Of one table all is printed.
 */
public final class Fuzz {
    /** Rows and evaluations of a run; more is taken for a search without an end. */
    private static final long MOST_CHECKS = 400_000;
    private static final Pattern FACTORY = Pattern.compile("factory-class=\"([^\"]+)\"");

    private Fuzz() {
    }

    /**
     * @param arguments number of tables, seed, node
     * @throws ReflectiveOperationException if the nodes are not on the class path
     * @throws IOException if their registration cannot be read
     */
    public static void main(final String[] arguments) throws ReflectiveOperationException, IOException {
        final int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        final long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        final List<DefaultNodeFactory> factories = factories();
        final FuzzRun fuzz = new FuzzRun(new PlainWords(factories));
        final List<NodeUnderTest> nodes = factories.stream().map(factory -> new NodeUnderTest(factory, MOST_CHECKS))
            .filter(NodeUnderTest::isLearner)
            .filter(node -> arguments.length < 3 || node.id().equals(arguments[2])).toList();
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("There is no node " + arguments[2] + ".");
        }
        int ok = 0;
        int compared = 0;
        int failed = 0;
        for (int i = 0; i < tables; i++) {
            final NodeUnderTest node = nodes.get(i % nodes.size());
            final long seed = first + i;
            final FuzzRun.Verdict verdict = fuzz.run(node, seed);
            ok += verdict.isOk() ? 1 : 0;
            compared += verdict.isCompared() ? 1 : 0;
            failed += verdict.faults().isEmpty() ? 0 : 1;
            for (final String fault : verdict.faults()) {
                System.out.println(node.id() + ", seed " + seed + ": " + fault + "\n    tests/benchmarks/run Fuzz 1 "
                    + seed + " " + node.id());
            }
            if (tables == 1) {
                System.out.println(verdict.details());
            }
        }
        System.out.println(String.format(Locale.ROOT,
            "%d tables: %d fitted, %d refused, %d fitted again after a change; %d failed", tables, ok, tables - ok,
            compared, failed));
        if (failed > 0) {
            System.exit(1);
        }
    }

    /** The registered nodes. Their bundle exports nothing, so they are found as the platform finds them. */
    private static List<DefaultNodeFactory> factories() throws ReflectiveOperationException, IOException {
        final Path plugin =
            Path.of(System.getProperty("mixedmodels.tests"), "../plugins/dev.mixedmodels.knime/plugin.xml");
        final Matcher node = FACTORY.matcher(Files.readString(plugin));
        final List<DefaultNodeFactory> factories = new ArrayList<>();
        while (node.find()) {
            factories.add((DefaultNodeFactory) Class.forName(node.group(1)).getConstructor().newInstance());
        }
        return factories;
    }
}
