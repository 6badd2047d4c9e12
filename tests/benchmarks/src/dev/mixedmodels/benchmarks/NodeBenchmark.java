package dev.mixedmodels.benchmarks;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.DataContainerSettings;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.node.DefaultNodeFactory;

/**
 * Every node that fits rows, on the stand-in, from table to all its tables: its processor time (all threads) against that
 * of a loop that reads the needed columns and writes as many rows as the node does, a cell per value, without looking for
 * row ids that occur twice. With and without the table of fitted values. 10^6 rows in 10^5 units unless told otherwise by
 * two arguments; a third one names a node. The two run in turn after a warm-up; median of 3. Each pays for the garbage
 * collections that happen while it runs. If the heap is collected before, the loop needs none and costs a quarter to two
 * thirds of what it costs here, though what it keeps has to be moved some time.
 */
public final class NodeBenchmark {
    private static final int WARM_UP = 1;
    private static final int ROUNDS = 3;
    private static final Map<String, Task> TASKS = Map.of(
        "oneway.RandomInterceptAnova", new Task(List.of("subject", "y"), Map.of("group", "subject", "response", "y")),
        "longitudinal.LongitudinalMixedModel", new Task(List.of("subject", "time", "y"),
            Map.of("modelSpecification", "FORMULA", "formula", "y ~ time + (1 + time | subject)", "subject", "subject",
                "time", "time")),
        "marginal.MarginalRepeatedMeasures", new Task(List.of("subject", "visit", "y"),
            Map.of("modelSpecification", "FORMULA", "formula", "y ~ visit", "subject", "subject", "visit", "visit", "time",
                "", "structure", "COMPOUND_SYMMETRY")),
        "multilevel.MultilevelModel", new Task(List.of("site", "subject", "time", "y"),
            Map.of("modelSpecification", "FORMULA", "formula", "y ~ time + (1 | site/subject)")),
        "empiricalbayes.EmpiricalBayesShrinkage", new Task(List.of("y", "se"),
            Map.of("unit", "", "family", "GAUSSIAN", "estimate", "y", "standardError", "se", "precision", "COLUMN")));

    private NodeBenchmark() {
    }

    /**
     * What a node is told to do.
     *
     * @param columns that it needs
     * @param settings chosen ones
     */
    private record Task(List<String> columns, Map<String, String> settings) {
    }

    /**
     * @param arguments number of rows, of units, part of a node's name; none: 10^6, 10^5, all nodes
     * @throws ReflectiveOperationException if a node is not on the class path
     */
    public static void main(final String[] arguments) throws ReflectiveOperationException {
        final int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int units = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        final String part = arguments.length > 2 ? arguments[2].toLowerCase(Locale.ROOT) : "";
        final BufferedDataTable table = table(rows, units);
        print("%,d rows in %,d units; Java %s; processor time, median of %d", rows, units,
            System.getProperty("java.version"), ROUNDS);
        print("%-26s %12s %12s %8s", "node, fitted values", "node, ms", "loop, ms", "ratio");
        for (final String name : TASKS.keySet().stream().sorted().toList()) {
            if (name.toLowerCase(Locale.ROOT).contains(part)) {
                // a node's bundle exports nothing, so its factory is found as the platform finds it
                final DefaultNodeFactory factory = (DefaultNodeFactory) Class
                    .forName("dev.mixedmodels.knime." + name + "NodeFactory").getConstructor().newInstance();
                for (final String fitted : List.of("ALL_ROWS", "NONE")) {
                    measure(name.substring(0, name.indexOf('.')) + ", " + fitted, factory, TASKS.get(name), fitted, table);
                }
            }
        }
    }

    private static void measure(final String name, final DefaultNodeFactory factory, final Task task, final String fitted,
        final BufferedDataTable table) {
        final double[] node = new double[ROUNDS];
        final double[] loop = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final long start = cpu();
            final NodeResult result = run(factory, task, fitted, table);
            final long between = cpu();
            final List<BufferedDataTable> outputs = result.tables();
            final long before = cpu();
            final double sink = loop(table, task.columns(), outputs);
            final long end = cpu();
            if (Double.isNaN(sink)) {
                throw new IllegalStateException("the loop gave NaN");
            }
            if (round >= 0) {
                node[round] = (between - start) * 1e-6;
                loop[round] = (end - before) * 1e-6;
            }
        }
        Arrays.sort(node);
        Arrays.sort(loop);
        print("%-26s %12.0f %12.0f %8.2f", name, node[ROUNDS / 2], loop[ROUNDS / 2], node[ROUNDS / 2] / loop[ROUNDS / 2]);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
    }

    private static NodeResult run(final DefaultNodeFactory factory, final Task task, final String fitted,
        final BufferedDataTable table) {
        final NodeRun run = NodeRun.of(factory).input(table).set("fittedValues", fitted);
        task.settings().forEach(run::set);
        final NodeResult result = run.run();
        if (!result.isOk()) {
            throw new IllegalStateException(result.error().orElse("the node failed"));
        }
        return result;
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static BufferedDataTable table(final int rows, final int units) {
        final SplittableRandom random = new SplittableRandom(1);
        final double[] effects = random.doubles(units).toArray();
        final String[] site = new String[rows];
        final String[] subject = new String[rows];
        final String[] visit = new String[rows];
        final double[] time = new double[rows];
        final double[] y = new double[rows];
        final double[] se = new double[rows];
        for (int i = 0; i < rows; i++) {
            final int unit = i % units;
            final int at = i / units;
            site[i] = "site " + unit % 100;
            subject[i] = "subject " + unit;
            visit[i] = "visit " + at;
            time[i] = at;
            y[i] = 100 + 2 * effects[unit] + 0.1 * at * (1 + effects[(unit + 1) % units]) + random.nextDouble();
            se[i] = 0.2 + random.nextDouble();
        }
        return new TableBuilder().strings("site", site).strings("subject", subject).strings("visit", visit)
            .doubles("time", time).doubles("se", se).doubles("y", y).build();
    }

    private static double loop(final BufferedDataTable table, final List<String> columns,
        final List<BufferedDataTable> outputs) {
        final DataTableSpec spec = table.getDataTableSpec();
        final int[] needed = columns.stream().mapToInt(spec::findColumnIndex).toArray();
        double sum = 0;
        try (CloseableRowIterator rows = table.filter(TableFilter.materializeCols(needed)).iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                for (final int column : needed) {
                    final DataCell cell = row.getCell(column);
                    sum += cell instanceof DoubleValue number ? number.getDoubleValue() : cell.toString().hashCode();
                }
            }
        }
        final List<Long> sizes = new ArrayList<>();
        for (final BufferedDataTable output : outputs) {
            sizes.add(write(output));
        }
        return sum + sizes.hashCode();
    }

    /** As many rows as a table has, with the cells of its first row made anew. */
    private static long write(final BufferedDataTable output) {
        final BufferedDataContainer container = new ExecutionContext(new ProgressState(), null).createDataContainer(
            output.getDataTableSpec(), DataContainerSettings.builder().withCheckDuplicateRowKeys(false).build());
        if (output.size() > 0) {
            final DataCell[] first;
            try (CloseableRowIterator rows = output.iterator()) {
                final DataRow row = rows.next();
                first = new DataCell[row.getNumCells()];
                Arrays.setAll(first, row::getCell);
            }
            for (long i = 0; i < output.size(); i++) {
                final DataCell[] cells = first.clone();
                for (int c = 0; c < cells.length; c++) {
                    if (cells[c] instanceof DoubleCell number) {
                        cells[c] = new DoubleCell(number.getDoubleValue() + i);
                    }
                }
                container.addRowToTable(new DefaultRow(RowKey.createRowKey(i), cells));
            }
        }
        container.close();
        return container.getTable().size();
    }
}
