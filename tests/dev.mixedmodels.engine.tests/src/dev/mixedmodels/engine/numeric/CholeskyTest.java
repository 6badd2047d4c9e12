package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CholeskyTest {
    /** Roundings of n products each; 1e-12 leaves room for the condition of G G' + I. */
    private static final double TOLERANCE = 1e-12;

    private static double[][] positiveDefinite(final int n, final Random random, final double scale) {
        final double[][] g = new double[n][n];
        for (final double[] row : g) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextGaussian();
            }
        }
        final double[][] a = Matrices.multiply(g, Matrices.transpose(g));
        for (int i = 0; i < n; i++) {
            a[i][i] += 1;
            for (int j = 0; j < n; j++) {
                a[i][j] *= scale;
            }
        }
        return a;
    }

    @Test
    void factorTimesItsTransposeIsTheMatrixAtAnyScale() {
        final Random random = new Random(1);
        for (int n = 0; n < 9; n++) {
            for (final double scale : new double[] {1e-200, 1, 1e200}) {
                final double[][] a = positiveDefinite(n, random, scale);
                final double[] l = Matrices.flat(a);
                assertTrue(Cholesky.factor(l, n));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        double sum = 0;
                        for (int k = 0; k <= j; k++) {
                            sum += l[i * n + k] * l[j * n + k];
                        }
                        assertEquals(a[i][j] / scale, sum / scale, TOLERANCE * (1 + n));
                    }
                }
            }
        }
    }

    @Test
    void solvesAndInverts() {
        final Random random = new Random(2);
        final int n = 6;
        final double[][] a = positiveDefinite(n, random, 1);
        final double[] x = random.doubles(n).toArray();
        final double[] b = Matrices.multiply(a, x);
        final double[] l = Matrices.flat(a);
        assertTrue(Cholesky.factor(l, n));
        Cholesky.solveLower(l, n, b);
        Cholesky.solveUpper(l, n, b);
        assertArrayEquals(x, b, TOLERANCE);
        final double[][] unit = Matrices.multiply(a, Matrices.inversePositiveDefinite(a));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(i == j ? 1 : 0, unit[i][j], TOLERANCE);
            }
        }
        double product = 1;
        for (final double value : Matrices.eigen(a).values()) {
            product *= value;
        }
        assertEquals(Math.log(product), Cholesky.logDeterminant(l, n), TOLERANCE);
    }

    @Test
    void notPositiveDefiniteIsAReturnValue() {
        assertFalse(Cholesky.factor(new double[] {1, 0, 2, 1}, 2));
        assertFalse(Cholesky.factor(new double[] {0}, 1));
        assertFalse(Cholesky.factor(new double[] {Double.NaN}, 1));
        assertFalse(Cholesky.factor(new double[] {Double.POSITIVE_INFINITY}, 1));
        assertNull(Matrices.inversePositiveDefinite(new double[][] {{1, 2}, {2, 1}}));
    }
}
