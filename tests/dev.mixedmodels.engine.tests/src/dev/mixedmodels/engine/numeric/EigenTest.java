package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EigenTest {
    /** Without being made symmetric such a matrix gets its eigenvalues in any order, or none within the iterations. */
    @Test
    void aMatrixThatIsSymmetricButForRoundingHasOrderedEigenvalues() {
        final int n = 8;
        final double[] u = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = Math.sin(i + 1);
        }
        final double norm = Matrices.dot(u, u);
        final double[][] a = new double[n][n];
        final double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = n - i;
        }
        // H D H for the reflection H = I - 2uu'/u'u: eigenvalues 1 to n
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    final double hik = (i == k ? 1 : 0) - 2 * u[i] * u[k] / norm;
                    final double hkj = (k == j ? 1 : 0) - 2 * u[k] * u[j] / norm;
                    a[i][j] += hik * (k + 1) * hkj;
                }
                a[i][j] += i > j ? 1e-9 : 0;
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(a);
        assertArrayEquals(expected, eigen.values(), 1e-8);
        for (int k = 0; k < n; k++) {
            final double[] v = eigen.vectors()[k];
            assertEquals(1, Matrices.dot(v, v), 1e-13);
            for (int i = 0; i < n; i++) {
                assertEquals(eigen.values()[k] * v[i], Matrices.dot(a[i], v), 2e-8); // the disturbance times sqrt(n)
            }
        }
    }

    /** 1, 1/2, 1/3; 1/2, 1, 1/4; 1/3, 1/4, 1 in any unit; the library alone gives three times 1 or no answer. */
    @Test
    void theUnitOfTheEntriesDoesNotMatter() {
        final double[][] one = {{1, 0.5, 1 / 3.0}, {0.5, 1, 0.25}, {1 / 3.0, 0.25, 1}};
        final double[] expected = Matrices.eigen(one).values();
        assertEquals(3, expected[0] + expected[1] + expected[2], 1e-14);
        for (final int exponent : new int[] {-1000, -700, -500, 500, 700, 1000}) {
            final double unit = Math.scalb(1.0, exponent);
            final double[][] a = Matrices.copy(one);
            for (final double[] row : a) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= unit;
                }
            }
            final double[] values = Matrices.eigen(a).values();
            for (int i = 0; i < values.length; i++) {
                assertEquals(expected[i], values[i] / unit, 1e-15);
            }
        }
    }

    @Test
    void entriesThatAreNegligibleOrNoNumbers() {
        for (double tiny = 1e-30; tiny > 0; tiny *= 1e-10) {
            assertArrayEquals(new double[] {1, 1}, Matrices.eigen(new double[][] {{1, tiny}, {tiny, 1}}).values(), 1e-14);
        }
        for (final double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertArrayEquals(new double[] {Double.NaN, Double.NaN},
                Matrices.eigen(new double[][] {{1, none}, {none, 1}}).values());
        }
    }
}
