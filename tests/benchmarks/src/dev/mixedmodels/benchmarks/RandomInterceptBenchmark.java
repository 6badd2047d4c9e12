package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptFit;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Random Intercept ANOVA on shuffled rows with given group codes (10^7 rows in 10^6 groups unless told otherwise by two
 * arguments): time of the pass over the rows against a pass that accumulates n, sum and sum of squares per group in
 * plain doubles, and against a bare sum; time of the fit that follows; heap a group beyond the input. Warm JVM, median
 * of 5, the candidates taking turns.
 */
public final class RandomInterceptBenchmark {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;

    private final int[] group;
    private final double[] y;
    private final int groups;

    private RandomInterceptBenchmark(final int rows, final int groups) {
        this.groups = groups;
        group = new int[rows];
        y = new double[rows];
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows; i++) {
            group[i] = i % groups;
        }
        for (int i = rows - 1; i > 0; i--) {
            final int j = random.nextInt(i + 1);
            final int swap = group[i];
            group[i] = group[j];
            group[j] = swap;
        }
        for (int i = 0; i < rows; i++) {
            y[i] = 100 + group[i] % 7 + random.nextDouble();
        }
    }

    /**
     * @param arguments number of rows and of groups; none: 10^7 and 10^6
     */
    public static void main(final String[] arguments) {
        final int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        final int groups = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        new RandomInterceptBenchmark(rows, groups).run();
    }

    private void run() {
        final List<DoubleSupplier> candidates = List.of(this::bareSum, this::plainPass, this::plainPassSideBySide,
            this::statisticsPass, () -> fit(statistics()));
        final double[][] seconds = new double[candidates.size()][ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int c = 0; c < candidates.size(); c++) {
                final long start = System.nanoTime();
                sink += candidates.get(c).getAsDouble();
                if (round >= 0) {
                    seconds[c][round] = (System.nanoTime() - start) * 1e-9;
                }
            }
        }
        final double[] median = Arrays.stream(seconds).mapToDouble(RandomInterceptBenchmark::median).toArray();
        print("%,d rows in %,d groups, shuffled; Java %s; median of %d", y.length, groups,
            System.getProperty("java.version"), ROUNDS);
        print("bare sum of the responses             %8.1f ms", 1e3 * median[0]);
        print("n, sum, sum of squares, three arrays  %8.1f ms", 1e3 * median[1]);
        print("n, sum, sum of squares, side by side  %8.1f ms", 1e3 * median[2]);
        print("GroupStatistics                       %8.1f ms", 1e3 * median[3]);
        print("GroupStatistics and REML fit          %8.1f ms", 1e3 * median[4]);
        final double plain = Math.min(median[1], median[2]);
        print("ratio to the faster plain pass        %8.2f (with the fit %.2f); to three arrays %.2f",
            median[3] / plain, median[4] / plain, median[3] / median[1]);
        print("ratio to the bare sum                 %8.2f", median[3] / median[0]);
        heap();
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("a candidate computed NaN");
        }
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double bareSum() {
        double sum = 0;
        for (final double value : y) {
            sum += value;
        }
        return sum;
    }

    private double plainPass() {
        final double[] n = new double[groups];
        final double[] sum = new double[groups];
        final double[] squares = new double[groups];
        for (int i = 0; i < y.length; i++) {
            final int g = group[i];
            n[g]++;
            sum[g] += y[i];
            squares[g] += y[i] * y[i];
        }
        return n[0] + sum[0] + squares[0];
    }

    private double plainPassSideBySide() {
        final double[] cells = new double[3 * groups];
        for (int i = 0; i < y.length; i++) {
            final int at = 3 * group[i];
            cells[at]++;
            cells[at + 1] += y[i];
            cells[at + 2] += y[i] * y[i];
        }
        return cells[0] + cells[1] + cells[2];
    }

    private GroupStatistics statistics() {
        final GroupStatistics statistics = new GroupStatistics();
        for (int i = 0; i < y.length; i++) {
            statistics.add(group[i], y[i]);
        }
        return statistics;
    }

    private double statisticsPass() {
        return statistics().sumOfSquares(0);
    }

    private double fit(final GroupStatistics statistics) {
        return model(statistics).tables().covarianceParameters().get(0).estimate();
    }

    private RandomInterceptFit model(final GroupStatistics statistics) {
        final List<String> levels = new AbstractList<>() {
            @Override
            public String get(final int index) {
                return Integer.toString(index);
            }

            @Override
            public int size() {
                return groups;
            }
        };
        return RandomInterceptModel.fit(RandomInterceptSettings.of("y", "group", Method.REML),
            GroupedData.of(statistics, levels), Progress.NONE, new Warnings());
    }

    private void heap() {
        final long before = used();
        final GroupStatistics statistics = statistics();
        final long accumulated = used();
        final RandomInterceptFit fit = model(statistics);
        final long fitted = used();
        print("heap a group: statistics %.1f bytes, with the fit %.1f bytes", (accumulated - before) / (double) groups,
            (fitted - before) / (double) groups);
        if (fit.tables().fixedEffects().isEmpty() || statistics.n(0) == 0) {
            throw new IllegalStateException("nothing was fitted");
        }
    }

    private static long used() {
        final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
