package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.picture.ObservationChart;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.engine.picture.RandomInterceptPicture;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.settings.Json;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.node.DefaultNodeFactory;

/**
 * What the view costs the node Random Intercept ANOVA on the stand-in: gathering the picture from the rows of the output
 * tables, and writing the internal tables, against the whole run. 10^6 rows in 10^5 groups, shuffled, unless told
 * otherwise by two arguments. Processor time of the thread that runs the node, warm JVM, median of 5; and the size of
 * what the page gets.
 */
public final class ViewBenchmark {
    private static final String FACTORY = "dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory";
    private static final String TABLES = "dev.mixedmodels.knime.view.PictureTables";
    private static final FixedEffectRow MEAN =
        new FixedEffectRow("(Intercept)", 100, 1, 9, 100, 0, 98, 102, 100, 1, 0, 1);
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;

    private ViewBenchmark() {
    }

    /**
     * @param arguments number of rows and of groups; none: 10^6 and 10^5
     * @throws Exception if the node is not on the class path, or fails
     */
    public static void main(final String[] arguments) throws Exception {
        final int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int groups = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        final BufferedDataTable table = table(rows, groups);
        final DefaultNodeFactory factory = (DefaultNodeFactory) Class.forName(FACTORY).getConstructor().newInstance();
        final NodeResult result = NodeRun.of(factory).input(table).run();
        final List<BlupRow> blups = blups(result.table(2));
        final List<FittedRow> fitted = fitted(result.table(5));
        final double run = median(() -> NodeRun.of(factory).input(table).run().table(5).size());
        final double gather = median(() -> gather(blups, fitted).hashCode());
        final Picture picture = (Picture) picture(result);
        final double write = median(() -> write(picture));
        final String json = Json.write(result.node().initialData());
        print("%,d rows in %,d groups; processor time, median of %d", rows, groups, ROUNDS);
        print("the node with its view     %8.1f ms", 1e3 * run);
        print("gathering the picture      %8.1f ms, %.1f %%", 1e3 * gather, 100 * gather / run);
        print("writing internal tables    %8.1f ms, %.1f %%", 1e3 * write, 100 * write / run);
        print("what the page gets         %,8d bytes of JSON", json.length());
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static Object picture(final NodeResult result) throws Exception {
        final Record data = (Record) result.node().initialData();
        final Method accessor = data.getClass().getMethod("picture");
        accessor.setAccessible(true);
        return accessor.invoke(data);
    }

    private static RandomInterceptPicture gather(final List<BlupRow> blups, final List<FittedRow> fitted) {
        final RandomInterceptPicture picture = new RandomInterceptPicture("y", "group");
        blups.forEach(picture::add);
        final ObservationChart observations = picture.observations();
        observations.wants("group 1");
        fitted.forEach(picture::add);
        picture.picture(new ModelTables(List.of(MEAN), List.of(), blups, List.of(), List.of(), List.of(), List.of(),
            List.of()), List.of(), 0.95, List.of());
        return picture;
    }

    private static double write(final Picture picture) {
        try {
            final ExecutionContext exec = new ExecutionContext(new ProgressState(), null);
            final Object tables = Class.forName(TABLES).getMethod("write", ExecutionContext.class, Picture.class)
                .invoke(null, exec, picture);
            return ((BufferedDataTable[]) tables)[1].size();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
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

    private static List<BlupRow> blups(final BufferedDataTable table) {
        final List<BlupRow> rows = new ArrayList<>();
        for (final DataRow row : table) {
            rows.add(new BlupRow("group", row.getCell(1).toString(), "(Intercept)", number(row.getCell(3)),
                number(row.getCell(4)), number(row.getCell(5)), number(row.getCell(6)), number(row.getCell(7)),
                number(row.getCell(8)), number(row.getCell(9)), (long) number(row.getCell(10)), number(row.getCell(11))));
        }
        return rows;
    }

    private static List<FittedRow> fitted(final BufferedDataTable table) {
        final List<FittedRow> rows = new ArrayList<>();
        for (final DataRow row : table) {
            rows.add(new FittedRow(number(row.getCell(0)), number(row.getCell(1)), number(row.getCell(2)),
                number(row.getCell(3)), number(row.getCell(4))));
        }
        return rows;
    }

    private static double number(final DataCell cell) {
        return cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
    }

    private static double median(final DoubleSupplier work) {
        final double[] seconds = new double[ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            sink += work.getAsDouble();
            if (round >= 0) {
                seconds[round] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
            }
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("the work gave NaN");
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }
}
