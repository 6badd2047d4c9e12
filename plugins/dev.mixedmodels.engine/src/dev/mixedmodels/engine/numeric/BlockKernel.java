package dev.mixedmodels.engine.numeric;

/**
 * The inner loop of cache-blocked dense algebra: C -= A B, two rows of C and four rows of B at a time. The rows are
 * first copied into arrays of their own: only where every array has the same index does the compiler turn the loop into
 * vector instructions, and only while its body is this small. Every entry of C receives its summands in the same order
 * however the work is split by rows or columns. One object a task.
 */
final class BlockKernel {
    /** Most columns of B. */
    static final int COLUMNS = 256;
    /** Most rows of B; with so many columns they fit the second-level cache. */
    static final int DEPTH = 64;

    private final double[][] x = new double[DEPTH][COLUMNS];
    private final double[] y = new double[COLUMNS];
    private final double[] z = new double[COLUMNS];

    /**
     * C -= A B.
     *
     * @param c array with C, whose rows are {@code ldc} apart
     * @param c0 position of C's first entry
     * @param m rows of C and A, a multiple of 2
     * @param n columns of C and B
     * @param a array with A, m x depth, row-major, rows {@code lda} apart
     * @param a0 position of A's first entry
     * @param b array with B, depth x n, row-major, rows {@code ldb} apart
     * @param b0 position of B's first entry
     * @param depth columns of A, rows of B, a multiple of 4
     */
    void subtract(final double[] c, final int c0, final int ldc, final int m, final int n, final double[] a,
        final int a0, final int lda, final double[] b, final int b0, final int ldb, final int depth) {
        for (int k = 0; k < depth; k++) {
            System.arraycopy(b, b0 + k * ldb, x[k], 0, n);
        }
        for (int i = 0; i < m; i += 2) {
            final int row = c0 + i * ldc;
            System.arraycopy(c, row, y, 0, n);
            System.arraycopy(c, row + ldc, z, 0, n);
            for (int k = 0; k < depth; k += 4) {
                twoRows(y, z, n, a, a0 + i * lda + k, lda, x[k], x[k + 1], x[k + 2], x[k + 3]);
            }
            System.arraycopy(y, 0, c, row, n);
            System.arraycopy(z, 0, c, row + ldc, n);
        }
    }

    private static void twoRows(final double[] y, final double[] z, final int n, final double[] a, final int a0,
        final int lda, final double[] x0, final double[] x1, final double[] x2, final double[] x3) {
        final int a1 = a0 + lda;
        final double a00 = -a[a0];
        final double a01 = -a[a0 + 1];
        final double a02 = -a[a0 + 2];
        final double a03 = -a[a0 + 3];
        final double a10 = -a[a1];
        final double a11 = -a[a1 + 1];
        final double a12 = -a[a1 + 2];
        final double a13 = -a[a1 + 3];
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(a00, x0[j], Math.fma(a01, x1[j], Math.fma(a02, x2[j], Math.fma(a03, x3[j], y[j]))));
            z[j] = Math.fma(a10, x0[j], Math.fma(a11, x1[j], Math.fma(a12, x2[j], Math.fma(a13, x3[j], z[j]))));
        }
    }
}
