package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Carries out a command and gives its exit code. Messages come without a stack trace. */
final class Program {
    static final String USAGE = """
        mixed-models-spark NODE --input PATH [--format parquet|csv|json|table] [--settings FILE] [--set KEY=VALUE]...
                           --output PATH [--output-format parquet|csv] [--master URL]

        NODE is that of run-node, with the same settings. --format says what --input is, by default what its ending says,
        else parquet; table: the name of a table that Spark knows. A CSV column is numeric when all its cells are numbers;
        an empty cell or NA is missing. --settings is a JSON file of settings, --set a single one. The output is a folder
        that does not exist yet, and gets a folder per table. --master is Spark's, by default that of spark-submit, else
        all cores of this machine. Exit codes: 0 done, 2 wrong usage or settings, 4 execution failed.""";

    static final int OK = 0;
    static final int WRONG_USAGE = 2;
    static final int FAILED = 4;

    private static final List<String> OPTIONS =
        List.of("--input", "--format", "--settings", "--output", "--output-format", "--master");

    private final ModelSettings settings;
    private final Map<String, String> options;

    private Program(final ModelSettings settings, final Map<String, String> options) {
        this.settings = settings;
        this.options = options;
    }

    static int run(final String[] arguments, final PrintStream out, final PrintStream err) {
        if (arguments.length == 0 || List.of(arguments).contains("--help")) {
            out.println(USAGE);
            return arguments.length == 0 ? WRONG_USAGE : OK;
        }
        final Program program;
        try {
            program = parse(arguments);
        } catch (final ModelException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        }
        return program.run(err);
    }

    private static Program parse(final String[] arguments) {
        final ModelSettings settings = ModelSettings.of(arguments[0]);
        final Map<String, String> options = new LinkedHashMap<>();
        final Map<String, String> single = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            final String option = arguments[i];
            if (!option.equals("--set") && !OPTIONS.contains(option)) {
                throw new ModelException("There is no option " + option + ".\n" + USAGE);
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
        for (final String needed : List.of("--input", "--output")) {
            if (!options.containsKey(needed)) {
                throw new ModelException("Option " + needed + " is missing.\n" + USAGE);
            }
        }
        check("--format", options, List.of("parquet", "csv", "json", "table"));
        check("--output-format", options, List.of("parquet", "csv"));
        if (options.containsKey("--settings")) {
            settings.setAll(read(options.get("--settings")));
        }
        single.forEach(settings::set);
        return new Program(settings, options);
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

    private int run(final PrintStream err) {
        try (SparkSession spark = session()) {
            final Dataset<Row> table;
            final ClusterModel model;
            try {
                requireNew(spark);
                table = input(spark);
                model = MixedModels.model(table.schema(), settings);
            } catch (final ModelException e) {
                err.println(e.getMessage());
                return WRONG_USAGE;
            }
            try (FittedTables fitted = model.fit(table, Progress.NONE)) {
                fitted.warnings().forEach(warning -> err.println("Warning: " + warning));
                fitted.save(options.get("--output"), options.getOrDefault("--output-format", "parquet"));
            }
            return OK;
        } catch (final Exception e) { // Spark's own are checked and not declared
            final RuntimeException failure = SparkFailures.inWords(e);
            err.println(failure instanceof CancellationException ? failure.getMessage() + " Nothing is to be used of "
                + options.get("--output") + "." : failure.getMessage());
            return FAILED;
        }
    }

    private SparkSession session() {
        final SparkSession.Builder builder = SparkSession.builder().appName("Mixed models: " + settings.node());
        if (options.containsKey("--master")) {
            builder.master(options.get("--master"));
        } else if (System.getProperty("spark.master") == null) {
            builder.master("local[*]").config("spark.ui.enabled", false);
        }
        return builder.getOrCreate();
    }

    private void requireNew(final SparkSession spark) throws IOException {
        final org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(options.get("--output"));
        final FileSystem files = output.getFileSystem(spark.sparkContext().hadoopConfiguration());
        if (files.exists(output)) {
            throw new ModelException("The output " + output + " exists already. Remove it or choose another folder; "
                + "nothing is overwritten.");
        }
    }

    private Dataset<Row> input(final SparkSession spark) {
        final String path = options.get("--input");
        final String name = path.toLowerCase(Locale.ROOT);
        final String format = options.getOrDefault("--format",
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
