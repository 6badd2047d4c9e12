package dev.mixedmodels.engine.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of all correlations: operators against the dense matrix, in up to three dimensions. */
class ResidualStructureTest {
    private static final int N = 6;
    private static final int START = 1;
    private static final double[][] PLACES = {{0, 0, 0.4, 1.7, 2.4, 4.5, 4.7, 4.7, 5.7}, {0, 1, 0.3, 2.2, 0.9, 1, 3, 0, 1},
        {0, -1, 0.2, 0.5, 2, -0.7, 1.1, 0, 1}};

    /** Every structure in every number of dimensions, at a point of its own. */
    static Stream<Arguments> structures() {
        return Arrays.stream(ResidualStructure.values()).flatMap(structure -> IntStream.rangeClosed(0, 3)
            .filter(d -> CorrelationByFormula.isIn(structure, d)).mapToObj(d -> Arguments.of(structure, d)));
    }

    private static double[] point(final ResidualStructure structure) {
        final double[] psi = new double[structure.parameters().size()];
        Arrays.setAll(psi, k -> k > 0 ? 0.25 : structure.ordered() && !structure.overDistance() ? -0.6 : 0.3);
        return psi;
    }

    private static double[][] dense(final ResidualStructure structure, final double[] psi, final int dimensions) {
        final double[] values = CorrelationByFormula.values(structure, psi, N);
        final double[][] places = Arrays.copyOf(PLACES, dimensions);
        final double[][] r = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                r[i][j] = CorrelationByFormula.of(structure, values, places, START + i, START + j);
            }
        }
        return r;
    }

    /** Difference quotients of fourth order of the dense matrix by one parameter, or by two. */
    private static double[][] slope(final ResidualStructure structure, final double[] psi, final int dimensions,
        final int... parameters) {
        final double h = 1e-3;
        final double[][] slope = new double[N][N];
        final double[] weights = {1 / 12.0, -8 / 12.0, 8 / 12.0, -1 / 12.0};
        final int[] steps = {-2, -1, 1, 2};
        for (int s = 0; s < 4; s++) {
            final double[] moved = psi.clone();
            moved[parameters[0]] += steps[s] * h;
            final double[][] r = parameters.length == 1 ? dense(structure, moved, dimensions)
                : slope(structure, moved, dimensions, parameters[1]);
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    slope[i][j] += weights[s] * r[i][j] / h;
                }
            }
        }
        return slope;
    }

    private static double trace(final double[][] a, final double[][] b) {
        return Matrices.trace(a, Matrices.transpose(b));
    }

    private static void assertClose(final double[][] expected, final double[] actual, final double tolerance) {
        final double[] flat = Matrices.flat(expected);
        for (int i = 0; i < flat.length; i++) {
            assertEquals(flat[i], actual[i], tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void operatorsEqualThoseOfTheDenseMatrix(final ResidualStructure structure, final int dimensions) {
        final double[] psi = point(structure);
        final double[][] r = dense(structure, psi, dimensions);
        final double[][] inverse = Matrices.inversePositiveDefinite(r);
        final double[][] places = Arrays.copyOf(PLACES, dimensions);
        final SubjectCorrelation correlation = structure.at(psi, N, dimensions);
        correlation.prepare(places, START, N);
        final double[] factor = Matrices.flat(r);
        assertTrue(Cholesky.factor(factor, N));
        assertEquals(Cholesky.logDeterminant(factor, N), correlation.logDeterminant(), 1e-12);
        assertClose(r, structure.matrix(psi, N, places, START, N), 1e-14);
        final Random random = new Random(3);
        final double[] d = random.doubles(N).toArray();
        final double[] e = random.doubles(N).toArray();
        double hadamard = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                hadamard += d[i] * e[j] * r[i][j] * inverse[i][j];
            }
        }
        assertEquals(hadamard, correlation.hadamardTrace(d, e), 1e-12);
        factors(correlation, inverse, random);
        final int m = psi.length;
        for (int k = 0; k < m; k++) {
            final double[][] first = slope(structure, psi, dimensions, k);
            final double[][] scaled = Matrices.multiply(inverse, first);
            assertEquals(trace(inverse, first), correlation.slopeTrace(k), 1e-9);
            double diagonal = 0;
            for (int i = 0; i < N; i++) {
                diagonal += d[i] * scaled[i][i];
            }
            assertEquals(diagonal, correlation.slopeTrace(k, d), 1e-9);
            for (int l = 0; l < m; l++) {
                final double[][] other = slope(structure, psi, dimensions, l);
                final double[][] second = slope(structure, psi, dimensions, k, l);
                assertEquals(trace(scaled, Matrices.multiply(inverse, other)), correlation.squaredSlopeTrace(k, l), 1e-9);
                assertEquals(trace(inverse, second), correlation.curvatureTrace(k, l), 1e-6);
                derivatives(correlation, inverse, first, other, second, new int[] {k, l}, random);
            }
        }
    }

    private static void factors(final SubjectCorrelation correlation, final double[][] inverse, final Random random) {
        final int c = 2;
        final double[] x = random.doubles(N * c, -1, 1).toArray();
        final double[] white = x.clone();
        correlation.whiten(white, c);
        final double[] precise = white.clone();
        correlation.transposedWhiten(precise, c);
        assertClose(Matrices.multiply(inverse, square(x, c)), precise, 1e-12); // U'U x = R^-1 x
        final double[] back = white.clone();
        correlation.transposedWhiten(back, c);
        correlation.transposedUnwhiten(back, c);
        assertClose(square(white, c), back, 1e-12);
        correlation.unwhiten(white, c);
        assertClose(square(x, c), white, 1e-12);
    }

    private static void derivatives(final SubjectCorrelation correlation, final double[][] inverse, final double[][] first,
        final double[][] other, final double[][] second, final int[] parameters, final Random random) {
        final int c = 2;
        final double[] x = random.doubles(N * c, -1, 1).toArray();
        final double[][] columns = square(x, c);
        final double[] out = new double[N * c];
        correlation.precisionSlope(parameters[0], x, c, out);
        final double[][] slope = Matrices.multiply(Matrices.multiply(inverse, first), inverse);
        assertClose(Matrices.multiply(slope, columns), out, 1e-8);
        // (R^-1)_kl = R^-1 (R_k R^-1 R_l + R_l R^-1 R_k - R_kl) R^-1
        final double[][] half = Matrices.multiply(Matrices.multiply(slope, other), inverse);
        final double[][] curved = Matrices.multiply(Matrices.multiply(inverse, second), inverse);
        final double[][] curvature = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                curvature[i][j] = half[i][j] + half[j][i] - curved[i][j];
            }
        }
        correlation.precisionCurvature(parameters[0], parameters[1], x, c, out);
        assertClose(Matrices.multiply(curvature, columns), out, 1e-5);
    }

    private static double[][] square(final double[] x, final int c) {
        final double[][] rows = new double[x.length / c][c];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, i * c, rows[i], 0, c);
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(ResidualStructure.class)
    void reportedParametersAndTheirDerivativesAreThoseOfPsi(final ResidualStructure structure) {
        final Extent extent = new Extent(N, 0.2, 1, 5);
        for (final double shift : new double[] {-1, -0.3, 0.1, 0.5}) {
            final double[] psi = point(structure);
            if (psi.length > 0) {
                psi[0] += shift;
            }
            final List<Jet> jets = structure.values(psi, extent);
            final double[] expected = CorrelationByFormula.values(structure, psi, N);
            final double h = 1e-4;
            for (int k = 0; k < psi.length; k++) {
                assertEquals(expected[k], jets.get(k).value(), 1e-14);
                final CorrelationParameter parameter = structure.parameters().get(k);
                assertTrue(jets.get(k).value() > parameter.least(N) && jets.get(k).value() < parameter.most());
                for (int l = 0; l < psi.length; l++) {
                    final double[] up = psi.clone();
                    up[l] += h;
                    final double[] down = psi.clone();
                    down[l] -= h;
                    assertEquals((CorrelationByFormula.values(structure, up, N)[k]
                        - CorrelationByFormula.values(structure, down, N)[k]) / (2 * h), jets.get(k).first(l), 1e-7);
                    for (int m = 0; m < psi.length; m++) {
                        assertEquals((structure.values(up, extent).get(k).first(m)
                            - structure.values(down, extent).get(k).first(m)) / (2 * h), jets.get(k).second(l, m), 1e-7);
                    }
                }
            }
        }
    }

    /** Near the ends of its range R stays positive definite as long as rho is a double below 1. */
    @ParameterizedTest
    @EnumSource(value = ResidualStructure.class, names = "GAUSSIAN.*", mode = EnumSource.Mode.MATCH_NONE)
    void theEndsOfTheRangeAreHarmless(final ResidualStructure structure) {
        final Extent extent = new Extent(N, 0.2, 1, 5);
        for (final int sign : new int[] {-1, 1}) {
            final double[] psi = structure.bounds(sign, extent);
            Arrays.setAll(psi, k -> k == 0 ? structure.overDistance() ? psi[k] / 2 : psi[k] * 0.9 : 0.9 * psi[k] + 0.05);
            final SubjectCorrelation correlation = structure.at(psi, N, structure.overDistance() ? 1 : 0);
            correlation.prepare(PLACES, START, N);
            assertTrue(Double.isFinite(correlation.logDeterminant()));
            for (int k = 0; k < psi.length; k++) {
                assertTrue(Double.isFinite(correlation.squaredSlopeTrace(k, k)));
            }
        }
    }

    /** Many rows go another way: blocks on all cores. */
    @Test
    void manyRowsHaveTheSameOperatorsAsFew() {
        final int n = 150;
        final Random random = new Random(8);
        final double[][] places = {random.doubles(n).toArray(), random.doubles(n).toArray()};
        final double[] psi = {-1, 0.2};
        final ResidualStructure structure = ResidualStructure.EXPONENTIAL_NUGGET;
        final SubjectCorrelation correlation = structure.at(psi, n, 2);
        correlation.prepare(places, 0, n);
        final double[] r = structure.matrix(psi, n, places, 0, n);
        final double[] l = r.clone();
        assertTrue(Cholesky.factor(l, n));
        assertEquals(Cholesky.logDeterminant(l, n), correlation.logDeterminant(), 1e-11);
        final double[] inverse = Cholesky.inverse(l, n);
        final double[] first = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            first[i] = i % (n + 1) == 0 ? 0 : -r[i] / 0.8; // by the nugget
        }
        double trace = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                trace += inverse[i * n + j] * first[j * n + i];
            }
        }
        assertEquals(trace, correlation.slopeTrace(1), 1e-9);
        final double[] x = random.doubles(n).toArray();
        final double[] back = x.clone();
        correlation.whiten(back, 1);
        correlation.unwhiten(back, 1);
        assertArrayEquals(x, back, 1e-12);
    }
}
