package dev.mixedmodels.engine.numeric;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * Small dense matrices as {@code double[rows][columns]}: the sizes of inference (coefficients, covariance parameters),
 * not of data.
 */
public final class Matrices {
    /** Part of the largest entry below which another one changes no eigenvalue. */
    private static final double NEGLIGIBLE = 1e-60;

    private Matrices() {
    }

    /**
     * @param a m x k
     * @param b k x n
     * @return a b, m x n
     */
    public static double[][] multiply(final double[][] a, final double[][] b) {
        final int n = b.length == 0 ? 0 : b[0].length;
        final double[][] product = new double[a.length][n];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                final double aik = a[i][k];
                for (int j = 0; j < n; j++) {
                    product[i][j] += aik * b[k][j];
                }
            }
        }
        return product;
    }

    /**
     * @param a m x n
     * @param x length n
     * @return a x, length m
     */
    public static double[] multiply(final double[][] a, final double[] x) {
        final double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = dot(a[i], x);
        }
        return product;
    }

    /**
     * @param x length n
     * @param y length n; what is beyond does not count
     * @return x'y
     */
    public static double dot(final double[] x, final double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /**
     * @param a m x n
     * @param factor a number
     * @return factor a, a new matrix
     */
    public static double[][] scaled(final double[][] a, final double factor) {
        final double[][] b = copy(a);
        for (final double[] row : b) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return b;
    }

    /**
     * @param to a matrix, which another one is added to
     * @param from the other one, of the same size
     */
    public static void add(final double[][] to, final double[][] from) {
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < to[i].length; j++) {
                to[i][j] += from[i][j];
            }
        }
    }

    /**
     * @param x a vector, whose elements are divided
     * @param by number that they are divided by
     */
    public static void divide(final double[] x, final double by) {
        for (int i = 0; i < x.length; i++) {
            x[i] /= by;
        }
    }

    /**
     * Measures rows and columns of a square matrix in other units.
     *
     * @param a a_ij; becomes a_ij s_i s_j
     * @param s scales
     */
    public static void rescale(final double[][] a, final double[] s) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                a[i][j] *= s[i] * s[j];
            }
        }
    }

    /**
     * @param a m x n
     * @return a', n x m
     */
    public static double[][] transpose(final double[][] a) {
        final int n = a.length == 0 ? 0 : a[0].length;
        final double[][] t = new double[n][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < n; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    /**
     * @param a n x n
     * @param x length n
     * @param y length n
     * @return x' a y
     */
    public static double bilinear(final double[][] a, final double[] x, final double[] y) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += x[i] * dot(a[i], y);
        }
        return sum;
    }

    /**
     * @param l q x p
     * @param a p x p
     * @return l a l', q x q; 0 if p is 0
     */
    public static double[][] sandwich(final double[][] l, final double[][] a) {
        return a.length == 0 ? new double[l.length][l.length] : multiply(multiply(l, a), transpose(l));
    }

    /**
     * @param a m x n
     * @param b m x n
     * @return trace(a b') = sum of products of entries; for symmetric matrices trace(a b)
     */
    public static double trace(final double[][] a, final double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += dot(a[i], b[i]);
        }
        return sum;
    }

    /**
     * @param a any matrix
     * @return a copy of it
     */
    public static double[][] copy(final double[][] a) {
        final double[][] c = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            c[i] = a[i].clone();
        }
        return c;
    }

    /**
     * @param a m x n
     * @return its entries row by row
     */
    public static double[] flat(final double[][] a) {
        final int n = a.length == 0 ? 0 : a[0].length;
        final double[] f = new double[a.length * n];
        for (int i = 0; i < a.length; i++) {
            System.arraycopy(a[i], 0, f, i * n, n);
        }
        return f;
    }

    /**
     * @param f n * n entries row by row
     * @param n number of rows
     * @return the same as an array of rows
     */
    public static double[][] square(final double[] f, final int n) {
        final double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = Arrays.copyOfRange(f, i * n, (i + 1) * n);
        }
        return a;
    }

    /**
     * @param upper an upper triangular matrix
     * @return its inverse
     */
    public static double[][] inverseUpper(final double[][] upper) {
        final int n = upper.length;
        final double[][] inverse = new double[n][n];
        for (int j = 0; j < n; j++) {
            inverse[j][j] = 1 / upper[j][j];
            for (int i = j - 1; i >= 0; i--) {
                double sum = 0;
                for (int k = i + 1; k <= j; k++) {
                    sum -= upper[i][k] * inverse[k][j];
                }
                inverse[i][j] = sum / upper[i][i];
            }
        }
        return inverse;
    }

    /**
     * The inverse of a symmetric positive definite matrix, after scaling it to unit diagonal so that units of the rows
     * do not matter.
     *
     * @param a n x n
     * @return its inverse, or null if a is not positive definite
     */
    public static double[][] inversePositiveDefinite(final double[][] a) {
        final int n = a.length;
        final double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = 1 / Math.sqrt(a[i][i]);
        }
        final double[] f = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                f[i * n + j] = a[i][j] * scale[i] * scale[j];
            }
        }
        if (!Cholesky.factor(f, n)) {
            return null;
        }
        final double[][] inverse = square(Cholesky.inverse(f, n), n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] *= scale[i] * scale[j];
            }
        }
        return inverse;
    }

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix. The library's decomposition knows an absolute zero and fails
     * where squares of entries leave the range of numbers, so it is given entries near 1 and none that is negligible.
     *
     * @param a n x n, symmetric but for rounding
     * @return eigenvalues in falling order with their vectors; NaN eigenvalues if an entry is NaN or infinite
     */
    public static Eigen eigen(final double[][] a) {
        final int n = a.length;
        double largest = 0;
        for (final double[] row : a) {
            for (final double value : row) {
                largest = Math.max(largest, Math.abs(value)); // NaN stays
            }
        }
        final int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        final double[][] symmetric = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                final double value = (Math.scalb(a[i][j], -exponent) + Math.scalb(a[j][i], -exponent)) / 2;
                symmetric[i][j] = Math.abs(value) < NEGLIGIBLE ? 0 : value;
            }
        }
        if (!Double.isFinite(largest)) {
            final double[] none = new double[n];
            Arrays.fill(none, Double.NaN);
            return new Eigen(none, MatrixUtils.createRealIdentityMatrix(n).getData());
        }
        final EigenDecomposition d = new EigenDecomposition(new Array2DRowRealMatrix(symmetric));
        final double[] values = d.getRealEigenvalues();
        for (int i = 0; i < n; i++) {
            values[i] = Math.scalb(values[i], exponent);
        }
        return new Eigen(values, transpose(d.getV().getData()));
    }

    /**
     * Eigenvalues and vectors of a symmetric matrix.
     *
     * @param values n eigenvalues, largest first
     * @param vectors n rows, row i the unit eigenvector of value i
     */
    public record Eigen(double[] values, double[][] vectors) {
    }
}
