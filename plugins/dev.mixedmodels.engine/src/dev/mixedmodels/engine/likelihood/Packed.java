package dev.mixedmodels.engine.likelihood;

/** Symmetric matrices as rows of their lower triangle, element (a, b), a &gt;= b, at a (a+1)/2 + b. */
final class Packed {
    private Packed() {
    }

    /** The place of an element; a and b in any order. */
    static int at(final int a, final int b) {
        return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
    }

    /** to += factor * from, over a stretch. */
    static void add(final double factor, final double[] from, final int fromStart, final double[] to,
        final int toStart, final int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += factor * from[fromStart + i];
        }
    }

    /** to += factor (x y' + y x') / 2, packed. */
    static void addProduct(final double factor, final double[] x, final int xStart, final double[] y,
        final int yStart, final int n, final double[] to, final int toStart) {
        int at = toStart;
        if (x == y && xStart == yStart) {
            for (int i = 0; i < n; i++) {
                final double xi = factor * x[xStart + i];
                for (int j = 0; j <= i; j++) {
                    to[at++] += xi * x[xStart + j];
                }
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            final double xi = factor * x[xStart + i] / 2;
            final double yi = factor * y[yStart + i] / 2;
            for (int j = 0; j <= i; j++) {
                to[at++] += xi * y[yStart + j] + yi * x[xStart + j];
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
