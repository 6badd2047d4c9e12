package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Data and look-ups that the tests of this package share. */
final class Fixtures {
    private Fixtures() {
    }

    /** Adds the rows of other statistics of the same groups. */
    static void merge(final GroupStatistics into, final GroupStatistics other) {
        into.merge(other, IntStream.range(0, other.groups()).toArray());
    }

    /** The mean of a group's responses, in their own unit. */
    static double mean(final GroupStatistics statistics, final int group) {
        final DoubleDouble mean = statistics.sumAbout(group, 0);
        mean.divide(statistics.size(group), 0);
        return statistics.unit().restore(mean.value(), 1);
    }

    /** Responses with the code of their group. */
    record Rows(int[] group, double[] y, List<String> levels) {
        static Rows of(final double[][] groups) {
            final List<Integer> codes = new ArrayList<>();
            final List<String> levels = new ArrayList<>();
            for (int g = 0; g < groups.length; g++) {
                levels.add("g" + g);
                for (int i = 0; i < groups[g].length; i++) {
                    codes.add(g);
                }
            }
            return new Rows(codes.stream().mapToInt(Integer::intValue).toArray(),
                Arrays.stream(groups).flatMapToDouble(Arrays::stream).toArray(), levels);
        }

        static Rows read(final String file, final String response, final String group) {
            final TestData data = TestData.read(file);
            final String[] names = data.strings(group);
            final List<String> levels = new ArrayList<>(new TreeSet<>(Arrays.asList(names)));
            return new Rows(Arrays.stream(names).mapToInt(levels::indexOf).toArray(), data.numbers(response), levels);
        }

        GroupStatistics statistics() {
            final GroupStatistics statistics = new GroupStatistics();
            for (int i = 0; i < y.length; i++) {
                statistics.add(group[i], y[i]);
            }
            return statistics;
        }

        GroupedData data() {
            return GroupedData.of(statistics(), levels);
        }

        SizeClasses classes() {
            return SizeClasses.of(statistics(), anova(statistics()));
        }

        Rows scaled(final double factor, final double shift) {
            return new Rows(group, Arrays.stream(y).map(v -> v * factor + shift).toArray(), levels);
        }

        Rows shuffled(final long seed) {
            final int[] g = group.clone();
            final double[] v = y.clone();
            final Random random = new Random(seed);
            for (int i = v.length - 1; i > 0; i--) {
                final int j = random.nextInt(i + 1);
                final int code = g[i];
                g[i] = g[j];
                g[j] = code;
                final double value = v[i];
                v[i] = v[j];
                v[j] = value;
            }
            return new Rows(g, v, levels);
        }
    }

    static Rows dyestuff() {
        return Rows.read("dyestuff", "Yield", "Batch");
    }

    static Rows dyestuff2() {
        return Rows.read("dyestuff2", "Yield", "Batch");
    }

    static Rows pastes() {
        return Rows.read("pastes", "strength", "batch");
    }

    static Rows unbalanced() {
        return Rows.read("pastes_unbalanced", "strength", "batch");
    }

    static AnovaTable anova(final GroupStatistics statistics) {
        return AnovaTable.of(RandomInterceptSettings.of("y", "g", Method.REML), statistics);
    }

    /** Normal data from the model with mean 10. */
    static Rows simulate(final Random random, final int[] sizes, final double sigma, final double tau) {
        final double[][] groups = new double[sizes.length][];
        for (int g = 0; g < sizes.length; g++) {
            final double effect = 10 + sigma * random.nextGaussian();
            groups[g] = random.doubles(sizes[g]).map(u -> effect + tau * random.nextGaussian()).toArray();
        }
        return Rows.of(groups);
    }

    static RandomInterceptFit fit(final Rows rows, final Method method) {
        return fit(rows, RandomInterceptSettings.of("y", "g", method));
    }

    static RandomInterceptFit fit(final Rows rows, final RandomInterceptSettings settings) {
        return RandomInterceptModel.fit(settings, rows.data(), Progress.NONE, new Warnings());
    }

    static FitStatisticRow statistic(final RandomInterceptFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(r -> r.statistic().equals(name)).findFirst().orElseThrow(
            () -> new AssertionError("no statistic " + name));
    }

    /** Missing must be missing. */
    static void assertRelative(final double expected, final double actual, final double tolerance, final String what) {
        assertEquals(expected, actual, Double.isNaN(expected) ? 0 : tolerance * Math.abs(expected), what);
    }
}
