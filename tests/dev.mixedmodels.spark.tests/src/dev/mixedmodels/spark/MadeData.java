package dev.mixedmodels.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table of random numbers with what real ones have: missing values, units of very different size, rows in any order.
 *
 * @param schema its columns
 * @param rows its rows
 */
record MadeData(StructType schema, List<Row> rows) {
    /** A response y, groups g (texts) and k (whole numbers), weights w and others, z, of which the eighth is negative. */
    static MadeData oneWay() {
        final Random random = new Random(1);
        final int groups = 60;
        final double[] effect = random.doubles(groups).map(u -> 3 * u).toArray();
        final List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 3000; row++) {
            final int group = random.nextBoolean() ? 7 : random.nextInt(groups); // half of the rows are of one group
            final double y = 1000 + effect[group] + random.nextGaussian();
            rows.add(RowFactory.create(row % 101 == 5 ? (Double) Double.NaN : row % 89 == 4 ? null : (Double) y,
                row % 97 == 3 ? null : "site " + group, 1000 - group, 0.5 + random.nextDouble(), row == 7 ? -1.0 : 1.0));
        }
        return new MadeData(schema(List.of("y", "g", "k", "w", "z"), DataTypes.DoubleType, DataTypes.StringType,
            DataTypes.IntegerType, DataTypes.DoubleType, DataTypes.DoubleType), rows);
    }

    /** Courses of subjects id in arms and centres: a response y at times t, with weights w. */
    static MadeData courses() {
        final Random random = new Random(2);
        final int subjects = 40;
        final double[] level = random.doubles(subjects).map(u -> 8 * u).toArray();
        final double[] slope = random.doubles(subjects).map(u -> 2 * u).toArray();
        final List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 1200; row++) {
            final int id = random.nextBoolean() ? 11 : random.nextInt(subjects); // half of the rows are of one subject
            final double t = random.nextInt(80) / 8.0;
            final double y = 50 + level[id] + (1 + slope[id]) * t + t * t / 16 + random.nextGaussian();
            rows.add(RowFactory.create(row % 83 == 5 ? null : (Double) y, "S" + id, row % 71 == 4 ? null : (Double) t,
                id % 3 == 0 ? "placebo" : "drug", id % 4 + 1, 0.5 + random.nextDouble()));
        }
        return new MadeData(schema(List.of("y", "id", "t", "arm", "centre", "w"), DataTypes.DoubleType,
            DataTypes.StringType, DataTypes.DoubleType, DataTypes.StringType, DataTypes.IntegerType,
            DataTypes.DoubleType), rows);
    }

    /** Pupils of classes k in schools s, judged by j: a response y by x, with weights w. */
    static MadeData levels() {
        final Random random = new Random(3);
        final double[] school = random.doubles(25).map(u -> 6 * u).toArray();
        final double[] group = random.doubles(100).map(u -> 4 * u).toArray();
        final double[] judge = random.doubles(12).map(u -> 3 * u).toArray();
        final List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 1500; row++) {
            final int s = random.nextInt(3) == 0 ? 4 : random.nextInt(25); // a third of the rows are of one school
            final int k = random.nextInt(4);
            final int j = random.nextInt(12);
            final double x = s % 5 + random.nextInt(40) / 8.0;
            final double y = 30 + school[s] + group[4 * s + k] + judge[j] + (1 + group[4 * s] / 4) * x + random.nextGaussian();
            rows.add(RowFactory.create(row % 83 == 5 ? null : (Double) y, "school " + s, k, "J" + j,
                row % 71 == 4 ? null : (Double) x, 0.5 + random.nextDouble()));
        }
        return new MadeData(schema(List.of("y", "s", "k", "j", "x", "w"), DataTypes.DoubleType, DataTypes.StringType,
            DataTypes.IntegerType, DataTypes.StringType, DataTypes.DoubleType, DataTypes.DoubleType), rows);
    }

    /**
     * A trial: a response y of patients p in two arms at visits v, of which some were missed and others have no
     * response, as one patient has nowhere; v2 is v as a number. A baseline b and weights w.
     */
    static MadeData trial() {
        final Random random = new Random(4);
        final List<Row> rows = new ArrayList<>();
        for (int p = 0; p < 90; p++) {
            final double level = 2 * random.nextGaussian();
            final double baseline = 10 + level + random.nextGaussian();
            double error = 0;
            for (int v = 1; v <= 4; v++) {
                error = 0.6 * error + random.nextGaussian();
                final double y = 20 + level + v + (p % 2) * v / 2.0 + baseline / 4 + v * error / 3;
                if (random.nextInt(9) > 0) {
                    rows.add(RowFactory.create(p == 40 || random.nextInt(12) == 0 ? null : (Double) y, "P" + p,
                        p % 2 == 0 ? "placebo" : "drug", "Week " + 3 * v, v, baseline, 0.5 + random.nextDouble()));
                }
            }
        }
        Collections.shuffle(rows, random);
        return new MadeData(schema(List.of("y", "p", "arm", "v", "v2", "b", "w"), DataTypes.DoubleType,
            DataTypes.StringType, DataTypes.StringType, DataTypes.StringType, DataTypes.IntegerType,
            DataTypes.DoubleType, DataTypes.DoubleType), rows);
    }

    /**
     * Units u, some without a name or an estimate and one with two rows: an estimate y with its standard error se, whose
     * square is v, a difference d that may be negative, a count n over an exposure e, successes s in t trials of f such
     * units; covariates x and kind.
     */
    static MadeData units() {
        final Random random = new Random(5);
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            final double se = 0.5 + random.nextDouble();
            final double x = random.nextInt(40) / 4.0;
            final String kind = "k" + random.nextInt(3);
            final double y = 3 + 0.3 * x + (kind.equals("k1") ? 1 : 0) + random.nextGaussian() + se * random.nextGaussian();
            final double exposure = 1 + random.nextInt(50);
            final double rate = 0.2 + random.nextDouble();
            final int trials = 5 + random.nextInt(20);
            final double probability = random.nextDouble() / 2;
            final boolean observed = i % 37 != 3;
            rows.add(RowFactory.create(i % 61 == 9 ? null : "U" + (i == 300 ? 7 : i), observed ? (Double) y : null, se,
                se * se, y - 3, observed ? (Integer) (int) (exposure * rate) : null, exposure,
                observed ? (Integer) (int) (trials * probability) : null, trials, random.nextInt(4),
                i % 71 == 4 ? null : (Double) x, kind));
        }
        return new MadeData(schema(List.of("u", "y", "se", "v", "d", "n", "e", "s", "t", "f", "x", "kind"),
            DataTypes.StringType, DataTypes.DoubleType, DataTypes.DoubleType, DataTypes.DoubleType, DataTypes.DoubleType,
            DataTypes.IntegerType, DataTypes.DoubleType, DataTypes.IntegerType, DataTypes.IntegerType, DataTypes.IntegerType,
            DataTypes.DoubleType, DataTypes.StringType), rows);
    }

    private static StructType schema(final List<String> names, final DataType... types) {
        return DataTypes.createStructType(IntStream.range(0, types.length)
            .mapToObj(c -> DataTypes.createStructField(names.get(c), types[c], true)).toList());
    }

    /** The rows in their order in so many partitions; of more than there are rows some are empty. */
    Dataset<Row> table(final SparkSession spark, final int partitions) {
        return spark.createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions), schema);
    }

    /** The same as a CSV file, with empty cells for what is missing. */
    Path csv(final String name) {
        final String text = rows.stream().map(row -> IntStream.range(0, row.size())
            .mapToObj(c -> row.isNullAt(c) ? "" : row.get(c).toString()).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", String.join(",", schema.fieldNames()) + "\n", "\n"));
        try {
            return Files.writeString(Files.createDirectories(TestSpark.SCRATCH).resolve(name + ".csv"), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
