package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.statistics.Grouping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must not change the answer, and what must change it in a known way. */
class MixedInvarianceTest {
    private static final int N = 400;
    /** Relative, design.md section 5. */
    private static final double TRANSFORMED = 1e-7;

    private static DenseMixedModel data() {
        return DenseMixedModel.random(21, N, 3, new int[] {2, 1},
            new int[][] {DenseMixedModel.drawn(22, N, 30), DenseMixedModel.drawn(23, N, 17)});
    }

    private static List<LinearStructure> structures(final RandomStructure first) {
        return List.of(first.of(2), RandomStructure.UNSTRUCTURED.of(1));
    }

    private static MixedFit fit(final DenseMixedModel data, final RandomStructure first) {
        return MixedFit.of(data.model(structures(first)),
            new EstimationSettings(true, 100, 1e-12), Progress.NONE);
    }

    private static double[] figures(final MixedFit fit) {
        final MixedInference inference = MixedInference.of(fit, Progress.NONE);
        final List<Double> all = new ArrayList<>();
        for (final double x : fit.beta()) {
            all.add(x);
        }
        for (int i = 0; i < fit.beta().length; i++) {
            all.add(Math.sqrt(fit.phi()[i][i]));
            final double[] l = new double[fit.beta().length];
            l[i] = 1;
            all.add(inference.satterthwaite().df(l));
        }
        for (final double x : inference.parameters()) {
            all.add(x);
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void assertClose(final double[] expected, final double[] actual, final double relative) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], relative * Math.max(Math.abs(expected[i]), 0.01), "figure " + i);
        }
    }

    @Test
    void theOrderOfRowsMatters1eMinus13AtMost() {
        final DenseMixedModel data = data();
        final List<Integer> order = new ArrayList<>(IntStream.range(0, N).boxed().toList());
        Collections.shuffle(order, new Random(5));
        final int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();
        final DenseMixedModel other = reordered(data, shuffled);
        final MixedFit a = fit(data, RandomStructure.UNSTRUCTURED);
        final MixedFit b = fit(other, RandomStructure.UNSTRUCTURED);
        assertEquals(a.criterion(), b.criterion(), 1e-13 * a.criterion());
        assertClose(a.beta(), b.beta(), 1e-13);
        // the differences that make the information amplify the last bits of the gradient
        assertClose(figures(a), figures(b), 1e-9);
        assertEquals(a.sigma2(), b.sigma2(), 1e-13 * a.sigma2());
    }

    private static DenseMixedModel reordered(final DenseMixedModel data, final int[] order) {
        final List<Grouping> groupings = data.groupings.stream().map(g -> new Grouping(g.name(),
            IntStream.of(order).map(i -> g.codes()[i]).toArray(), g.levels())).toList();
        return new DenseMixedModel(IntStream.of(order).mapToObj(i -> data.x[i]).toArray(double[][]::new),
            IntStream.of(order).mapToDouble(i -> data.y[i]).toArray(), groupings,
            data.z.stream().map(z -> IntStream.of(order).mapToObj(i -> z[i]).toArray(double[][]::new)).toList());
    }

    @Test
    void theOrderOfFactorsAndNumbersOfUnitsDoNotMatter() {
        final DenseMixedModel data = data();
        final double[] expected = figures(fit(data, RandomStructure.UNSTRUCTURED));
        final Grouping first = data.groupings.get(0);
        final Grouping renamed = new Grouping("g", IntStream.of(first.codes()).map(c -> 29 - c).toArray(), 30);
        final DenseMixedModel swapped = new DenseMixedModel(data.x, data.y,
            List.of(data.groupings.get(1), renamed), List.of(data.z.get(1), data.z.get(0)));
        final MixedFit fit = MixedFit.of(swapped.model(List.of(RandomStructure.UNSTRUCTURED.of(1), RandomStructure.UNSTRUCTURED.of(2))),
            new EstimationSettings(true, 100, 1e-12), Progress.NONE);
        final double[] actual = figures(fit);
        final int d = 9; // after beta, standard errors, degrees of freedom
        final double[] reordered = actual.clone();
        reordered[d] = actual[d + 1];
        reordered[d + 1] = actual[d + 2];
        reordered[d + 2] = actual[d + 3];
        reordered[d + 3] = actual[d];
        assertClose(expected, reordered, 1e-8);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        final DenseMixedModel data = DenseMixedModel.random(31, 6000, 2, new int[] {1, 1},
            new int[][] {DenseMixedModel.drawn(32, 6000, 700), DenseMixedModel.drawn(33, 6000, 150)});
        final DenseMixedModel one = DenseMixedModel.random(34, 20000, 2, new int[] {2},
            new int[][] {DenseMixedModel.drawn(35, 20000, 5000)});
        final double[][] results = new double[4][];
        for (int run = 0; run < 2; run++) {
            final ForkJoinPool pool = new ForkJoinPool(run == 0 ? 1 : 3);
            final int at = run;
            pool.submit(() -> {
                results[2 * at] = figures(MixedFit.of(data.model(List.of(RandomStructure.IDENTITY.of(1), RandomStructure.IDENTITY.of(1))),
                    new EstimationSettings(true, 100, 1e-12), Progress.NONE));
                results[2 * at + 1] = figures(MixedFit.of(one.model(List.of(RandomStructure.UNSTRUCTURED.of(2))),
                    new EstimationSettings(true, 100, 1e-12), Progress.NONE));
            }).join();
            pool.shutdown();
        }
        assertArrayEquals(results[0], results[2]);
        assertArrayEquals(results[1], results[3]);
    }

    @Test
    void aShiftedOrScaledResponseTransformsTheEstimates() {
        final DenseMixedModel data = data();
        final MixedFit plain = fit(data, RandomStructure.UNSTRUCTURED);
        for (final double scale : new double[] {1e-6, 1e6}) {
            final MixedFit scaled = fit(new DenseMixedModel(data.x,
                IntStream.range(0, N).mapToDouble(i -> scale * data.y[i]).toArray(), data.groupings, data.z),
                RandomStructure.UNSTRUCTURED);
            assertClose(plain.beta(), times(scaled.beta(), 1 / scale), TRANSFORMED);
            assertEquals(plain.sigma2(), scaled.sigma2() / scale / scale, TRANSFORMED * plain.sigma2());
        }
        final double shift = 1e6;
        final MixedFit shifted = fit(new DenseMixedModel(data.x,
            IntStream.range(0, N).mapToDouble(i -> data.y[i] + shift).toArray(), data.groupings, data.z),
            RandomStructure.UNSTRUCTURED);
        final double[] beta = shifted.beta();
        beta[0] -= shift;
        assertClose(plain.beta(), beta, TRANSFORMED);
        assertEquals(plain.sigma2(), shifted.sigma2(), TRANSFORMED * plain.sigma2());
        assertEquals(plain.covariance(0)[1][0], shifted.covariance(0)[1][0], TRANSFORMED);
    }

    private static double[] times(final double[] x, final double factor) {
        return IntStream.range(0, x.length).mapToDouble(i -> factor * x[i]).toArray();
    }

    @Test
    void aScaledSlopeScalesItsVarianceAndAShiftedOneIsTheSameFit() {
        final DenseMixedModel data = data();
        for (final RandomStructure structure : List.of(RandomStructure.UNSTRUCTURED, RandomStructure.DIAGONAL)) {
            final MixedFit plain = fit(data, structure);
            for (final double scale : new double[] {1e-4, 1e4}) {
                final MixedFit scaled = fit(slope(data, scale, 0), structure);
                assertEquals(plain.covariance(0)[1][1], scaled.covariance(0)[1][1] * scale * scale,
                    TRANSFORMED * plain.covariance(0)[1][1]);
                assertEquals(plain.criterion(), scaled.criterion(), 1e-10 * plain.criterion());
            }
        }
        final MixedFit plain = fit(data, RandomStructure.UNSTRUCTURED);
        final double shift = 2019.5; // the slope is zero in the year 0
        final MixedFit shifted = fit(slope(data, 1, shift), RandomStructure.UNSTRUCTURED);
        final double[][] d = plain.covariance(0);
        final double[][] e = shifted.covariance(0);
        assertEquals(plain.criterion(), shifted.criterion(), 1e-11 * plain.criterion());
        assertEquals(d[1][1], e[1][1], TRANSFORMED * d[1][1]);
        assertEquals(d[0][0] - 2 * shift * d[1][0] + shift * shift * d[1][1], e[0][0], TRANSFORMED * e[0][0]);
    }

    private static DenseMixedModel slope(final DenseMixedModel data, final double scale, final double shift) {
        final double[][] z = new double[N][];
        for (int i = 0; i < N; i++) {
            z[i] = new double[] {1, data.z.get(0)[i][1] * scale + shift};
        }
        return new DenseMixedModel(data.x, data.y, data.groupings, List.of(z, data.z.get(1)));
    }
}
