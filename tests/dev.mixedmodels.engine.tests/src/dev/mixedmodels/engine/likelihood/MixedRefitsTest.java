package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.bootstrap.ParametricBootstrap;
import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.bootstrap.Refits.Refit;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits to other responses from cross-products. */
class MixedRefitsTest {
    private static MixedDesign design(final Frame frame, final String formula) {
        return MixedDesign.of(frame, ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT.withWeights("w"), new Warnings()),
            part -> RandomStructure.UNSTRUCTURED);
    }

    private static Refits refits(final MixedDesign mixed, final boolean reml) {
        final MixedFit fit = MixedFit.of(mixed.model(false, Progress.NONE),
            new EstimationSettings(reml, 200, 1e-12), Progress.NONE);
        return new MixedRefits(fit, mixed, f -> new double[] {f.covariance(0)[0][0], f.sigma2()}, Progress.NONE);
    }

    private static Frame frame(final String data, final String nominal) {
        final Frame frame = GoldenFrame.of(TestData.read(data), Set.of(nominal.split(" ")));
        final double[] weights = new double[frame.rows()];
        Arrays.setAll(weights, i -> 0.5 + i % 3);
        return frame.with(new NumericColumn("w", weights));
    }

    private static void same(final double expected, final double found, final double tolerance) {
        assertEquals(expected, found, tolerance * Math.max(1e-3, Math.abs(expected)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"sleepstudy; Subject; Reaction ~ Days + (1 + Days | Subject); Reaction",
        "orthodont; Subject Sex; distance ~ age * Sex + (1 | Subject); distance",
        "pastes; batch cask sample; strength ~ 1 + (1 | batch/cask); strength",
        "penicillin; plate sample; diameter ~ 1 + (1 | plate) + (1 | sample); diameter"})
    void aRefitIsTheFitOfATableWithThatResponse(final String data, final String nominal, final String formula,
        final String response) {
        final Frame frame = frame(data, nominal);
        for (final boolean reml : new boolean[] {true, false}) {
            final Refits refits = refits(design(frame, formula), reml);
            final Refits.Worker worker = refits.worker();
            for (int seed = 1; seed <= 4; seed++) {
                final double[] y = refits.draw(new Sampler(seed));
                final Refit found = worker.fit(y);
                final Refit expected =
                    refits(design(frame.with(new NumericColumn(response, y)), formula), reml).own();
                assertTrue(found.converged());
                same(expected.criterion(), found.criterion(), 1e-9);
                for (int k = 0; k < expected.coefficients().length; k++) {
                    same(expected.coefficients()[k], found.coefficients()[k], 1e-6);
                }
                for (int k = 0; k < expected.parameters().length; k++) {
                    // the likelihood is flat at its maximum: half of the digits of the criterion
                    assertEquals(expected.parameters()[k], found.parameters()[k], 1e-5 * expected.parameters()[1]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"sleepstudy; Subject; Reaction ~ Days + (1 + Days | Subject)",
        "penicillin; plate sample; diameter ~ 1 + (1 | plate) + (1 | sample)"})
    void theNumberOfThreadsDoesNotMatter(final String data, final String nominal, final String formula) throws Exception {
        final Refits refits = refits(design(frame(data, nominal), formula), true);
        final double[][] results = new double[2][];
        for (int i = 0; i < 2; i++) {
            final ForkJoinPool pool = new ForkJoinPool(i == 0 ? 1 : 4);
            results[i] = pool.submit(() -> Arrays.stream(ParametricBootstrap.run(refits, List.of(refits), 50, 7, Progress.NONE))
                .mapToDouble(fits -> fits[0].criterion()).toArray()).get();
            pool.shutdown();
        }
        assertArrayEquals(results[0], results[1]);
    }

    /** Means of estimates over replicates are near the truth: 4 Monte Carlo standard errors. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void replicatesAreAboutTheEstimates(final long seed) {
        final Refits refits = refits(design(frame("sleepstudy", "Subject"), "Reaction ~ Days + (1 + Days | Subject)"), true);
        final Refit truth = refits.own();
        final Refit[][] fits = ParametricBootstrap.run(refits, List.of(refits), 500, seed, Progress.NONE);
        for (int k = 0; k < 2; k++) {
            final int at = k;
            near(truth.coefficients()[k], Arrays.stream(fits).mapToDouble(f -> f[0].coefficients()[at]).toArray());
        }
        near(truth.parameters()[1], Arrays.stream(fits).mapToDouble(f -> f[0].parameters()[1]).toArray());
    }

    private static void near(final double expected, final double... values) {
        final double mean = Arrays.stream(values).average().orElseThrow();
        final double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
        assertEquals(expected, mean, 4 * Math.sqrt(variance / values.length));
    }
}
