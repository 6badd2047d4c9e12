package dev.mixedmodels.benchmarks;

import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortUtil;
import org.knime.node.DefaultNodeFactory;

/**
 * The node Mixed Model Predictor on the stand-in against iterating and copying its table, and the size of its model. 10^6
 * rows of 10^5 subjects with a random slope, unless told otherwise by two arguments. Warm JVM, processor time, runs in
 * turn, median of 7.
 */
public final class PredictorBenchmark {
    private static final String PACKAGE = "dev.mixedmodels.knime.";
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;

    private PredictorBenchmark() {
    }

    /**
     * @param arguments number of rows and of subjects; none: 10^6 and 10^5
     * @throws ReflectiveOperationException if a node is not on the class path
     * @throws IOException if the model cannot be written or read
     * @throws CanceledExecutionException never
     */
    public static void main(final String[] arguments)
        throws ReflectiveOperationException, IOException, CanceledExecutionException {
        final int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int subjects = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        final BufferedDataTable table = table(rows, subjects);
        final NodeResult fit = NodeRun.of(factory("longitudinal.LongitudinalMixedModelNodeFactory")).input(table)
            .set("response", "y").set("subject", "subject").set("time", "time").set("randomTests", false)
            .set("varianceIntervals", "NONE").run();
        final PortObject model = fit.output(fit.outputs().size() - 1);
        print("%,d rows of %,d subjects; Java %s; median of %d", rows, subjects, System.getProperty("java.version"),
            ROUNDS);
        store(model);
        final DefaultNodeFactory predictor = factory("predictor.MixedModelPredictorNodeFactory");
        final List<DoubleSupplier> works = List.of(() -> iterate(table), () -> copy(table),
            () -> NodeRun.of(predictor).input(model).input(table).run().table(0).size(),
            () -> NodeRun.of(predictor).input(model).input(table).set("randomEffects", "NONE").run().table(0).size());
        final double[] seconds = medians(works);
        final List<String> names = List.of("iterating the table", "copying the table", "the node, five columns",
            "the same, fixed effects alone");
        for (int i = 0; i < names.size(); i++) {
            print("%-32s %8.1f ns a row, %5.2f times iterating and copying", names.get(i), 1e9 * seconds[i] / rows,
                seconds[i] / (seconds[0] + seconds[1]));
        }
    }

    // the nodes' bundle exports nothing, so its factories are found as the platform finds them
    private static DefaultNodeFactory factory(final String name) throws ReflectiveOperationException {
        return (DefaultNodeFactory) Class.forName(PACKAGE + name).getConstructor().newInstance();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void store(final PortObject model) throws IOException, CanceledExecutionException {
        final ExecutionMonitor monitor = new ExecutionMonitor(new ProgressState((progress, message) -> { }));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final double start = now();
        PortUtil.writeObjectToStream(model, out, monitor);
        final double written = now();
        PortUtil.readObjectFromStream(new ByteArrayInputStream(out.toByteArray()), monitor);
        print("the model: %.1f MB, written in %.2f s, read in %.2f s of processor time", out.size() * 1e-6,
            written - start, now() - written);
    }

    private static BufferedDataTable table(final int rows, final int subjects) {
        final SplittableRandom random = new SplittableRandom(1);
        final double[] effects = random.doubles(2L * subjects).toArray();
        final String[] subject = new String[rows];
        final double[] time = new double[rows];
        final double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            final int s = i % subjects;
            subject[i] = "subject " + s;
            time[i] = i / subjects;
            y[i] = 100 + 2 * effects[2 * s] + (1 + effects[2 * s + 1]) * time[i] + random.nextDouble();
        }
        return new TableBuilder().strings("subject", subject).doubles("time", time).doubles("y", y).build();
    }

    private static double iterate(final BufferedDataTable table) {
        double sum = 0;
        for (final DataRow row : table) {
            sum += row.getKey().getString().hashCode() + row.getCell(0).toString().hashCode()
                + ((DoubleValue) row.getCell(1)).getDoubleValue() + ((DoubleValue) row.getCell(2)).getDoubleValue();
        }
        return sum;
    }

    private static double copy(final BufferedDataTable table) {
        final BufferedDataContainer container =
            new ExecutionContext(new ProgressState(), null).createDataContainer(table.getDataTableSpec());
        for (final DataRow row : table) {
            container.addRowToTable(row);
        }
        container.close();
        return container.getTable().size();
    }

    private static double now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
    }

    private static double[] medians(final List<DoubleSupplier> works) {
        final double[][] seconds = new double[works.size()][ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < seconds.length; i++) {
                final double start = now();
                sink += works.get(i).getAsDouble();
                if (round >= 0) {
                    seconds[i][round] = now() - start;
                }
            }
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("the work gave NaN");
        }
        return Arrays.stream(seconds).mapToDouble(times -> Arrays.stream(times).sorted().toArray()[ROUNDS / 2]).toArray();
    }
}
