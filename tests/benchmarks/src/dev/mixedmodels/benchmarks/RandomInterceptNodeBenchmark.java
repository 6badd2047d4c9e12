package dev.mixedmodels.benchmarks;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.node.DefaultNodeFactory;

/**
 * The node Random Intercept ANOVA on the stand-in, from table to all six tables: time per row against a loop that only
 * iterates the table, and against copying it. 10^6 rows in 10^5 groups, shuffled, unless told otherwise by two
 * arguments. Warm JVM, median of 5.
 */
public final class RandomInterceptNodeBenchmark {
    private static final String FACTORY = "dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory";
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    private RandomInterceptNodeBenchmark() {
    }

    /**
     * @param arguments number of rows and of groups; none: 10^6 and 10^5
     * @throws ReflectiveOperationException if the node is not on the class path
     */
    public static void main(final String[] arguments) throws ReflectiveOperationException {
        final int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int groups = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        final BufferedDataTable table = table(rows, groups);
        // the node's bundle exports nothing, so its factory is found as the platform finds it
        final DefaultNodeFactory factory =
            (DefaultNodeFactory) Class.forName(FACTORY).getConstructor().newInstance();
        final double iterate = median(() -> iterate(table));
        final double copy = median(() -> copy(table));
        final double run = median(() -> run(factory, table));
        print("%,d rows in %,d groups, shuffled; Java %s; median of %d", rows, groups,
            System.getProperty("java.version"), ROUNDS);
        print("iterating the table        %8.1f ns a row", 1e9 * iterate / rows);
        print("copying the table          %8.1f ns a row", 1e9 * copy / rows);
        print("the node, six tables       %8.1f ns a row", 1e9 * run / rows);
        print("ratio to iterating         %8.2f", run / iterate);
        print("ratio to copying           %8.2f", run / copy);
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static BufferedDataTable table(final int rows, final int groups) {
        final SplittableRandom random = new SplittableRandom(1);
        final double[] effects = random.doubles(groups).toArray();
        final String[] group = new String[rows];
        final double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            final int g = random.nextInt(groups);
            group[i] = "group " + g;
            y[i] = 100 + 2 * effects[g] + random.nextDouble();
        }
        return new TableBuilder().strings("group", group).doubles("y", y).build();
    }

    /** Reads everything there is: row id, group and response. */
    private static double iterate(final BufferedDataTable table) {
        double sum = 0;
        for (final DataRow row : table) {
            sum += row.getKey().getString().hashCode() + row.getCell(0).toString().hashCode()
                + ((DoubleValue) row.getCell(1)).getDoubleValue();
        }
        return sum;
    }

    /** Writes the table again: what a node costs that has one output and computes nothing. */
    private static double copy(final BufferedDataTable table) {
        final BufferedDataContainer container =
            new ExecutionContext(new ProgressState(), null).createDataContainer(table.getDataTableSpec());
        for (final DataRow row : table) {
            container.addRowToTable(row);
        }
        container.close();
        return container.getTable().size();
    }

    private static double run(final DefaultNodeFactory factory, final BufferedDataTable table) {
        final NodeResult result = NodeRun.of(factory).input(table).run();
        return result.table(5).size();
    }

    private static double median(final DoubleSupplier work) {
        final double[] seconds = new double[ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final long start = System.nanoTime();
            sink += work.getAsDouble();
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - start) * 1e-9;
            }
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("the work gave NaN");
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }
}
