package dev.mixedmodels.engine.numeric;

/**
 * Cholesky factor and inverse of one large symmetric positive definite matrix, in place, blocked for the caches and
 * computed on all cores. Each entry is computed by one task in a fixed order, so the result is the same for any number
 * of threads.
 * <p>
 * Source: Golub &amp; Van Loan, Matrix Computations, 4th ed., sections 4.2.5 and 4.2.6 (block outer product form).
 */
public final class BlockedCholesky {
    private static final int BLOCK = BlockKernel.DEPTH;
    private static final int ROWS_PER_TASK = 64;
    private static final int STEP = 16; // rows that are solved for without the kernel

    private final int size;
    private final int n;
    private final double[] a;
    private final double[] panel;
    private final double[] rowBlock;

    /**
     * @param size number of rows and columns
     */
    public BlockedCholesky(final int size) {
        this.size = size;
        n = (size + 7) / 8 * 8; // padded by an identity block, so that kernels need no remainders
        a = new double[Math.multiplyExact(n, n)];
        panel = new double[BLOCK * n];
        rowBlock = new double[BLOCK * n];
    }

    /**
     * @return the matrix by rows, {@link #stride} apart; only entries (i, j) with j &lt;= i count, the rest is scratch
     */
    public double[] entries() {
        return a;
    }

    /**
     * @return distance of rows in {@link #entries()}
     */
    public int stride() {
        return n;
    }

    /** Sets all entries to 0, ready for a new matrix to be added up. */
    public void clear() {
        java.util.Arrays.fill(a, 0);
        for (int i = size; i < n; i++) {
            a[i * n + i] = 1;
        }
    }

    /**
     * Replaces the matrix by its factor L.
     *
     * @return whether all pivots were positive and finite
     */
    public boolean factor() {
        for (int k = 0; k < n; k += BLOCK) {
            final int depth = Math.min(BLOCK, n - k);
            if (!factorDiagonal(k, depth)) {
                return false;
            }
            final int first = k + depth;
            final int columns = n - first;
            if (columns == 0) {
                break;
            }
            final int chunks = (columns + BlockKernel.COLUMNS - 1) / BlockKernel.COLUMNS;
            final int from = k;
            Parallel.forEach(chunks, c -> {
                final int begin = c * BlockKernel.COLUMNS;
                solvePanel(from, depth, first, begin, Math.min(columns, begin + BlockKernel.COLUMNS));
            });
            final int strips = (columns + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
            Parallel.forEach(strips, s -> updateRows(from, depth, first, strips - 1 - s));
        }
        return true;
    }

    private boolean factorDiagonal(final int k, final int depth) {
        for (int i = k; i < k + depth; i++) {
            for (int j = k; j <= i; j++) {
                double sum = a[i * n + j];
                for (int m = k; m < j; m++) {
                    sum -= a[i * n + m] * a[j * n + m];
                }
                if (i > j) {
                    a[i * n + j] = sum / a[j * n + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    a[i * n + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** L_ik = A_ik L_kk^-T for rows i below the diagonal block, kept transposed in the panel as well. */
    private void solvePanel(final int k, final int depth, final int first, final int begin, final int end) {
        for (int i = begin; i < end; i++) {
            for (int m = 0; m < depth; m++) {
                panel[m * n + i] = a[(first + i) * n + k + m];
            }
        }
        solveRows(new BlockKernel(), panel, begin, depth, end - begin, a, k * n + k);
        for (int i = begin; i < end; i++) {
            for (int m = 0; m < depth; m++) {
                a[(first + i) * n + k + m] = panel[m * n + i];
            }
        }
    }

    /** A_ij -= L_ik L_jk' for one strip of rows and all columns j up to its diagonal. */
    private void updateRows(final int k, final int depth, final int first, final int strip) {
        final int begin = strip * ROWS_PER_TASK;
        final int rows = Math.min(ROWS_PER_TASK, n - first - begin);
        final int columns = begin + rows;
        final BlockKernel kernel = new BlockKernel();
        for (int j = 0; j < columns; j += BlockKernel.COLUMNS) {
            kernel.subtract(a, (first + begin) * n + first + j, n, rows,
                Math.min(BlockKernel.COLUMNS, columns - j), a, (first + begin) * n + k, n, panel, j, n, depth);
        }
    }

    /**
     * @return log |A| = 2 sum log l_ii, after {@link #factor}
     */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.log(a[i * n + i]);
        }
        return 2 * sum;
    }

    /**
     * Solves L x = b in place, after {@link #factor}.
     *
     * @param b array with the right-hand side
     * @param at position of its first entry
     */
    public void solveLower(final double[] b, final int at) {
        for (int i = 0; i < size; i++) {
            final int row = i * n;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int k = 0;
            for (; k + 3 < i; k += 4) {
                s0 += a[row + k] * b[at + k];
                s1 += a[row + k + 1] * b[at + k + 1];
                s2 += a[row + k + 2] * b[at + k + 2];
                s3 += a[row + k + 3] * b[at + k + 3];
            }
            for (; k < i; k++) {
                s0 += a[row + k] * b[at + k];
            }
            b[at + i] = (b[at + i] - (s0 + s1 + (s2 + s3))) / a[row + i];
        }
    }

    /**
     * Solves L' x = b in place, after {@link #factor}.
     *
     * @param b array with the right-hand side
     * @param at position of its first entry
     */
    public void solveUpper(final double[] b, final int at) {
        for (int i = size - 1; i >= 0; i--) {
            final int row = i * n;
            final double x = b[at + i] / a[row + i];
            b[at + i] = x;
            for (int k = 0; k < i; k++) {
                b[at + k] -= x * a[row + k];
            }
        }
    }

    /** Replaces the factor L by A^-1, lower triangle. */
    public void invert() {
        invertFactor();
        for (int k = 0; k < n; k += BLOCK) {
            multiplyBlock(k, Math.min(BLOCK, n - k));
        }
    }

    /** W = L^-1 by block rows: W_ij = -L_ii^-1 sum_{j <= k < i} L_ik W_kj. */
    private void invertFactor() {
        for (int i = 0; i < n; i += BLOCK) {
            final int first = i;
            final int rows = Math.min(BLOCK, n - i);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(a, (first + r) * n, rowBlock, r * n, first + r + 1);
                java.util.Arrays.fill(a, (first + r) * n, (first + r) * n + first + rows, 0);
                a[(first + r) * n + first + r] = 1;
            }
            final int columns = first + rows;
            final int chunks = (columns + BlockKernel.COLUMNS - 1) / BlockKernel.COLUMNS;
            Parallel.forEach(chunks, c -> {
                final int begin = c * BlockKernel.COLUMNS;
                invertRows(first, rows, begin, Math.min(columns, begin + BlockKernel.COLUMNS));
            });
        }
    }

    private void invertRows(final int first, final int rows, final int begin, final int end) {
        final BlockKernel kernel = new BlockKernel();
        for (int k = begin; k < first; k += BLOCK) {
            // W_kj vanishes for columns j beyond block k
            kernel.subtract(a, first * n + begin, n, rows, Math.min(end, k + BLOCK) - begin, rowBlock, k, n, a,
                k * n + begin, n, BLOCK);
        }
        solveRows(kernel, a, first * n + begin, rows, end - begin, rowBlock, first);
    }

    /** X becomes L^-1 X, rows of both n apart: some rows of L at a time, what is left of them by the kernel. */
    private void solveRows(final BlockKernel kernel, final double[] x, final int x0, final int rows, final int columns,
        final double[] l, final int l0) {
        for (int b = 0; b < rows; b += STEP) {
            final int size = Math.min(STEP, rows - b);
            kernel.subtract(x, x0 + b * n, n, size, columns, l, l0 + b * n, n, x, x0, n, b);
            for (int r = b; r < b + size; r++) {
                final int row = x0 + r * n;
                for (int m = b; m < r; m++) {
                    final double factor = l[l0 + r * n + m];
                    final int other = x0 + m * n;
                    for (int j = 0; j < columns; j++) {
                        x[row + j] -= factor * x[other + j];
                    }
                }
                final double pivot = l[l0 + r * n + r];
                for (int j = 0; j < columns; j++) {
                    x[row + j] /= pivot;
                }
            }
        }
    }

    /** One block row of W'W, whose rows above it are of W no longer: S_ij = sum_{k >= i} W_ki' W_kj for j <= i. */
    private void multiplyBlock(final int i, final int rows) {
        final int depth = n - i;
        // A = -W_ki' transposed into rows, so that the kernel's subtraction adds
        final double[] left = panel;
        for (int k = 0; k < depth; k++) {
            for (int r = 0; r < rows; r++) {
                left[r * n + k] = k >= r ? -a[(i + k) * n + i + r] : 0;
            }
        }
        final int columns = i + rows;
        for (int r = 0; r < rows; r++) {
            System.arraycopy(a, (i + r) * n, rowBlock, r * n, i + r + 1);
            java.util.Arrays.fill(rowBlock, r * n + i + r + 1, r * n + columns, 0);
            java.util.Arrays.fill(a, (i + r) * n, (i + r) * n + columns, 0);
        }
        final int chunks = (columns + BlockKernel.COLUMNS - 1) / BlockKernel.COLUMNS;
        Parallel.forEach(chunks, c -> {
            final int begin = c * BlockKernel.COLUMNS;
            final int width = Math.min(columns, begin + BlockKernel.COLUMNS) - begin;
            final BlockKernel kernel = new BlockKernel();
            kernel.subtract(a, i * n + begin, n, rows, width, left, 0, n, rowBlock, begin, n, rows);
            for (int k = rows; k < depth; k += BLOCK) {
                kernel.subtract(a, i * n + begin, n, rows, width, left, k, n, a, (i + k) * n + begin, n,
                    Math.min(BLOCK, depth - k));
            }
        });
    }
}
