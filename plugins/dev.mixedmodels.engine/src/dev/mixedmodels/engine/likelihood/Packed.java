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

    /** As a full matrix. */
    static double[][] full(final double[] packed, final int start, final int n) {
        final double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = packed[start + at(i, j)];
            }
        }
        return a;
    }
}
