package dev.mixedmodels.spark;

import static org.apache.spark.sql.functions.expr;

import com.sun.management.OperatingSystemMXBean;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a model costs on Spark, with one and two executors of one core each, and in the engine alone: wall time and
 * processor time of the whole, jobs, bytes of the shuffle. Arguments: numbers of rows. There are 100 rows a unit.
 */
public final class SparkBenchmark {
    private static final int ROWS_OF_A_UNIT = 100;

    private SparkBenchmark() {
    }

    /** Sums over all tasks. */
    private static final class Costs extends SparkListener {
        private final AtomicLong processor = new AtomicLong();
        private final AtomicLong shuffled = new AtomicLong();
        private final AtomicLong results = new AtomicLong();
        private final AtomicLong jobs = new AtomicLong();

        @Override
        public void onTaskEnd(final SparkListenerTaskEnd task) {
            if (task.taskMetrics() != null) {
                processor.addAndGet(task.taskMetrics().executorCpuTime()
                    + task.taskMetrics().executorDeserializeCpuTime());
                shuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
                results.addAndGet(task.taskMetrics().resultSize());
            }
        }

        @Override
        public void onJobStart(final SparkListenerJobStart job) {
            jobs.incrementAndGet();
        }

        private void print(final String what, final long rows, final double wall) {
            System.out.printf(Locale.ROOT, "%s: %.1f s, tasks %.1f s of processor time, %.0f rows a second of it, %d jobs, "
                + "shuffled %.1f bytes a row, results to the driver %.2f MB%n", what, wall, processor.get() / 1e9,
                rows / (processor.get() / 1e9), jobs.get(), (double) shuffled.get() / rows, results.get() / 1e6);
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** In order of time: row i is of unit i modulo the number of units. */
    private static Path table(final SparkSession spark, final long rows) {
        final Path file = TestSpark.SCRATCH.resolve("benchmark-" + rows + ".parquet");
        if (!Files.exists(file)) {
            final long units = rows / ROWS_OF_A_UNIT;
            spark.range(0, rows, 1, 8).select(expr("concat('unit ', id % " + units + ") as id"),
                expr("floor(id / " + units + ") / 10.0D as t"), expr("100 + (hash(id % " + units + ") % 1000) / 200.0D + "
                    + "(1 + (hash(id % " + units + ", 7) % 1000) / 2000.0D) * floor(id / " + units + ") / 10 + randn(1) as y"))
                .write().parquet(file.toString());
        }
        return file;
    }

    private static ModelSettings anova() {
        return ModelSettings.of("random-intercept-anova").set("response", "y").set("group", "id");
    }

    private static ModelSettings slope() {
        return ModelSettings.of("longitudinal-mixed-model").set("response", "y").set("subject", "id").set("time", "t");
    }

    private static void onSpark(final String master, final long rows) throws IOException {
        TestSpark.home(Path.of(System.getenv("SPARK_HOME")));
        try (SparkSession spark = SparkSession.builder().master(master).appName("benchmark")
            .config("spark.ui.enabled", false).config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", TestSpark.SCRATCH.resolve("warehouse").toString()).getOrCreate()) {
            final Path file = table(spark, rows);
            for (final boolean far : new boolean[] {false, true}) {
                spark.conf().set(SparkParts.NEAR_BYTES, far ? "0" : "64m");
                for (final ModelSettings settings : far ? Arrays.asList(slope()) : Arrays.asList(anova(), slope())) {
                    measure(spark, file, rows, master, settings, far);
                }
            }
        }
    }

    private static void measure(final SparkSession spark, final Path file, final long rows, final String master,
        final ModelSettings settings, final boolean far) throws IOException {
        final String what = master + ", " + settings.node() + (far ? " with nothing near" : "") + ", " + rows + " rows";
        final Dataset<Row> table = spark.read().parquet(file.toString());
        final Costs fit = new Costs();
        spark.sparkContext().addSparkListener(fit);
        final long begin = System.nanoTime();
        try (FittedTables fitted = MixedModels.fit(table, settings)) {
            final double seconds = (System.nanoTime() - begin) / 1e9;
            spark.sparkContext().removeSparkListener(fit);
            fit.print(what + ", fit", rows, seconds);
            final Costs save = new Costs();
            spark.sparkContext().addSparkListener(save);
            final long saving = System.nanoTime();
            final Path folder = Files.createTempDirectory("benchmark");
            fitted.table("BLUPs").write().parquet(folder.resolve("blups").toString());
            fitted.table("Fitted values").write().parquet(folder.resolve("fitted").toString());
            save.print(what + ", BLUPs and fitted values", rows, (System.nanoTime() - saving) / 1e9);
            spark.sparkContext().removeSparkListener(save);
        }
    }

    private static Frame frame(final int rows) {
        final FrameBuilder builder = new FrameBuilder(rows);
        builder.addNumeric("y");
        builder.addNumeric("t");
        builder.addNominal("id");
        final int units = rows / ROWS_OF_A_UNIT;
        final java.util.Random random = new java.util.Random(1);
        final double[] level = random.doubles(units).map(u -> 10 * u - 5).toArray();
        final double[] slope = random.doubles(units).toArray();
        for (int row = 0; row < rows; row++) {
            final int unit = row % units;
            final double t = row / units / 10.0;
            builder.number(0, 100 + level[unit] + (0.5 + slope[unit]) * t + random.nextGaussian());
            builder.number(1, t);
            builder.text(2, "unit " + unit);
            builder.endRow();
        }
        return builder.build();
    }

    private static void inTheEngine(final int rows) {
        final Frame frame = frame(rows);
        for (int run = 0; run < 3; run++) {
            long begin = System.nanoTime();
            long processor = processor();
            final GroupedRows groups = frame.fold(GroupedRows.of(anova().values()), Progress.NONE);
            RandomInterceptModel.fit(RandomInterceptSettings.of(anova().values()), groups.data(new Warnings()), Progress.NONE,
                new Warnings());
            print("engine, random-intercept-anova", rows, begin, processor);
            begin = System.nanoTime();
            processor = processor();
            final LongitudinalFit fit = LongitudinalModel.fit(LongitudinalSettings.of(slope().values(), frame::has), frame,
                Progress.NONE, new Warnings());
            fit.tables(Progress.NONE, new Warnings());
            print("engine, longitudinal-mixed-model", rows, begin, processor);
        }
    }

    private static void print(final String what, final int rows, final long begin, final long processor) {
        final double used = (processor() - processor) / 1e9;
        System.out.printf(Locale.ROOT, "%s, %d rows, fit: %.1f s, %.1f s of processor time, %.0f rows a second of it%n", what,
            rows, (System.nanoTime() - begin) / 1e9, used, rows / used);
    }

    /**
     * @param arguments numbers of rows
     * @throws IOException if a table cannot be written
     */
    public static void main(final String... arguments) throws IOException {
        for (final String rows : arguments) {
            inTheEngine(Integer.parseInt(rows));
            onSpark("local-cluster[1,1,1024]", Long.parseLong(rows));
            onSpark("local-cluster[2,1,1024]", Long.parseLong(rows));
        }
    }
}
