package dev.mixedmodels.engine.numeric;

/**
 * The inner loop of cache-blocked dense algebra: C -= A B for four rows of C at a time and four rows of B at a time,
 * running along the rows so that the compiler turns it into vector instructions. Every entry of C receives its
 * summands in the same order however the work is split by rows or columns.
 */
final class BlockKernel {
    /** Number of columns of B that fit the second-level cache together with the depth of a block. */
    static final int COLUMNS = 256;

    private BlockKernel() {
    }

    /**
     * C -= A B.
     *
     * @param c array with C, whose rows are {@code ldc} apart
     * @param c0 position of C's first entry
     * @param m rows of C and A, a multiple of 4
     * @param n columns of C and B
     * @param a array with A, m x depth, row-major, rows {@code lda} apart
     * @param a0 position of A's first entry
     * @param b array with B, depth x n, row-major, rows {@code ldb} apart
     * @param b0 position of B's first entry
     * @param depth columns of A, rows of B, a multiple of 4
     */
    static void subtract(final double[] c, final int c0, final int ldc, final int m, final int n, final double[] a,
        final int a0, final int lda, final double[] b, final int b0, final int ldb, final int depth) {
        for (int i = 0; i < m; i += 4) {
            for (int k = 0; k < depth; k += 4) {
                quad(c, c0 + i * ldc, ldc, n, a, a0 + i * lda + k, lda, b, b0 + k * ldb, ldb);
            }
        }
    }

    private static void quad(final double[] c, final int c0, final int ldc, final int n, final double[] a,
        final int a0, final int lda, final double[] b, final int b0, final int ldb) {
        final int a1 = a0 + lda;
        final int a2 = a1 + lda;
        final int a3 = a2 + lda;
        final double a00 = -a[a0];
        final double a01 = -a[a0 + 1];
        final double a02 = -a[a0 + 2];
        final double a03 = -a[a0 + 3];
        final double a10 = -a[a1];
        final double a11 = -a[a1 + 1];
        final double a12 = -a[a1 + 2];
        final double a13 = -a[a1 + 3];
        final double a20 = -a[a2];
        final double a21 = -a[a2 + 1];
        final double a22 = -a[a2 + 2];
        final double a23 = -a[a2 + 3];
        final double a30 = -a[a3];
        final double a31 = -a[a3 + 1];
        final double a32 = -a[a3 + 2];
        final double a33 = -a[a3 + 3];
        final int c1 = c0 + ldc;
        final int c2 = c1 + ldc;
        final int c3 = c2 + ldc;
        final int b1 = b0 + ldb;
        final int b2 = b1 + ldb;
        final int b3 = b2 + ldb;
        for (int j = 0; j < n; j++) {
            final double x0 = b[b0 + j];
            final double x1 = b[b1 + j];
            final double x2 = b[b2 + j];
            final double x3 = b[b3 + j];
            c[c0 + j] = Math.fma(a00, x0, Math.fma(a01, x1, Math.fma(a02, x2, Math.fma(a03, x3, c[c0 + j]))));
            c[c1 + j] = Math.fma(a10, x0, Math.fma(a11, x1, Math.fma(a12, x2, Math.fma(a13, x3, c[c1 + j]))));
            c[c2 + j] = Math.fma(a20, x0, Math.fma(a21, x1, Math.fma(a22, x2, Math.fma(a23, x3, c[c2 + j]))));
            c[c3 + j] = Math.fma(a30, x0, Math.fma(a31, x1, Math.fma(a32, x2, Math.fma(a33, x3, c[c3 + j]))));
        }
    }
}
