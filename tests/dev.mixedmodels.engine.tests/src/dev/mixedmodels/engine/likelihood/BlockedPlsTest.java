package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The criterion and its derivatives from cross-products against the definition with the n x n matrix V. */
class BlockedPlsTest {
    private static final int N = 90;

    /** Codes of an inner factor, each unit of which lies in one of outer. */
    private static int[] outer(final int[] inner, final int perUnit) {
        final int[] codes = new int[inner.length];
        Arrays.setAll(codes, i -> inner[i] / perUnit);
        return codes;
    }

    static Stream<Arguments> designs() {
        final int[] a = DenseMixedModel.drawn(1, N, 24);
        final int[] b = DenseMixedModel.drawn(2, N, 7);
        final int[] c = DenseMixedModel.drawn(3, N, 30);
        final int[][] few = {DenseMixedModel.drawn(4, N, 45), DenseMixedModel.drawn(5, N, 44)};
        final int[] remainder = Arrays.stream(a).map(unit -> unit % 5).toArray();
        final int[] partly = a.clone();
        for (int i = 0; i < N; i += 9) {
            partly[i] = (partly[i] + 4) % 24; // some rows are of another class than the rest of their pupil
        }
        return Stream.of(
            Arguments.of("one factor", new int[][] {b}, new int[] {2}),
            Arguments.of("nested", new int[][] {a, outer(a, 4)}, new int[] {1, 1}),
            Arguments.of("nested, outer first", new int[][] {outer(a, 8), outer(a, 4), a}, new int[] {2, 1, 1}),
            Arguments.of("nested, five levels", new int[][] {c, outer(c, 2), outer(c, 4), outer(c, 8), outer(c, 16)},
                new int[] {1, 1, 1, 1, 1}),
            Arguments.of("nested with slopes", new int[][] {a, outer(a, 6)}, new int[] {2, 3}),
            Arguments.of("crossed", new int[][] {b, a}, new int[] {1, 1}),
            Arguments.of("crossed three", new int[][] {a, b, c}, new int[] {1, 1, 1}),
            Arguments.of("crossed with slopes", new int[][] {c, b}, new int[] {2, 2}),
            Arguments.of("partly crossed", new int[][] {a, outer(partly, 4)}, new int[] {1, 1}),
            Arguments.of("nested and crossed", new int[][] {a, outer(a, 4), c}, new int[] {2, 1, 1}),
            Arguments.of("nested in two that are crossed", new int[][] {a, outer(a, 4), remainder}, new int[] {1, 1, 1}),
            Arguments.of("crossed, few rows a unit", few, new int[] {1, 1}),
            Arguments.of("crossed, few rows a unit, with slopes", few, new int[] {1, 2}),
            Arguments.of("the same units twice", new int[][] {a, a.clone(), b}, new int[] {1, 1, 1}));
    }

    private static List<LinearStructure> structures(final int[] q) {
        final List<LinearStructure> structures = new ArrayList<>();
        for (int k = 0; k < q.length; k++) {
            structures.add(q[k] == 3 ? StructureAlgebra.directSum(
                List.of(RandomStructure.UNSTRUCTURED.of(2), RandomStructure.DIAGONAL.of(1)))
                : (k % 2 == 0 ? RandomStructure.UNSTRUCTURED : RandomStructure.DIAGONAL).of(q[k]));
        }
        return structures;
    }

    private static double[] random(final long seed, final int m, final boolean boundary) {
        final Random random = new Random(seed);
        final double[] theta = random.doubles(m, 0.2, 1.5).toArray();
        for (int a = 0; boundary && a < m; a += 2) {
            theta[a] = 0;
        }
        return theta;
    }

    /** The criterion at theta by the definition, the residual variance at its best. */
    private static double dense(final DenseMixedModel data, final MixedModel model, final double[] theta,
        final boolean reml) {
        final MeanFit solution = point(model, theta, reml).mean();
        final double nu = reml ? N - data.fixedEffects() : N;
        final double sigma2 = solution.r2() / nu;
        final AffineCoordinates coordinates = model.covariance().coordinates();
        final double[][] lambda = RelativeFactors.parts(data.randomEffects(), coordinates.at(theta));
        final List<double[][]> d = new ArrayList<>();
        for (int k = 0; k < lambda.length; k++) {
            final int q = data.randomEffects()[k];
            final double[][] back = Matrices.square(model.coordinates().effectsBack(k), q);
            d.add(Matrices.sandwich(Matrices.multiply(back, Matrices.square(lambda[k], q)), unit(q, sigma2)));
        }
        final double c = model.coordinates().responseScale();
        return data.criterion(d, sigma2 * c * c, reml);
    }

    private static MixedPoint point(final MixedModel model, final double[] theta, final boolean reml) {
        final AffineCoordinates coordinates = model.covariance().coordinates();
        final boolean[] none = new boolean[theta.length];
        return model.statistics().at(new Minimum(coordinates, coordinates.at(theta),
            new Optimum(theta, Double.NaN, new double[theta.length], none, none, 0, 0, true), List.of()), reml);
    }

    private static double[][] unit(final int q, final double factor) {
        final double[][] unit = new double[q][q];
        for (int i = 0; i < q; i++) {
            unit[i][i] = factor;
        }
        return unit;
    }

    private static Objective criterion(final MixedModel model, final boolean reml) {
        return model.statistics().likelihood(reml, Progress.NONE).profiled(model.covariance().coordinates());
    }

    private static double own(final MixedModel model, final double[] theta, final boolean reml) {
        return criterion(model, reml).value(theta, null, null)
            + 2 * (model.rows() - (reml ? 3 : 0)) * Math.log(model.coordinates().responseScale());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("designs")
    void theCriterionEqualsTheDefinitionAtAnyTheta(final String name, final int[][] codes, final int[] q) {
        final DenseMixedModel data = DenseMixedModel.random(5, N, 3, q, codes);
        final MixedModel model = data.model(structures(q));
        final int m = model.covariance().coordinates().size();
        for (int seed = 0; seed < 4; seed++) {
            final double[] theta = random(seed, m, seed > 1);
            for (final boolean reml : new boolean[] {true, false}) {
                final double expected = dense(data, model, theta, reml);
                assertEquals(expected, own(model, theta, reml), 1e-10 * Math.abs(expected), name);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("designs")
    void gradientAndHessianEqualDifferences(final String name, final int[][] codes, final int[] q) {
        final DenseMixedModel data = DenseMixedModel.random(6, N, 3, q, codes);
        final MixedModel model = data.model(structures(q));
        final int m = model.covariance().coordinates().size();
        final double[] theta = random(11, m, false);
        for (final boolean reml : new boolean[] {true, false}) {
            final Objective criterion = criterion(model, reml);
            final double[] gradient = new double[m];
            criterion.value(theta, gradient, null);
            for (int a = 0; a < m; a++) {
                final double h = 1e-5;
                final double[] up = theta.clone();
                final double[] down = theta.clone();
                up[a] += h;
                down[a] -= h;
                // central differences lose half the digits of a value near 500
                assertEquals((criterion.value(up, null, null) - criterion.value(down, null, null)) / (2 * h),
                    gradient[a], 1e-6, name + " " + a);
            }
            hessian(name, model, theta, reml);
        }
    }

    /** By theta and log sigma2: differences of the gradient of the criterion in F and log sigma2, taken on theta. */
    private static void hessian(final String name, final MixedModel model, final double[] theta, final boolean reml) {
        final int m = theta.length;
        final MixedPoint point = point(model, theta, reml);
        final double[][] own = point.hessian(Progress.NONE);
        // with one effect a unit all of it is exact, else it is made of differences itself
        final double tolerance = Arrays.stream(model.coordinates().effects()).allMatch(q -> q == 1) ? 1e-7 : 1e-5;
        final double nu = N - (reml ? 3 : 0);
        final double logScale = Math.log(point.mean().r2() / nu);
        final double[] at = Arrays.copyOf(theta, m + 1);
        at[m] = logScale;
        for (int a = 0; a <= m; a++) {
            final double h = 2e-5;
            final double[] up = at.clone();
            final double[] down = at.clone();
            up[a] += h;
            down[a] -= h;
            final double[] above = gradient(model, up, reml);
            final double[] below = gradient(model, down, reml);
            for (int b = 0; b <= m; b++) {
                final double expected = (above[b] - below[b]) / (2 * h);
                assertEquals(expected, own[a][b], tolerance * Math.max(1, Math.abs(expected)), name + a + b);
            }
        }
    }

    /** Of the criterion by (theta, log sigma2), from that by (F = exp(log sigma2 / 2) Lambda, log sigma2). */
    private static double[] gradient(final MixedModel model, final double[] at, final boolean reml) {
        final int m = at.length - 1;
        final double root = Math.exp(at[m] / 2);
        final double[] x = Arrays.stream(at).map(theta -> theta * root).toArray();
        x[m] = at[m];
        final CovarianceModel covariance = model.covariance();
        final double[] gradient = new double[m + 1];
        model.statistics().likelihood(reml, Progress.NONE)
            .absolute(covariance.coordinates(covariance.random().directions(), 1)).value(x, gradient, null);
        for (int a = 0; a < m; a++) {
            gradient[m] += gradient[a] * x[a] / 2;
            gradient[a] *= root;
        }
        return gradient;
    }

    @Test
    void withOneFactorBothAlgorithmsAgree() {
        final int[] codes = DenseMixedModel.drawn(4, N, 12);
        final DenseMixedModel data = DenseMixedModel.random(8, N, 3, new int[] {2}, new int[][] {codes});
        final MixedModel grouped =
            data.model(List.of(RandomStructure.UNSTRUCTURED.of(2)));
        final MixedModel blocked = grouped.with(new BlockedStatistics(
            data.products(grouped.coordinates())));
        final double[] theta = {0.8, -0.3, 0.5};
        final MixedPoint own = point(grouped, theta, true);
        final MixedPoint other = point(blocked, theta, true);
        assertEquals(own.mean().logDetV(), other.mean().logDetV(), 1e-11);
        assertEquals(own.mean().r2(), other.mean().r2(), 1e-11 * own.mean().r2());
        final double[][][] basis = {{{1, 0, 0, 0}, {0, 1, 1, 0}, {0, 0, 0, 1}}};
        final CovarianceCrossProducts p = own.crossProducts(basis, Progress.NONE);
        final CovarianceCrossProducts q = other.crossProducts(basis, Progress.NONE);
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < 4; l++) {
                assertEquals(p.traces()[k][l], q.traces()[k][l], 1e-9 * Math.abs(p.traces()[k][l]));
                for (int i = 0; i < 3; i++) {
                    assertEquals(p.p()[k][i][i], q.p()[k][i][i], -1e-9 * p.p()[k][i][i]);
                    for (int j = 0; j < 3; j++) {
                        assertEquals(p.q()[k][l][i][j], (q.q()[k][l][i][j] + q.q()[k][l][j][i]) / 2,
                            1e-9 * Math.sqrt(p.q()[k][k][i][i] * p.q()[l][l][j][j]));
                    }
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < 9; i++) {
                assertEquals(own.informationDerivatives()[a][i], other.informationDerivatives()[a][i], 1e-10 * N);
            }
        }
        final double[][] effects = effects(own, 12);
        final double[][] others = effects(other, 12);
        for (int unit = 0; unit < 12; unit++) {
            assertArrayEquals(effects[unit], others[unit], 1e-11);
        }
    }

    /** Predictions, their variance and how they depend on the mean, unit by unit. */
    private static double[][] effects(final MixedPoint point, final int units) {
        final double[][] effects = new double[units][];
        point.unitEffects(0, (unit, blup, conditional, onFixed) -> effects[unit] = Stream.of(blup, conditional, onFixed)
            .flatMapToDouble(Arrays::stream).toArray());
        return effects;
    }

    /** The room for the factor is shared, the points must not be. */
    @Test
    void aPointStaysWhatItIsWhenOthersAreComputed() {
        final DenseMixedModel data = DenseMixedModel.random(12, N, 3, new int[] {1, 1},
            new int[][] {DenseMixedModel.drawn(1, N, 9), DenseMixedModel.drawn(2, N, 7)});
        final MixedModel model = data.model(structures(new int[] {1, 1}));
        final BlockedStatistics statistics = (BlockedStatistics) model.statistics();
        final BlockedPls pls = statistics.pls(model.covariance().coordinates(), true);
        final BlockedPoint alone = pls.at(new double[] {0.7, 1.1});
        final double[] gradient = alone.gradient().r2();
        final double[][] effects = effects(alone, 9);
        final BlockedPoint point = pls.at(new double[] {0.7, 1.1 + 1e-300}); // the same numbers
        final BlockedPoint before = pls.at(new double[] {0.2, 0.3});
        final BlockedPoint other = statistics.pls(model.covariance().coordinates(), true).at(new double[] {2, 3});
        assertArrayEquals(gradient, point.gradient().r2(), 0);
        other.gradient();
        before.gradient();
        assertArrayEquals(gradient, alone.gradient().r2(), 0);
        assertArrayEquals(effects, effects(alone, 9));
        assertArrayEquals(effects, effects(point, 9));
    }

    @Test
    void nestedFactorsDoNotFillIn() {
        final int[] inner = DenseMixedModel.drawn(9, N, 40);
        final DenseMixedModel data = DenseMixedModel.random(9, N, 2, new int[] {1, 1, 1},
            new int[][] {outer(inner, 8), inner, outer(inner, 2)});
        final BlockedCrossProducts products = data.products(null);
        final UnitGraph graph = UnitGraph.of(products);
        final SymbolicFactor symbolic = new SymbolicFactor(products, graph, EliminationOrder.of(products, graph));
        assertEquals(0, symbolic.coreSize());
        assertEquals(graph.neighbours().length / 2, symbolic.linked.length);
    }

    @Test
    void aFewUnitsThatShareRowsWithManyFormTheDenseCore() {
        final DenseMixedModel data = DenseMixedModel.random(10, 4000, 2, new int[] {1, 1},
            new int[][] {DenseMixedModel.drawn(1, 4000, 500), DenseMixedModel.drawn(2, 4000, 60)});
        final int core = new BlockedStatistics(data.products(null)).factor.symbolic.coreSize();
        assertTrue(core <= 60 && core >= 40, "core of " + core);
    }
}
