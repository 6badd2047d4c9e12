package dev.mixedmodels.engine.numeric;

/**
 * Cholesky factor L of a symmetric positive definite matrix A = L L', on flat row-major arrays of length n * n. Only
 * the lower triangle is read and written. "Not positive definite" is a return value, for optimisers meet it often.
 */
public final class Cholesky {
    private Cholesky() {
    }

    /**
     * Factors in place.
     *
     * @param a n x n, row-major; lower triangle: A on entry, L on return
     * @param n number of rows
     * @return whether all pivots were positive and finite; if not, the contents of {@code a} are of no use
     */
    public static boolean factor(final double[] a, final int n) {
        for (int i = 0; i < n; i++) {
            final int ri = i * n;
            for (int j = 0; j <= i; j++) {
                final int rj = j * n;
                double sum = a[ri + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[ri + k] * a[rj + k];
                }
                if (i > j) {
                    a[ri + j] = sum / a[rj + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    a[ri + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * @param l factor, n x n row-major
     * @param n number of rows
     * @return log |A| = 2 sum log l_ii
     */
    public static double logDeterminant(final double[] l, final int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(l[i * n + i]);
        }
        return 2 * sum;
    }

    /**
     * Solves L x = b in place.
     *
     * @param l factor, n x n row-major
     * @param n number of rows
     * @param b right-hand side on entry, x on return; length at least n
     */
    public static void solveLower(final double[] l, final int n, final double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * n + k] * b[k];
            }
            b[i] = sum / l[i * n + i];
        }
    }

    /**
     * Solves L' x = b in place.
     *
     * @param l factor, n x n row-major
     * @param n number of rows
     * @param b right-hand side on entry, x on return; length at least n
     */
    public static void solveUpper(final double[] l, final int n, final double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= l[i * n + i];
            for (int k = 0; k < i; k++) {
                b[k] -= l[i * n + k] * b[i];
            }
        }
    }

    /**
     * The inverse of A from its factor.
     *
     * @param l factor, n x n row-major
     * @param n number of rows
     * @return A^-1, n x n row-major, both triangles
     */
    public static double[] inverse(final double[] l, final int n) {
        final double[] m = new double[n * n]; // L^-1, lower
        for (int j = 0; j < n; j++) {
            m[j * n + j] = 1 / l[j * n + j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= l[i * n + k] * m[k * n + j];
                }
                m[i * n + j] = sum / l[i * n + i];
            }
        }
        final double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += m[k * n + i] * m[k * n + j];
                }
                inverse[i * n + j] = sum;
                inverse[j * n + i] = sum;
            }
        }
        return inverse;
    }
}
