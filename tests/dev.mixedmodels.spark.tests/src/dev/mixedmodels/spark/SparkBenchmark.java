package dev.mixedmodels.spark;

import static org.apache.spark.sql.functions.expr;

import com.sun.management.OperatingSystemMXBean;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a model costs on Spark, with one and two executors of one core each, and in the engine alone: wall time and
 * processor time of the whole, jobs, bytes of the shuffle. Arguments: numbers of rows. There are 100 rows
 * a unit, ten units a school, and five visits a patient.
 */
public final class SparkBenchmark {
    private static final int ROWS_OF_A_UNIT = 100;
    private static final int UNITS_OF_A_SCHOOL = 10;
    private static final int VISITS = 5;
    private static final int RUNS = 3;
    private static final String SLOPE = "longitudinal-mixed-model";
    private static final int MARGINAL = 3;

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

        private void print(final String what, final long rows, final double wall, final long kept) {
            System.out.printf(Locale.ROOT, "%s: %.1f s, tasks %.1f s of processor time, %.0f rows a second of it, %d jobs, "
                + "shuffled %.1f bytes a row, results to the driver %.2f MB, kept %.1f bytes a row%n", what, wall,
                processor.get() / 1e9, rows / (processor.get() / 1e9), jobs.get(), (double) shuffled.get() / rows,
                results.get() / 1e6, (double) kept / rows);
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /**
     * In order of time: row i is of unit i modulo the number of units, of which ten make a school, and of one of five
     * visits of a patient. A twentieth of the responses z is missing.
     */
    private static Path table(final SparkSession spark, final long rows) {
        final Path file = TestSpark.SCRATCH.resolve("benchmark-" + rows + ".parquet");
        if (!Files.exists(file)) {
            final long units = rows / ROWS_OF_A_UNIT;
            final long patients = rows / VISITS;
            spark.range(0, rows, 1, 8).select(expr("concat('unit ', id % " + units + ") as id"),
                expr("concat('school ', id % " + units + " % " + units / UNITS_OF_A_SCHOOL + ") as school"),
                expr("concat('patient ', id % " + patients + ") as patient"),
                expr("concat('week ', floor(id / " + patients + ")) as visit"),
                expr("if(id % " + patients + " % 2 = 0, 'drug', 'placebo') as arm"),
                expr("floor(id / " + units + ") / 10.0D as t"),
                expr("100 + (hash(id % " + units + ") % 1000) / 200.0D + (1 + (hash(id % " + units
                    + ", 7) % 1000) / 2000.0D) * floor(id / " + units + ") / 10 + randn(1) as y"))
                .withColumn("z", expr("if(rand(2) < 0.05, null, y)")).write().parquet(file.toString());
        }
        return file;
    }

    private static List<ModelSettings> models() {
        return List.of(
            ModelSettings.of("random-intercept-anova").set("response", "y").set("group", "id"),
            ModelSettings.of(SLOPE).set("response", "y").set("subject", "id").set("time", "t"),
            ModelSettings.of("multilevel-model").set("modelSpecification", "FORMULA")
                .set("formula", "y ~ t + (1 | school/id)"),
            ModelSettings.of("marginal-repeated-measures").set("modelSpecification", "FORMULA")
                .set("formula", "z ~ arm * visit").set("subject", "patient").set("visit", "visit"));
    }

    private static void onSpark(final String master, final long rows) throws IOException {
        TestSpark.home(Path.of(System.getenv("SPARK_HOME")));
        try (SparkSession spark = SparkSession.builder().master(master).appName("benchmark")
            .config("spark.ui.enabled", false).config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", TestSpark.SCRATCH.resolve("warehouse").toString()).getOrCreate()) {
            final Path file = table(spark, rows);
            for (final boolean far : new boolean[] {false, true}) {
                spark.conf().set(SparkParts.NEAR_BYTES, far ? "0" : "64m");
                for (final ModelSettings settings : models()) {
                    if (!far || settings.node().equals(SLOPE)) {
                        measure(spark, file, rows, master, settings, far);
                    }
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
            final long kept = Arrays.stream(spark.sparkContext().getRDDStorageInfo())
                .mapToLong(info -> info.memSize() + info.diskSize()).sum();
            fit.print(what + ", fit", rows, seconds, kept);
            final Costs save = new Costs();
            spark.sparkContext().addSparkListener(save);
            final long saving = System.nanoTime();
            final Path folder = Files.createTempDirectory("benchmark");
            fitted.table("BLUPs").write().parquet(folder.resolve("blups").toString());
            fitted.table("Fitted values").write().parquet(folder.resolve("fitted").toString());
            save.print(what + ", BLUPs and fitted values", rows, (System.nanoTime() - saving) / 1e9, kept);
            spark.sparkContext().removeSparkListener(save);
        }
    }

    /** Two of the columns are names and two are numbers, as a model needs them. */
    private static Frame frame(final int rows, final String unit, final int units, final String second,
        final IntFunction<String> name) {
        final FrameBuilder builder = new FrameBuilder(rows);
        builder.addNumeric("y");
        builder.addNumeric("t");
        builder.addNominal(unit);
        builder.addNominal(second);
        builder.addNominal("arm");
        final Random random = new Random(1);
        final double[] level = random.doubles(units).map(u -> 10 * u - 5).toArray();
        final double[] slope = random.doubles(units).toArray();
        for (int row = 0; row < rows; row++) {
            final int own = row % units;
            final double t = row / units / 10.0;
            builder.number(0, 100 + level[own] + (0.5 + slope[own]) * t + random.nextGaussian());
            builder.number(1, t);
            builder.text(2, unit + " " + own);
            builder.text(3, name.apply(row));
            builder.text(4, own % 2 == 0 ? "drug" : "placebo");
            builder.endRow();
        }
        return builder.build();
    }

    private static void inTheEngine(final int rows) {
        final int units = rows / ROWS_OF_A_UNIT;
        final Frame levels =
            frame(rows, "id", units, "school", row -> "school " + row % units % (units / UNITS_OF_A_SCHOOL));
        for (int run = 0; run < RUNS; run++) {
            measure("random-intercept-anova", rows, () -> {
                final SettingValues values = models().get(0).values();
                final GroupedRows groups = levels.fold(GroupedRows.of(values), Progress.NONE);
                RandomInterceptModel.fit(RandomInterceptSettings.of(values), groups.data(new Warnings()), Progress.NONE,
                    new Warnings());
            });
            measure(SLOPE, rows, () -> LongitudinalModel
                .fit(LongitudinalSettings.of(models().get(1).values(), levels::has), levels, Progress.NONE,
                    new Warnings())
                .tables(Progress.NONE, new Warnings()));
            measure("multilevel-model", rows, () -> MultilevelModel.fit(
                MultilevelSettings.of(models().get(2).values(), levels::has), levels, Progress.NONE, new Warnings()));
        }
        final int patients = rows / VISITS;
        final Frame visits = frame(rows, "patient", patients, "visit", row -> "week " + row / patients);
        final SettingValues trial = models().get(MARGINAL).set("formula", "y ~ arm * visit").values();
        for (int run = 0; run < RUNS; run++) {
            measure("marginal-repeated-measures", rows, () -> MarginalModel.fit(
                MarginalSettings.of(trial, visits::has), visits, Progress.NONE, new Warnings()));
        }
    }

    private static void measure(final String what, final int rows, final Runnable fit) {
        final long begin = System.nanoTime();
        final long processor = processor();
        fit.run();
        print("engine, " + what, rows, begin, processor);
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
