package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.result.InfluenceRow;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Influence of subjects by one step, and CR2 standard errors with their degrees of freedom, against the fit, y ~ x + (x | g)
 * with 10 rows a subject: what each adds to the tables, in turn with the fit, median of 5. Argument: subjects, 10^5 unless
 * told otherwise.
 */
public final class InfluenceBenchmark {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;
    private static final int PER_SUBJECT = 10;

    private InfluenceBenchmark() {
    }

    /**
     * @param arguments see the class
     */
    public static void main(final String[] arguments) {
        final int subjects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        final Frame frame = frame(subjects);
        final LongitudinalSettings plain =
            LongitudinalSettings.of(Formula.parse("y ~ x + (x | g)"))
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false));
        final double[] fits = new double[ROUNDS];
        final double[][] tables = new double[3][ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final LongitudinalSettings[] all = {plain, plain.withInference(i -> i.withInfluence(InfluenceMethod.ONE_STEP)),
                plain.withInference(i -> i.withFixedCovariance(FixedCovariance.CR2))};
            for (int k = 0; k < all.length; k++) {
                final long start = System.nanoTime();
                final LongitudinalFit fit =
                    LongitudinalModel.fit(all[k], frame, Progress.NONE, new Warnings());
                sink += fit.criterion();
                final long fitted = System.nanoTime();
                for (final InfluenceRow row : fit.tables(Progress.NONE, new Warnings()).influence()) {
                    sink += row.value();
                }
                if (round >= 0) {
                    fits[round] = (fitted - start) * 1e-9;
                    tables[k][round] = (System.nanoTime() - fitted) * 1e-9;
                }
            }
        }
        final double fit = median(fits);
        print("fit of %,d subjects: %.3f s%s", subjects, fit, Double.isNaN(sink) ? ", NaN" : "");
        for (int k = 1; k < tables.length; k++) {
            final double more = median(tables[k]) - median(tables[0]);
            print("%s: %.3f s, %.1f fits", k == 1 ? "influence by one step" : "sandwich CR2", more, more / fit);
        }
    }

    private static double median(final double[] seconds) {
        final double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Frame frame(final int subjects) {
        final SplittableRandom random = new SplittableRandom(4711);
        final FrameBuilder builder = new FrameBuilder(subjects * PER_SUBJECT);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int g = builder.addInteger("g");
        for (int subject = 0; subject < subjects; subject++) {
            final double level = random.nextGaussian();
            final double slope = random.nextGaussian();
            for (int i = 0; i < PER_SUBJECT; i++) {
                final double value = random.nextDouble();
                builder.number(y, level + (1 + slope) * value + random.nextGaussian());
                builder.number(x, value);
                builder.integer(g, subject);
                builder.endRow();
            }
        }
        return builder.build();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
