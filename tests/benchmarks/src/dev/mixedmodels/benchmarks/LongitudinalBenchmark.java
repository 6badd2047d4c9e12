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
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Fits (estimates and standard errors, without profiles and tests) of a random slope, y ~ x + (x | g) with 10 rows a
 * subject, and of a random intercept with AR(1) residuals, y ~ visit * arm + (1 | g), against lme4 and nlme where R has
 * them ({@code apt-get install r-cran-lme4 r-cran-nlme}; skipped otherwise) and against a bare pass over the rows. JVM
 * warm ({@link WarmTimes}), median of 5. Arguments: rows of the random slope, 10^6 unless told otherwise, and
 * {@code no-peers}. That 10^7 rows fit into 1 GiB of heap shows under {@code JAVA_TOOL_OPTIONS=-XX:MaxHeapSize=1g}.
 */
public final class LongitudinalBenchmark {
    private static final int PER_SUBJECT = 10;
    private static final int SERIAL_SUBJECTS = 10_000;

    private LongitudinalBenchmark() {
    }

    /**
     * @param arguments see the class
     * @throws IOException if the peers' data cannot be written
     * @throws InterruptedException if waiting for a peer is
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final int rows = arguments.length > 0 && !arguments[0].equals("no-peers") ? Integer.parseInt(arguments[0])
            : 1_000_000;
        final boolean peers = !Arrays.asList(arguments).contains("no-peers");
        final Frame slope = slope(rows);
        final LongitudinalSettings slopeModel = LongitudinalSettings.of(Formula.parse("y ~ x + (x | g)"));
        final double fit = time(slopeModel, slope, "random slope");
        final double pass = pass(slope);
        print("  %.3g rows per second; %.1f times a bare pass over the rows (%.4f s); heap at most %d of %d MiB, garbage and "
            + "data included", rows / fit, fit / pass, pass, peak() >> 20, Runtime.getRuntime().maxMemory() >> 20);
        if (peers) {
            peer(slope, List.of("y", "x"), "suppressMessages(library(lme4)); d$g <- factor(d$g); f <- function() "
                + "lmer(y ~ x + (x | g), d, control = lmerControl(calc.derivs = FALSE))", "lme4", fit);
        }
        final Frame serial = serial();
        final LongitudinalSettings serialModel = LongitudinalSettings.of(Formula.parse("y ~ visit * arm + (1 | g)"))
            .withResidual(ResidualStructure.AR1, "visit", "g");
        final double serialFit = time(serialModel, serial, "random intercept + AR(1)");
        if (peers) {
            peer(serial, List.of("y", "visit", "arm"), "library(nlme); f <- function() lme(y ~ visit * arm, d, ~ 1 | g, "
                + "correlation = corAR1(form = ~ visit | g))", "nlme", serialFit);
        }
    }

    private static double time(final LongitudinalSettings settings, final Frame frame, final String name) {
        final WarmTimes<LongitudinalFit> times =
            WarmTimes.of(() -> LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings()));
        print("%s, %,d rows: %s, -2 log likelihood %.6f", name, frame.rows(), times, times.last().criterion());
        return times.median();
    }

    /** Seconds of a sum over the two numeric columns and the codes. */
    private static double pass(final Frame frame) {
        return WarmTimes.of(() -> {
            double sum = 0;
            for (int i = 0; i < frame.rows(); i++) {
                sum += frame.column("y").value(i) * frame.column("x").value(i);
            }
            return sum;
        }).median();
    }

    /** Largest heap in use since the start. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** The peer reads the same data from a file, fits it three times and prints the median time. */
    private static void peer(final Frame frame, final List<String> columns, final String definition,
        final String name, final double ours) throws IOException, InterruptedException {
        final Path data = Files.createTempFile("longitudinal", ".csv");
        try {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(data))) {
                out.println(String.join(",", columns) + ",g");
                for (int i = 0; i < frame.rows(); i++) {
                    final StringBuilder line = new StringBuilder();
                    for (final String column : columns) {
                        line.append(frame.column(column).value(i)).append(',');
                    }
                    out.println(line.append((long) frame.column("g").value(i)));
                }
            }
            final Process r = new ProcessBuilder("Rscript", "-e", "d <- read.csv('" + data + "'); " + definition
                + "; t <- numeric(3); for (i in 1:3) t[i] <- system.time(m <- f())[3]; cat(median(t), sprintf('%.6f', -2 * logLik(m)))")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String[] answer = new String(r.getInputStream().readAllBytes()).trim().split("\\s+");
            if (r.waitFor() != 0 || answer.length < 2) {
                print("  %s: not installed, skipped", name);
                return;
            }
            final double theirs = Double.parseDouble(answer[answer.length - 2]);
            print("  %s: %.2f s, -2 log likelihood %s; ratio 1/%.1f", name, theirs, answer[answer.length - 1],
                theirs / ours);
        } catch (final IOException e) {
            print("  %s: no Rscript, skipped", name);
        } finally {
            Files.delete(data);
        }
    }

    private static Frame slope(final int rows) {
        final SplittableRandom random = new SplittableRandom(4711);
        final FrameBuilder builder = new FrameBuilder(rows);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int g = builder.addInteger("g");
        for (int subject = 0; subject < rows / PER_SUBJECT; subject++) {
            final double intercept = 1.5 * random.nextGaussian();
            final double slope = 0.14 * intercept + 0.67 * random.nextGaussian();
            for (int i = 0; i < PER_SUBJECT; i++) {
                final double value = random.nextGaussian();
                builder.number(x, value);
                builder.number(y, 10 + 2 * value + intercept + slope * value + 2 * random.nextGaussian());
                builder.integer(g, subject);
                builder.endRow();
            }
        }
        return builder.build();
    }

    private static Frame serial() {
        final SplittableRandom random = new SplittableRandom(4712);
        final FrameBuilder builder = new FrameBuilder(SERIAL_SUBJECTS * PER_SUBJECT);
        final int y = builder.addNumeric("y");
        final int visit = builder.addNumeric("visit");
        final int arm = builder.addNumeric("arm");
        final int g = builder.addInteger("g");
        for (int subject = 0; subject < SERIAL_SUBJECTS; subject++) {
            final double intercept = 2 * random.nextGaussian();
            double error = random.nextGaussian();
            for (int i = 0; i < PER_SUBJECT; i++) {
                builder.number(visit, i + 1);
                builder.number(arm, subject % 2);
                builder.number(y, 5 + 0.3 * i + 0.1 * i * (subject % 2) + intercept + 3 * error);
                builder.integer(g, subject);
                builder.endRow();
                error = 0.6 * error + 0.8 * random.nextGaussian();
            }
        }
        return builder.build();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
