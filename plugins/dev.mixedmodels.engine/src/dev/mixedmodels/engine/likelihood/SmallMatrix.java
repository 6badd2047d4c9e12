package dev.mixedmodels.engine.likelihood;

/** Products of small square matrices, flat and row-major. */
final class SmallMatrix {
    private SmallMatrix() {
    }

    /** a b, n x n. */
    static double[] multiply(final double[] a, final double[] b, final int n) {
        final double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                final double x = a[i * n + k];
                for (int j = 0; j < n; j++) {
                    product[i * n + j] += x * b[k * n + j];
                }
            }
        }
        return product;
    }

    /** a b', n x n. */
    static double[] multiplyTransposed(final double[] a, final double[] b, final int n) {
        final double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += a[i * n + k] * b[j * n + k];
                }
                product[i * n + j] = sum;
            }
        }
        return product;
    }

    /** trace(a b). */
    static double traceOfProduct(final double[] a, final double[] b, final int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum += a[i * n + j] * b[j * n + i];
            }
        }
        return sum;
    }

    /** x' a y. */
    static double bilinear(final double[] a, final double[] x, final double[] y) {
        final int n = x.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += a[i * n + j] * y[j];
            }
            sum += x[i] * row;
        }
        return sum;
    }
}
