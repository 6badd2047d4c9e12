package dev.mixedmodels.engine.numeric;

import java.util.Arrays;

/**
 * Rotates the rows of a matrix so that its first columns become upper triangular. The row with the largest entry of a
 * column becomes the next row of the triangle, so that rows may differ in size by any factor (weights, small
 * variances): the error of each is relative to its own size.
 * <p>
 * Source: Golub &amp; Van Loan, Matrix Computations, 4th ed., section 5.2; Cox &amp; Higham (1998) Numerical Algorithms
 * 17:327-341 (row-wise stability).
 */
public final class Householder {
    private Householder() {
    }

    /**
     * Reduces in place. Where there are fewer rows than columns to reduce, rows of zeros follow.
     *
     * @param a rows x width, row-major; on return the first q rows are [R T], those below have zeros in the first q
     *            columns; of length at least max(rows, q) * width
     * @param rows number of rows
     * @param width number of columns
     * @param q number of leading columns to reduce
     */
    public static void reduce(final double[] a, final int rows, final int width, final int q) {
        for (int c = 0; c < q; c++) {
            if (c >= rows) {
                Arrays.fill(a, c * width, (c + 1) * width, 0);
            } else {
                reflect(a, rows, width, c);
            }
        }
    }

    private static void reflect(final double[] a, final int rows, final int width, final int c) {
        int pivot = c;
        for (int i = c + 1; i < rows; i++) {
            pivot = Math.abs(a[i * width + c]) > Math.abs(a[pivot * width + c]) ? i : pivot;
        }
        final double largest = Math.abs(a[pivot * width + c]);
        if (pivot != c) {
            for (int j = 0; j < width; j++) {
                final double kept = a[c * width + j];
                a[c * width + j] = a[pivot * width + j];
                a[pivot * width + j] = kept;
            }
        }
        double tail = 0;
        for (int i = c + 1; i < rows; i++) {
            final double x = a[i * width + c] / largest;
            tail += x * x;
        }
        if (!(tail > 0)) {
            return;
        }
        // the reflector is (v, the column below) with v = x + sign(x) norm, its squared length 2 norm |v|
        final double norm = largest * Math.sqrt(1 + tail);
        final double x = a[c * width + c];
        final double v = x > 0 ? x + norm : x - norm;
        final double scale = 1 / (norm * Math.abs(v));
        for (int j = c + 1; j < width; j++) {
            double dot = v * a[c * width + j];
            for (int i = (c + 1) * width; i < rows * width; i += width) {
                dot += a[i + c] * a[i + j];
            }
            dot *= scale;
            a[c * width + j] -= dot * v;
            for (int i = (c + 1) * width; i < rows * width; i += width) {
                a[i + j] -= dot * a[i + c];
            }
        }
        a[c * width + c] = x > 0 ? -norm : norm;
        for (int i = c + 1; i < rows; i++) {
            a[i * width + c] = 0;
        }
    }
}
