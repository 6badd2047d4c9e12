package dev.mixedmodels.engine.likelihood;

/** Symmetric matrices as rows of their lower triangle, element (a, b), a &gt;= b, at a (a+1)/2 + b. */
public final class Packed {
    private Packed() {
    }

    /** The place of an element; a and b in any order. */
    static int at(final int a, final int b) {
        return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
    }

    /** to += factor * from. */
    static void add(final double[] to, final double factor, final double[] from) {
        add(factor, from, 0, to, 0, to.length);
    }

    /**
     * to += factor * from, over a stretch.
     *
     * @param factor a number
     * @param from array of the summands
     * @param fromStart where they begin
     * @param to array of the sums
     * @param toStart where they begin
     * @param length how many there are
     */
    public static void add(final double factor, final double[] from, final int fromStart, final double[] to,
        final int toStart, final int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += factor * from[fromStart + i];
        }
    }

    /** to += factor (x y' + y x') / 2, packed. */
    static void addProduct(final double factor, final double[] x, final int xStart, final double[] y,
        final int yStart, final int n, final double[] to, final int toStart) {
        for (int i = 0, at = toStart; i < n; at += ++i) {
            if (x == y && xStart == yStart) {
                add(factor * x[xStart + i], x, xStart, to, at, i + 1);
            } else {
                final double xi = factor * x[xStart + i] / 2;
                final double yi = factor * y[yStart + i] / 2;
                for (int j = 0; j <= i; j++) {
                    to[at + j] += xi * y[yStart + j] + yi * x[xStart + j];
                }
            }
        }
    }

    /**
     * to += factor X'Y, packed, for n columns of rows that are a stride apart whose X'Y is symmetric; two rows at a
     * time, for most of the time goes into reading and writing the sums.
     *
     * @param factor a number
     * @param x array with the rows of X
     * @param y array with the rows of Y
     * @param start where the first row begins in both
     * @param stride from one row to the next
     * @param rows how many there are
     * @param n columns
     * @param to array of the sums
     * @param toStart where they begin
     */
    public static void addProducts(final double factor, final double[] x, final double[] y, final int start,
        final int stride, final int rows, final int n, final double[] to, final int toStart) {
        int row = start;
        for (int r = 0; r + 1 < rows; r += 2, row += 2 * stride) {
            addTwo(factor, x, y, row, row + stride, n, to, toStart);
        }
        if (rows % 2 == 1) {
            for (int i = 0, at = toStart; i < n; at += ++i) {
                add(factor * x[row + i], y, row, to, at, i + 1);
            }
        }
    }

    private static void addTwo(final double factor, final double[] x, final double[] y, final int one, final int two,
        final int n, final double[] to, final int toStart) {
        for (int i = 0, at = toStart; i < n; at += ++i) {
            final double x1 = factor * x[one + i];
            final double x2 = factor * x[two + i];
            for (int j = 0; j <= i; j++) {
                to[at + j] += x1 * y[one + j] + x2 * y[two + j];
            }
        }
    }

    /** The trace of A'B, for flat matrices of one shape. */
    static double trace(final double[] a, final double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** factor times the full matrix, n x n row-major. */
    static double[] square(final double[] packed, final double factor, final int n) {
        final double[] square = new double[n * n];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j <= i; j++, at++) {
                square[i * n + j] = factor * packed[at];
                square[j * n + i] = square[i * n + j];
            }
        }
        return square;
    }

    /** A symmetric n x n matrix, those off the diagonal twice: {@link #trace} with a packed one is trace(A B). */
    static double[] weights(final double[] square, final int n) {
        final double[] weights = new double[n * (n + 1) / 2];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j <= i; j++, at++) {
                weights[at] = (i == j ? 1 : 2) * square[i * n + j];
            }
        }
        return weights;
    }
}
