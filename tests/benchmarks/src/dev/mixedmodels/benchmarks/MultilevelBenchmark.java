package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedInference;
import dev.mixedmodels.engine.likelihood.MixedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Fits of nested and crossed models (design, cross-products, estimates and all standard errors; without tests, profiles
 * and predictions) against lme4 with calc.derivs = FALSE where R has it ({@code apt-get install r-cran-lme4}): Chem97
 * with three levels, InstEval with three crossed factors, and generated rows in 10^5 units of 10^3 units. JVM warm
 * ({@link WarmTimes}), median of 5. For lme4 with OpenBLAS, let R find it as its BLAS
 * ({@code apt-get install libopenblas0}). Arguments: rows of the generated table, 10^6 unless told otherwise (10^7 takes
 * 1 GiB), and {@code no-peers}.
 */
public final class MultilevelBenchmark {
    private static final int OUTER = 1_000;
    private static final int INNER = 100_000;

    private MultilevelBenchmark() {
    }

    /**
     * @param arguments see the class
     * @throws IOException if a data set cannot be read or the peer's data not be written
     * @throws InterruptedException if waiting for the peer is
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final boolean peers = !Arrays.asList(arguments).contains("no-peers");
        final int rows = arguments.length > 0 && !arguments[0].equals("no-peers") ? Integer.parseInt(arguments[0])
            : 1_000_000;
        compare("Chem97", read("chem97"), "score ~ gcsecnt + (1 | lea) + (1 | school)", peers);
        compare("InstEval", read("insteval"), "y ~ 1 + (1 | s) + (1 | d) + (1 | dept:service)", peers);
        for (int n = rows / 4; n <= rows; n *= 2) {
            compare(String.format(Locale.ROOT, "%,d rows in 10^5 units of 10^3 units", n), generated(n),
                "y ~ x + (1 | outer) + (1 | inner)", false);
        }
    }

    private static void compare(final String name, final Frame frame, final String formula, final boolean peer)
        throws IOException, InterruptedException {
        final WarmTimes<MixedFit> times = WarmTimes.of(() -> fit(frame, formula));
        final double ours = times.median();
        // each with first and second derivatives, the last of which are the information
        final int evaluations = times.last().optimum().evaluations();
        print("%s: %s; %d evaluations, %.1f ms each", name, times, evaluations, 1e3 * ours / evaluations);
        if (frame.rows() > 500_000) {
            print("  %.3g rows per second, heap in use %d MiB", frame.rows() / ours, heap() >> 20);
        }
        final RPeer.Timing theirs = peer ? RPeer.fit(frame, "suppressMessages(library(lme4)); f <- function() lmer("
            + formula + ", d, control = lmerControl(calc.derivs = FALSE))", 3) : null;
        if (theirs != null) {
            print("  lme4: %.3f s; ratio %.3f (1/%.1f)", theirs.seconds(), ours / theirs.seconds(),
                theirs.seconds() / ours);
        } else if (peer) {
            print("  lme4: not installed, skipped");
        }
    }

    private static MixedFit fit(final Frame frame, final String formula) {
        final ModelDesign design = ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT, new Warnings());
        final MixedModel model = MixedDesign.of(frame, design, term -> RandomStructure.UNSTRUCTURED).model(false, Progress.NONE);
        final MixedFit fit = MixedFit.of(model, new EstimationSettings(true, 100, 1e-12), Progress.NONE);
        fit.phi();
        MixedInference.of(fit, Progress.NONE).parameterCovariance();
        return fit;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Frame read(final String name) throws IOException {
        final Path file = Path.of(System.getProperty("mixedmodels.tests", "tests"), "data", name + ".csv");
        final List<String> lines = Files.readAllLines(file);
        final String[] names = lines.get(0).split(",");
        final FrameBuilder builder = new FrameBuilder(lines.size() - 1);
        final boolean[] numeric = new boolean[names.length];
        for (int c = 0; c < names.length; c++) {
            numeric[c] = lines.get(1).split(",")[c].matches("-?[0-9.]+(e[-+]?[0-9]+)?");
            if (numeric[c]) {
                builder.addNumeric(names[c]);
            } else {
                builder.addNominal(names[c]);
            }
        }
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split(",");
            for (int c = 0; c < names.length; c++) {
                if (numeric[c]) {
                    builder.number(c, Double.parseDouble(cells[c]));
                } else {
                    builder.text(c, cells[c]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** Rows in random order of 10^5 inner units, each in one of 10^3 outer units. */
    private static Frame generated(final int rows) {
        final SplittableRandom random = new SplittableRandom(97);
        final double[] inner = random.doubles(INNER).map(u -> 2 * u - 1).toArray();
        final double[] outer = random.doubles(OUTER).map(u -> u - 0.5).toArray();
        final FrameBuilder builder = new FrameBuilder(rows);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int i = builder.addInteger("inner");
        final int o = builder.addInteger("outer");
        for (int row = 0; row < rows; row++) {
            final int unit = random.nextInt(INNER);
            final double value = random.nextDouble();
            builder.number(x, value);
            builder.number(y, 3 + 2 * value + inner[unit] + outer[unit % OUTER] + random.nextGaussian());
            builder.integer(i, unit);
            builder.integer(o, unit % OUTER);
            builder.endRow();
        }
        return builder.build();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
