package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Generated problems on which optimisers of mixed models fail: nearly singular D, slopes scaled by 10^4, times that are
 * year numbers, few subjects, quadratic growth, serial correlation beside random effects. Each fit is compared with the
 * best of 20 random restarts. Prints one line a kind and every failure; 200 problems unless told otherwise.
 */
public final class LongitudinalHardProblems {
    private static final int RESTARTS = 20;
    private static final double WORSE = 1e-6;
    private static final String[] KINDS = {"nearly singular D", "slope scaled by 1e4", "years", "few subjects",
        "quadratic growth", "AR(1) and random slope", "continuous AR(1), irregular times", "variance by arm",
        "compound symmetry and slope", "tiny slope variance, diagonal D"};

    private LongitudinalHardProblems() {
    }

    /**
     * @param arguments number of problems, first seed
     */
    public static void main(final String[] arguments) {
        final int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        final int seed = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        final int[] problems = new int[KINDS.length];
        final int[] failures = new int[KINDS.length];
        final int[] better = new int[KINDS.length];
        final int[] singular = new int[KINDS.length];
        final double[] worst = new double[KINDS.length];
        for (int i = 0; i < count; i++) {
            final int kind = i % KINDS.length;
            problems[kind]++;
            try {
                final LongitudinalFit fit = problem(kind, new Random(seed * 1_000_003L + i));
                double best = 0;
                for (int restart = 0; restart < RESTARTS; restart++) {
                    best = Math.min(best, fit.excessFromRandomStart(seed * 7919L + restart));
                }
                singular[kind] += fit.singular() ? 1 : 0;
                worst[kind] = Math.max(worst[kind], -best);
                if (-best > WORSE) {
                    better[kind]++;
                    print("problem %d (%s): a restart is better by %.3g", i, KINDS[kind], -best);
                }
            } catch (final RuntimeException e) {
                failures[kind]++;
                print("problem %d (%s): %s", i, KINDS[kind], e);
            }
        }
        print("%-36s %8s %8s %8s %8s %14s", "kind", "problems", "singular", "failed", "worse", "largest excess");
        for (int kind = 0; kind < KINDS.length; kind++) {
            print("%-36s %8d %8d %8d %8d %14.2g", KINDS[kind], problems[kind], singular[kind], failures[kind],
                better[kind], worst[kind]);
        }
        if (Arrays.stream(failures).sum() + Arrays.stream(better).sum() > 0) {
            throw new IllegalStateException("some fits failed or were not the best");
        }
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static LongitudinalFit problem(final int kind, final Random random) {
        final int subjects = kind == 3 ? 3 + random.nextInt(4) : 6 + random.nextInt(30);
        final Frame frame = data(kind, subjects, random);
        final String effects = kind == 4 ? "time + I(time^2)" : "time";
        final String bar = kind == 9 ? "||" : "|";
        final String random1 = kind == 8 ? "0 + time" : "1 + " + effects;
        LongitudinalSettings settings = LongitudinalSettings.of(
            Formula.parse("y ~ " + effects + " + arm + (" + random1 + " " + bar + " subject)"))
            .withReml(random.nextBoolean());
        if (kind == 5) {
            settings = settings.withResidual(ResidualStructure.AR1, "time", "subject");
        } else if (kind == 6) {
            settings = settings.withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject");
        } else if (kind == 7) {
            settings = settings.withVariance("arm", null);
        } else if (kind == 8) {
            settings = settings.withResidual(ResidualStructure.COMPOUND_SYMMETRY, "time", "subject");
        }
        return LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings());
    }

    private static Frame data(final int kind, final int subjects, final Random random) {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int time = builder.addNumeric("time");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        final double unit = kind == 1 ? random.nextBoolean() ? 1e4 : 1e-4 : 1;
        final double origin = kind == 2 ? 2019.5 : 0;
        final double scale = Math.pow(10, random.nextInt(7) - 3);
        final double slopeSd = kind == 9 ? 0.01 : kind == 0 ? 0.3 : Math.exp(random.nextGaussian() - 1);
        final double correlation = kind == 0 ? random.nextBoolean() ? 0.999 : -0.98 : random.nextDouble() - 0.5;
        final double rho = 0.7 * random.nextDouble();
        for (int i = 0; i < subjects; i++) {
            final int visits = (kind == 4 ? 4 : 2) + random.nextInt(6) + (i == 0 ? 3 : 0);
            final double intercept = random.nextGaussian();
            final double slope = slopeSd * (correlation * intercept
                + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
            final double curve = 0.1 * random.nextGaussian();
            double t = 0;
            double error = random.nextGaussian();
            for (int visit = 0; visit < visits; visit++) {
                final double x = t;
                builder.number(time, origin + t * unit);
                builder.number(y, scale * (10 + intercept + (0.5 + slope) * x + (kind == 4 ? curve * x * x : 0)
                    + (i % 2 == 0 ? 0.4 : 0) + error * (kind == 7 && i % 2 == 0 ? 3 : 1)));
                builder.text(arm, i % 2 == 0 ? "A" : "B");
                builder.text(subject, "S" + i);
                builder.endRow();
                t += kind == 6 ? 0.05 + random.nextDouble() : 0.25 * (1 + (kind == 2 ? random.nextInt(3) : 0)) * 2;
                error = kind == 5 || kind == 6 ? rho * error + Math.sqrt(1 - rho * rho) * random.nextGaussian()
                    : random.nextGaussian();
            }
        }
        return builder.build();
    }
}
