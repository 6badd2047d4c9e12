package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CorrelationByFormula;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectLikelihoodTest {
    private static final int P = 3;

    /** Every residual structure with 0 to 3 random effects and with no, one and two variance parameters. */
    static Stream<Arguments> models() {
        return Arrays.stream(ResidualStructure.values()).flatMap(structure -> Stream.of(0, 1, 2, 3).flatMap(
            q -> Stream.of(0, 1, 2).flatMap(variances -> Stream.of(true, false).map(
                reml -> Arguments.of(structure, q, variances, reml)))));
    }

    /** Random theta: D, its rank below q if asked, eta with psi at the end, s. */
    private record Point(double[][] d, double[] factor, double[] eta, double s) {
        static Point random(final SubjectSeries data, final Random random, final int rank) {
            final int q = data.q();
            final double[] factor = new double[q * q];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < rank; j++) {
                    factor[i * q + j] = (i == j ? 1 : 0) + random.nextGaussian() / 4;
                }
            }
            final double[][] f = Matrices.square(factor, q);
            final double[] eta = random.doubles(data.residualParameters(), -0.7, 0.7).toArray();
            if (data.structure() == ResidualStructure.GAUSSIAN) {
                eta[eta.length - 1] -= 0.7; // so smooth that a longer range leaves the dense matrix few digits
            }
            if (data.structure().nugget()) {
                eta[eta.length - 1] = 0.3 + eta[eta.length - 1] / 4;
            }
            return new Point(Matrices.multiply(f, Matrices.transpose(f)), factor, eta, 0.5 + random.nextDouble());
        }

        /** The jet's parameters moved by x: the elements of D / s, eta, log s. Only full rank can be moved. */
        Point moved(final SubjectSeries data, final double[] x) {
            final double scale = s * Math.exp(x[x.length - 1]);
            final double[][] moved = new double[d.length][d.length];
            int k = 0;
            for (int a = 0; a < d.length; a++) {
                for (int b = 0; b <= a; b++, k++) {
                    moved[a][b] = scale * (d[a][b] / s + x[k]);
                    moved[b][a] = moved[a][b];
                }
            }
            final double[] etaMoved = eta.clone();
            for (int i = 0; i < eta.length; i++) {
                etaMoved[i] += x[k + i];
            }
            final double[] l = Matrices.flat(moved);
            final boolean regular = Cholesky.factor(l, d.length);
            for (int a = 0; a < d.length; a++) {
                Arrays.fill(l, a * d.length + a + 1, (a + 1) * d.length, regular ? 0 : Double.NaN);
            }
            return new Point(moved, l, etaMoved, scale);
        }
    }

    private static SubjectSeries rows(final ResidualStructure structure, final int q, final int variances,
        final Random random) {
        final int[] starts = {0, 1, 5, 8, 10, 16};
        final int n = starts[starts.length - 1];
        final double[] values = random.doubles(n * (q + P + 1), -1, 1).toArray();
        for (int i = 0; q > 0 && i < n; i++) {
            values[i * (q + P + 1)] = 1;
        }
        final double[][] positions = new double[structure == ResidualStructure.CONTINUOUS_AR1 ? 1
            : structure.overDistance() ? 1 + q % 3 : 0][n];
        for (int i = 0; i < n; i++) {
            for (final double[] coordinate : positions) {
                coordinate[i] = (i == 0 ? 0 : coordinate[i - 1]) + 0.2 + 1.8 * random.nextDouble();
            }
        }
        final double[][] exponents = new double[variances][];
        for (int k = 0; k < variances; k++) {
            exponents[k] = k == 0 ? random.doubles(n, -1, 1).toArray()
                : random.ints(n, 0, 2).asDoubleStream().toArray();
        }
        return new SubjectSeries(q, P, values, starts, structure, positions, exponents);
    }

    private static CovarianceJet jet(final SubjectSeries data, final Point at, final int order) {
        return CovarianceJet.of(data.sum(scaleFactor(at), at.eta, order, Progress.NONE), data.rows()).scaled(at.s);
    }

    /** F of D / s. */
    private static double[] scaleFactor(final Point at) {
        return Arrays.stream(at.factor).map(x -> x / Math.sqrt(at.s)).toArray();
    }

    @ParameterizedTest
    @MethodSource("models")
    void valueEqualsThatOfTheDenseCovarianceMatrix(final ResidualStructure structure, final int q,
        final int variances, final boolean reml) {
        final Random random = new Random(7);
        final SubjectSeries data = rows(structure, q, variances, random);
        for (int rank = 0; rank <= q; rank++) {
            final Point at = Point.random(data, random, rank);
            final double expected = DenseCriterion.value(data, dense(data, at), reml);
            assertEquals(expected, new GaussianCriterion(jet(data, at, 0), reml).value(), 1e-11 * Math.abs(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientAndHessianEqualDifferencesOfTheDenseCriterion(final ResidualStructure structure, final int q,
        final int variances, final boolean reml) {
        final Random random = new Random(8);
        final SubjectSeries data = rows(structure, q, variances, random);
        for (int rank = Math.min(1, q); rank <= q; rank++) {
            final Point at = Point.random(data, random, rank);
            final GaussianCriterion criterion = new GaussianCriterion(jet(data, at, 2), reml);
            final double[] gradient = criterion.gradient();
            final double[] zero = new double[gradient.length];
            final Function<double[], Double> f =
                x -> DenseCriterion.value(data, dense(data, at.moved(data, x)), reml);
            // differences of order h^4 with h = 1e-3: rounding 1e-12, truncation 1e-10 for curvatures up to 100
            for (int k = 0; k < gradient.length; k++) {
                assertEquals(slope(f, zero, k, 1e-3), gradient[k], 1e-7 * (1 + Math.abs(gradient[k])));
            }
            final double[][] hessian = criterion.hessian();
            for (int k = 0; rank == q && k < gradient.length; k++) {
                for (int l = 0; l <= k; l++) {
                    final int other = l;
                    final double expected =
                        slope(x -> new GaussianCriterion(jet(data, at.moved(data, x), 1), reml).gradient()[other],
                            zero, k, 1e-3);
                    assertEquals(expected, hessian[k][l], 1e-7 * (1 + Math.abs(expected)));
                }
            }
        }
    }

    /** tr(P V_k P V_l), P = V^-1 - V^-1 X phi X'V^-1, with V_k by differences of the dense V. */
    @ParameterizedTest
    @MethodSource("models")
    void expectedInformationEqualsThatOfTheDenseMatrices(final ResidualStructure structure, final int q,
        final int variances, final boolean reml) {
        final Random random = new Random(9);
        final SubjectSeries data = rows(structure, q, variances, random);
        final Point at = Point.random(data, random, q);
        final double[][] actual = new GaussianCriterion(jet(data, at, 2), reml).expectedHessian();
        final double[][][] pv = new double[actual.length][][];
        final double[][] projection = DenseCriterion.projection(data, dense(data, at), reml);
        for (int k = 0; k < pv.length; k++) {
            pv[k] = Matrices.multiply(projection, derivative(data, at, k));
        }
        for (int k = 0; k < pv.length; k++) {
            for (int l = 0; l < pv.length; l++) {
                final double expected = Matrices.trace(pv[k], Matrices.transpose(pv[l]));
                assertEquals(expected, actual[k][l], 1e-7 * (1 + Math.abs(expected)));
            }
        }
    }

    private static double[][] dense(final SubjectSeries data, final Point at) {
        final double[] psi = Arrays.copyOfRange(at.eta, data.exponents().length, at.eta.length);
        return DenseCriterion.covariance(data, at.d,
            CorrelationByFormula.values(data.structure(), psi, data.maxRows()), at.eta, at.s);
    }

    private static double[][] derivative(final SubjectSeries data, final Point at, final int k) {
        final double h = 1e-5;
        final double[] x = new double[data.q() * (data.q() + 1) / 2 + at.eta.length + 1];
        x[k] = h;
        final double[][] up = dense(data, at.moved(data, x));
        x[k] = -h;
        final double[][] down = dense(data, at.moved(data, x));
        for (int i = 0; i < up.length; i++) {
            for (int j = 0; j < up.length; j++) {
                up[i][j] = (up[i][j] - down[i][j]) / (2 * h);
            }
        }
        return up;
    }

    private static double slope(final Function<double[], Double> f, final double[] at, final int k, final double h) {
        final double[] x = at.clone();
        double sum = 0;
        final double[] weights = {1 / 12.0, -8 / 12.0, 8 / 12.0, -1 / 12.0};
        final int[] steps = {-2, -1, 1, 2};
        for (int i = 0; i < 4; i++) {
            x[k] = at[k] + steps[i] * h;
            sum += weights[i] * f.apply(x);
        }
        return sum / h;
    }

    @Test
    void threadsDoNotChangeABit() throws Exception {
        final Random random = new Random(9);
        final int subjects = 3000;
        final int[] starts = new int[subjects + 1];
        for (int i = 0; i < subjects; i++) {
            starts[i + 1] = starts[i] + 1 + random.nextInt(6);
        }
        final int n = starts[subjects];
        final SubjectSeries data = new SubjectSeries(2, P, random.doubles(n * (2 + P + 1), -1, 1).toArray(), starts,
            ResidualStructure.CONTINUOUS_AR1, new double[][] {IntStream.range(0, n).asDoubleStream().map(Math::sqrt).toArray()},
            new double[0][]);
        final Point at = Point.random(data, random, 2);
        final double[] one = on(1, data, at);
        assertArrayEquals(one, on(2, data, at));
        assertArrayEquals(one, on(7, data, at));
    }

    private static double[] on(final int threads, final SubjectSeries data, final Point at) throws Exception {
        final ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> new GaussianCriterion(jet(data, at, 1), true).gradient()).get();
        } finally {
            pool.shutdown();
        }
    }
}
