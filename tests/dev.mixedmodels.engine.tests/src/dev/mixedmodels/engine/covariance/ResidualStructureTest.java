package dev.mixedmodels.engine.covariance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.ResidualStructure.ParameterMap;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of all residual correlations: operators of O(n) against the dense matrix. */
class ResidualStructureTest {
    private static final int N = 6;
    private static final double[] GAPS = {0, 0, 0.4, 1.3, 0.7, 2.1, 0.2, 0, 1};
    private static final int START = 1;

    private static double[][] dense(final ResidualStructure structure, final double psi) {
        final double rho = structure.rho(psi, N).value();
        final double[][] r = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double time = 0;
                for (int k = Math.min(i, j) + 1; k <= Math.max(i, j); k++) {
                    time += GAPS[START + k];
                }
                r[i][j] = i == j ? 1 : switch (structure) {
                    case INDEPENDENT -> 0;
                    case AR1 -> Math.pow(rho, Math.abs(i - j));
                    case CONTINUOUS_AR1 -> Math.pow(rho, time);
                    case COMPOUND_SYMMETRY -> rho;
                };
            }
        }
        return r;
    }

    /** Difference quotients of the dense matrix of fourth order. */
    private static double[][] slope(final ResidualStructure structure, final double psi, final int order) {
        final double h = 1e-3;
        final double[][] slope = new double[N][N];
        final double[] weights = {1 / 12.0, -8 / 12.0, 8 / 12.0, -1 / 12.0};
        final int[] steps = {-2, -1, 1, 2};
        for (int s = 0; s < 4; s++) {
            final double[][] r = order == 1 ? dense(structure, psi + steps[s] * h)
                : slope(structure, psi + steps[s] * h, 1);
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
    @EnumSource(ResidualStructure.class)
    void operatorsEqualThoseOfTheDenseMatrix(final ResidualStructure structure) {
        final double psi = structure == ResidualStructure.AR1 ? -0.6 : 0.3;
        final double[][] r = dense(structure, psi);
        final double[][] first = slope(structure, psi, 1);
        final double[][] second = slope(structure, psi, 2);
        final double[][] inverse = Matrices.inversePositiveDefinite(r);
        final SubjectCorrelation correlation = structure.at(psi, N);
        correlation.prepare(GAPS, START, N);
        final double[] factor = Matrices.flat(r);
        assertTrue(Cholesky.factor(factor, N));
        assertEquals(Cholesky.logDeterminant(factor, N), correlation.logDeterminant(), 1e-12);
        final double[][] scaled = Matrices.multiply(inverse, first);
        assertEquals(trace(inverse, first), correlation.slopeTrace(), 1e-9);
        assertEquals(trace(scaled, scaled), correlation.squaredSlopeTrace(), 1e-9);
        assertEquals(trace(inverse, second), correlation.curvatureTrace(), 1e-6);
        final Random random = new Random(3);
        final double[] d = random.doubles(N).toArray();
        final double[] e = random.doubles(N).toArray();
        double hadamard = 0;
        double diagonal = 0;
        for (int i = 0; i < N; i++) {
            diagonal += d[i] * scaled[i][i];
            for (int j = 0; j < N; j++) {
                hadamard += d[i] * e[j] * r[i][j] * inverse[i][j];
            }
        }
        assertEquals(hadamard, correlation.hadamardTrace(d, e), 1e-12);
        assertEquals(diagonal, correlation.slopeTrace(d), 1e-9);
        blocks(correlation, inverse, first, second, random);
    }

    private static void blocks(final SubjectCorrelation correlation, final double[][] inverse,
        final double[][] first, final double[][] second, final Random random) {
        final int c = 2;
        final double[] x = random.doubles(N * c, -1, 1).toArray();
        final double[][] columns = new double[N][c];
        for (int i = 0; i < N; i++) {
            System.arraycopy(x, i * c, columns[i], 0, c);
        }
        final double[] white = x.clone();
        correlation.whiten(white, c);
        final double[] precise = white.clone();
        correlation.transposedWhiten(precise, c);
        assertClose(Matrices.multiply(inverse, columns), precise, 1e-12); // U'U x = R^-1 x
        final double[] back = white.clone();
        correlation.transposedWhiten(back, c);
        correlation.transposedUnwhiten(back, c);
        assertClose(square(white, c), back, 1e-12);
        final double[] out = new double[N * c];
        correlation.precisionSlope(x, c, out);
        final double[][] slope = Matrices.multiply(Matrices.multiply(inverse, first), inverse);
        assertClose(Matrices.multiply(slope, columns), out, 1e-8);
        // (R^-1)'' = 2 R^-1 R' R^-1 R' R^-1 - R^-1 R'' R^-1
        final double[][] twice = Matrices.multiply(Matrices.multiply(slope, first), inverse);
        final double[][] curved = Matrices.multiply(Matrices.multiply(inverse, second), inverse);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                twice[i][j] = 2 * twice[i][j] - curved[i][j];
            }
        }
        correlation.precisionCurvature(x, c, out);
        assertClose(Matrices.multiply(twice, columns), out, 1e-5);
    }

    private static double[][] square(final double[] x, final int c) {
        final double[][] rows = new double[x.length / c][c];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, i * c, rows[i], 0, c);
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(value = ResidualStructure.class, names = "INDEPENDENT", mode = EnumSource.Mode.EXCLUDE)
    void rhoAndItsDerivativesAreThoseOfPsi(final ResidualStructure structure) {
        for (final double psi : new double[] {-2, -0.3, 0.1, 1.4}) {
            final ParameterMap rho = structure.rho(psi, N);
            final double h = 1e-4;
            final ParameterMap up = structure.rho(psi + h, N);
            final ParameterMap down = structure.rho(psi - h, N);
            assertEquals((up.value() - down.value()) / (2 * h), rho.first(), 1e-7);
            assertEquals((up.first() - down.first()) / (2 * h), rho.second(), 1e-7);
            assertEquals(psi, structure.psi(rho.value(), N), 1e-9);
            assertTrue(rho.value() > structure.least(N) && rho.value() < 1);
        }
    }

    /** Near the ends of its range R stays positive definite as long as rho is a double below 1. */
    @ParameterizedTest
    @EnumSource(ResidualStructure.class)
    void theEndsOfTheRangeAreHarmless(final ResidualStructure structure) {
        for (final double psi : new double[] {-8, 8}) {
            final double use = structure == ResidualStructure.CONTINUOUS_AR1 ? psi / 2 : psi;
            final SubjectCorrelation correlation = structure.at(use, N);
            correlation.prepare(GAPS, START, N);
            assertTrue(Double.isFinite(correlation.logDeterminant()));
            assertTrue(Double.isFinite(correlation.squaredSlopeTrace()));
        }
    }
}
