package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.bootstrap.LikelihoodRatioTest;
import dev.mixedmodels.engine.bootstrap.ParametricBootstrap;
import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedRefits;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Parametric bootstrap of sleepstudy, 1,000 replicates unless an argument says otherwise: refits of the model with random
 * slopes, its likelihood ratio test against a random intercept, and all intervals and tests as the nodes give them. Processor
 * time of all threads, warm JVM, median of 5.
 */
public final class BootstrapBenchmark {
    private static final int ROUNDS = 5;
    private static final double NANOS = 1e9;

    private BootstrapBenchmark() {
    }

    /**
     * @param arguments number of replicates; none: 1,000
     * @throws IOException if the data cannot be read
     */
    public static void main(final String[] arguments) throws IOException {
        final int replicates = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        final Frame frame = sleepstudy();
        final Refits slopes = refits(frame, "Reaction ~ Days + (1 + Days | Subject)");
        final Refits intercepts = refits(frame, "Reaction ~ Days + (1 | Subject)");
        measure(replicates + " refits of (1 + Days | Subject)",
            () -> ParametricBootstrap.run(slopes, List.of(slopes), replicates, 1, Progress.NONE).length);
        measure(replicates + " replicates of its test against (1 | Subject)",
            () -> LikelihoodRatioTest.of(slopes, intercepts, replicates, 1, Progress.NONE).used());
        final Formula formula = Formula.parse("Reaction ~ Days + (1 + Days | Subject)");
        final VarianceIntervals intervals = VarianceIntervals.bootstrap(replicates, 1);
        for (final boolean tests : new boolean[] {false, true}) {
            final String what = tests ? "intervals and tests" : "intervals";
            measure("Longitudinal Mixed Model, " + what, () -> LongitudinalModel.fit(LongitudinalSettings.of(formula)
                .withInference(i -> i.withVariances(intervals, tests)), frame, Progress.NONE, new Warnings())
                .tables(Progress.NONE, new Warnings()).modelFit().size());
            measure("Multilevel Model, " + what, () -> MultilevelModel.fit(
                MultilevelSettings.of(new ModelSpecification.ByFormula(formula))
                    .withInference(i -> i.withVariances(intervals, tests)), frame, Progress.NONE, new Warnings())
                .tables().modelFit().size());
        }
    }

    private static Refits refits(final Frame frame, final String formula) {
        final MixedDesign mixed = MixedDesign.of(frame,
            ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT, new Warnings()), part -> RandomStructure.UNSTRUCTURED);
        final MixedFit fit = MixedFit.of(mixed.model(false, Progress.NONE),
            new EstimationSettings(true, 200, 1e-12), Progress.NONE);
        return new MixedRefits(fit, mixed, found -> new double[] {found.sigma2()}, Progress.NONE);
    }

    private static void measure(final String what, final Supplier<Integer> work) {
        final double[] seconds = new double[ROUNDS + 1];
        int used = 0;
        for (int i = 0; i <= ROUNDS; i++) {
            final long before = processorTime();
            used = work.get();
            seconds[i] = (processorTime() - before) / NANOS;
        }
        final double[] warm = Arrays.copyOfRange(seconds, 1, seconds.length);
        Arrays.sort(warm);
        System.out.printf(Locale.ROOT, "%s: %.2f s of processor time, %.2f s the first time (%d used)%n", what,
            warm[ROUNDS / 2], seconds[0], used);
    }

    private static long processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static Frame sleepstudy() throws IOException {
        final List<String> lines =
            Files.readAllLines(Path.of(System.getProperty("mixedmodels.tests")).resolve("data/sleepstudy.csv"));
        final List<String> header = List.of(lines.get(0).split(","));
        final FrameBuilder builder = new FrameBuilder(lines.size());
        final int reaction = builder.addNumeric("Reaction");
        final int days = builder.addNumeric("Days");
        final int subject = builder.addNominal("Subject");
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split(",");
            builder.number(reaction, Double.parseDouble(cells[header.indexOf("Reaction")]));
            builder.number(days, Double.parseDouble(cells[header.indexOf("Days")]));
            builder.text(subject, cells[header.indexOf("Subject")]);
            builder.endRow();
        }
        return builder.build();
    }
}
