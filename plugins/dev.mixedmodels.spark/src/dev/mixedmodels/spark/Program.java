package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Carries out a command and gives its exit code. Messages come without a stack trace. */
final class Program {
    static final String USAGE = """
        mixed-models-spark NODE --input PATH [--format parquet|csv|json|table] [--settings FILE] [--set KEY=VALUE]...
                           --output PATH [--output-format parquet|csv] [--master URL]
        mixed-models-spark mixed-model-predictor --model FILE --input PATH ...

        NODE is that of run-node, with the same settings. --format says what --input is, by default what its ending says,
        else parquet; table: the name of a table that Spark knows. A CSV column is numeric when all its cells are numbers;
        an empty cell or NA is missing. --settings is a JSON file of settings, --set a single one. The output is a folder
        that does not exist yet, and gets a folder per table and the file of the model, which KNIME reads too; that of
        mixed-model-predictor is the input with columns of predictions by such a file. --master is Spark's, by default that
        of spark-submit, else all cores of this machine. Exit codes: 0 done, 2 wrong usage or settings, 4 execution failed.""";

    static final int OK = 0;
    static final int WRONG_USAGE = 2;
    static final int FAILED = 4;

    private final CommandLine command;

    private Program(final CommandLine command) {
        this.command = command;
    }

    static int run(final String[] arguments, final PrintStream out, final PrintStream err) {
        if (arguments.length == 0 || List.of(arguments).contains("--help")) {
            out.println(USAGE);
            return arguments.length == 0 ? WRONG_USAGE : OK;
        }
        final CommandLine command;
        try {
            command = CommandLine.parse(arguments);
        } catch (final ModelException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        }
        return new Program(command).run(err);
    }

    /** Computes and writes; gives warnings. */
    @FunctionalInterface
    private interface Work {
        List<String> run() throws Exception;
    }

    private int run(final PrintStream err) {
        try (SparkSession spark = session()) {
            final Work work;
            try {
                work = command.settings().node().equals(MixedModels.PREDICTOR) ? prediction(spark) : fit(spark);
            } catch (final ModelException e) {
                err.println(e.getMessage());
                return WRONG_USAGE;
            }
            work.run().forEach(warning -> err.println("Warning: " + warning));
            return OK;
        } catch (final Exception e) { // Spark's own are checked and not declared
            final RuntimeException failure = SparkFailures.inWords(e);
            err.println(failure instanceof CancellationException ? failure.getMessage() + " Nothing is to be used of "
                + command.option("--output") + "." : failure.getMessage());
            return FAILED;
        }
    }

    private Work fit(final SparkSession spark) throws IOException {
        final String output = output(spark);
        final Dataset<Row> table = input(spark);
        final ClusterModel model = MixedModels.model(table.schema(), command.settings());
        return () -> {
            try (FittedTables fitted = model.fit(table, Progress.NONE)) {
                fitted.save(output, format());
                return fitted.warnings();
            }
        };
    }

    private Work prediction(final SparkSession spark) throws IOException {
        final String output = output(spark);
        final FittedModel model = FittedModel.load(spark, command.option("--model"));
        final Predictions predictions = MixedModels.predict(input(spark), model, command.settings());
        return () -> {
            predictions.table().write().options(FittedTables.CSV).format(format()).save(output);
            return predictions.warnings();
        };
    }

    private String format() {
        return command.options().getOrDefault("--output-format", "parquet");
    }

    private SparkSession session() {
        final SparkSession.Builder builder = SparkSession.builder().appName("Mixed models: " + command.settings().node());
        if (command.option("--master") != null) {
            builder.master(command.option("--master"));
        } else if (System.getProperty("spark.master") == null) {
            builder.master("local[*]").config("spark.ui.enabled", false);
        }
        return builder.getOrCreate();
    }

    private String output(final SparkSession spark) throws IOException {
        final Path output = new Path(command.option("--output"));
        final FileSystem files = output.getFileSystem(spark.sparkContext().hadoopConfiguration());
        if (files.exists(output)) {
            throw new ModelException("The output " + output + " exists already. Remove it or choose another folder; "
                + "nothing is overwritten.");
        }
        return command.option("--output");
    }

    private Dataset<Row> input(final SparkSession spark) {
        final String path = command.option("--input");
        final String name = path.toLowerCase(Locale.ROOT);
        final String format = command.options().getOrDefault("--format",
            name.endsWith(".csv") ? "csv" : name.endsWith(".json") ? "json" : "parquet");
        try {
            return switch (format) {
                case "csv" -> csv(spark, path);
                case "json" -> spark.read().json(path);
                case "table" -> spark.table(path);
                default -> spark.read().parquet(path);
            };
        } catch (final Exception e) {
            if (e instanceof AnalysisException) {
                throw new ModelException("The input " + path + " cannot be read: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** The table of a CSV file. */
    static Dataset<Row> csv(final SparkSession spark, final String path) {
        return spark.read().options(FittedTables.CSV).option("inferSchema", true).option("nullValue", "NA").csv(path);
    }
}
