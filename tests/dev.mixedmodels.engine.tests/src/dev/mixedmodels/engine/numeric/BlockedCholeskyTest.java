package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedCholeskyTest {

    private static double[] positiveDefinite(final int n) {
        final Random random = new Random(n);
        final double[][] g = new double[n][n + 3];
        for (final double[] row : g) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextGaussian();
            }
        }
        final double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] = (i == j ? 1 : 0) + Matrices.dot(g[i], g[j]) / n;
            }
        }
        return a;
    }

    private static BlockedCholesky of(final double[] a, final int n) {
        final BlockedCholesky cholesky = new BlockedCholesky(n);
        cholesky.clear();
        for (int i = 0; i < n; i++) {
            System.arraycopy(a, i * n, cholesky.entries(), i * cholesky.stride(), i + 1);
        }
        return cholesky;
    }

    private static double[] lower(final BlockedCholesky cholesky, final int n) {
        final double[] lower = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(cholesky.entries(), i * cholesky.stride(), lower, i * n, i + 1);
        }
        return lower;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 63, 64, 65, 130, 333})
    void factorSolutionsAndInverseEqualThoseOfTheSimpleAlgorithm(final int n) {
        final double[] a = positiveDefinite(n);
        final double[] simple = a.clone();
        assertTrue(Cholesky.factor(simple, n));
        final BlockedCholesky blocked = of(a, n);
        assertTrue(blocked.factor());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                assertEquals(simple[i * n + j], blocked.entries()[i * blocked.stride() + j], 1e-13 * n);
            }
        }
        assertEquals(Cholesky.logDeterminant(simple, n), blocked.logDeterminant(), 1e-13 * n);
        final double[] x = new Random(1).doubles(n + 2).toArray(); // solved in place from position 2
        final double[] y = java.util.Arrays.copyOfRange(x, 2, n + 2);
        blocked.solveLower(x, 2);
        blocked.solveUpper(x, 2);
        Cholesky.solveLower(simple, n, y);
        Cholesky.solveUpper(simple, n, y);
        assertArrayEquals(y, java.util.Arrays.copyOfRange(x, 2, n + 2), 1e-13 * n);
        blocked.invert();
        final double[] inverse = Cholesky.inverse(simple, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                assertEquals(inverse[i * n + j], blocked.entries()[i * blocked.stride() + j], 1e-13 * n);
            }
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsReportedNotThrown() {
        final double[] a = positiveDefinite(100);
        a[80 * 100 + 80] = -1;
        assertFalse(of(a, 100).factor());
        a[80 * 100 + 80] = Double.NaN;
        assertFalse(of(a, 100).factor());
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        final int n = 600;
        final double[] a = positiveDefinite(n);
        final double[][] results = new double[2][];
        for (int threads = 1; threads <= 4; threads += 3) {
            final ForkJoinPool pool = new ForkJoinPool(threads);
            final int index = threads / 4;
            pool.submit(() -> {
                final BlockedCholesky cholesky = of(a, n);
                cholesky.factor();
                cholesky.invert();
                results[index] = lower(cholesky, n);
            }).join();
            pool.shutdown();
        }
        assertArrayEquals(results[0], results[1]);
    }
}
