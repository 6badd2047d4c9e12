package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesResult;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.ShrunkenUnits;
import dev.mixedmodels.engine.empiricalbayes.Units;
import dev.mixedmodels.engine.numeric.Sampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Empirical Bayes on 10^6 units (or as many as the argument says), Gaussian with unequal standard errors and
 * Poisson-gamma with unequal exposures: time of the fit with its tables, and of the fit with all posteriors, as a ratio
 * to a bare pass that reads the two input arrays. Processor time of the one thread that computes, so that a busy
 * machine does not matter; warm JVM, median of 5. Then, where R with metafor is installed, 10^4
 * Gaussian units against rma there.
 */
public final class EmpiricalBayesBenchmark {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final int PEER_UNITS = 10_000;
    private static final long PEER_MINUTES = 15;

    private EmpiricalBayesBenchmark() {
    }

    /**
     * @param arguments number of units; none: 10^6
     * @throws IOException if the peer cannot be given its data
     * @throws InterruptedException if the wait for the peer is interrupted
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final int k = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        print("%,d units; Java %s; median of %d", k, System.getProperty("java.version"), ROUNDS);
        measure("Gaussian, REML, MORRIS", Family.GAUSSIAN, gaussian(k));
        measure("Poisson-gamma, ML, KASS_STEFFEY", Family.POISSON_GAMMA, counts(k));
        peer();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static double[][] gaussian(final int k) {
        final Sampler sampler = new Sampler(1);
        final double[][] data = new double[2][k];
        for (int i = 0; i < k; i++) {
            data[1][i] = 0.5 + sampler.uniform();
            data[0][i] = 2 + 0.8 * sampler.normal() + data[1][i] * sampler.normal();
        }
        return data;
    }

    private static double[][] counts(final int k) {
        final Sampler sampler = new Sampler(2);
        final double[][] data = new double[2][k];
        for (int i = 0; i < k; i++) {
            data[1][i] = 20 * (0.1 + sampler.uniform());
            data[0][i] = sampler.poisson(data[1][i] * sampler.gamma(3) / 3);
        }
        return data;
    }

    private static void measure(final String title, final Family family, final double[][] data) {
        final double pass = median(() -> pass(data));
        final double fit = median(() -> fit(family, data).tables().fixedEffects().get(0).estimate());
        final double all = median(() -> posteriors(fit(family, data), data));
        print("%s", title);
        print("  bare pass over the input        %9.2f ms", 1e3 * pass);
        print("  fit and tables                  %9.1f ms, ratio %.0f", 1e3 * fit, fit / pass);
        print("  fit, tables and all posteriors  %9.1f ms, ratio %.0f", 1e3 * all, all / pass);
    }

    private static double median(final DoubleSupplier work) {
        final double[] seconds = new double[ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final long start = CLOCK.getCurrentThreadCpuTime();
            sink += work.getAsDouble();
            if (round >= 0) {
                seconds[round] = (CLOCK.getCurrentThreadCpuTime() - start) * 1e-9;
            }
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("a candidate computed NaN");
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }

    private static double pass(final double[][] data) {
        double sum = 0;
        for (int i = 0; i < data[0].length; i++) {
            sum += data[0][i] * data[1][i];
        }
        return sum;
    }

    private static EmpiricalBayesResult fit(final Family family, final double[][] data) {
        return EmpiricalBayes.fit(EmpiricalBayesSettings.builder(family).build(), units(data), Progress.NONE,
            new Warnings());
    }

    private static Units units(final double[][] data) {
        return Units.of("unit", Integer::toString, data[0], data[1]);
    }

    private static double posteriors(final EmpiricalBayesResult result, final double[][] data) {
        final ShrunkenUnits units = result.rule().of(units(data));
        double sum = 0;
        for (int i = 0; i < data[0].length; i++) {
            sum += units.shrinkage(i).upper() + units.fitted(i).residual();
        }
        return sum;
    }

    /** rma of metafor on the same data, processor time by R's own clock so that its start does not count. */
    private static void peer() throws IOException, InterruptedException {
        final double[][] data = gaussian(PEER_UNITS);
        final double own = median(() -> posteriors(fit(Family.GAUSSIAN, data), data));
        final Path folder = Files.createTempDirectory("empirical-bayes");
        final Path csv = folder.resolve("units.csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv, StandardCharsets.UTF_8))) {
            out.println("y,se");
            for (int i = 0; i < PEER_UNITS; i++) {
                out.println(data[0][i] + "," + data[1][i]);
            }
        }
        final String program = "d <- read.csv('" + csv + "'); suppressMessages(library(metafor)); "
            + "t <- sum(system.time(r <- rma(d$y, d$se^2, method = 'REML'))[1:2]); cat(t, r$tau2)";
        final List<String> command = new ArrayList<>(List.of("Rscript", "-e", program));
        try {
            final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(PEER_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                print("metafor did not finish %,d units in %d minutes; own fit and posteriors %.1f ms", PEER_UNITS,
                    PEER_MINUTES, 1e3 * own);
                return;
            }
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.exitValue() != 0 || output.isEmpty()) {
                print("R has no metafor, or not the memory for it; own fit and posteriors of %,d units %.1f ms",
                    PEER_UNITS, 1e3 * own);
                return;
            }
            final String[] parts = output.split(" ");
            final double seconds = Double.parseDouble(parts[0]);
            print("%,d units: metafor rma %.1f s, own fit and posteriors %.1f ms, ratio 1/%.0f (at most 1/50), %s %s",
                PEER_UNITS, seconds, 1e3 * own, seconds / own, "tau2 " + parts[1] + " and",
                fit(Family.GAUSSIAN, data).tables().covarianceParameters().get(0).estimate());
        } catch (final IOException e) {
            print("no R here (%s); own fit and posteriors of %,d units %.1f ms", e.getMessage(), PEER_UNITS, 1e3 * own);
        } finally {
            Files.delete(csv);
            Files.delete(folder);
        }
    }
}
