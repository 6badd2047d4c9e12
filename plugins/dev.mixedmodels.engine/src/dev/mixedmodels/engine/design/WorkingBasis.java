package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An orthogonal basis W = X T of the columns of X with W'W = N I over the fitted rows, or W'diag(w)W = N I with weights
 * w of the rows. Working with W instead of X, no offset, scale or near-collinearity of covariates (years and their
 * squares) costs digits: X beta = W gamma, where beta = T gamma. With an intercept the first column of W is constant as
 * well: 1, or the root of N / sum w with weights.
 */
public final class WorkingBasis implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] shift;
    private final double[][] triangle;
    private final double[][] combinations; // its columns, each as far as the diagonal
    private final double[][] t;
    private final double logDeterminant;

    /**
     * @param products cross-products of the columns of X, from all fitted rows
     * @param cholesky their factor, which says what columns are kept
     * @param intercept whether the first column is constantly 1
     */
    public WorkingBasis(final CrossProducts products, final OrderedCholesky cholesky, final boolean intercept) {
        this(Arrays.stream(cholesky.kept()).mapToDouble(column -> intercept ? products.shift(column) : 0).toArray(),
            Matrices.scaled(cholesky.inverse()[0], Math.sqrt(products.count())));
    }

    /**
     * A basis found in other rows.
     *
     * @param shift what is taken off each column before it is combined
     * @param triangle upper triangle of the combinations of the shifted columns
     */
    WorkingBasis(final double[] shift, final double[][] triangle) {
        this.shift = shift;
        this.triangle = triangle;
        combinations = new double[shift.length][];
        Arrays.setAll(combinations, j -> IntStream.rangeClosed(0, j).mapToDouble(i -> triangle[i][j]).toArray());
        double log = 0;
        for (int i = 0; i < shift.length; i++) {
            log -= 2 * Math.log(triangle[i][i]);
        }
        logDeterminant = log;
        t = withoutShift();
    }

    double[] shift() {
        return shift.clone();
    }

    double[][] triangle() {
        return Matrices.copy(triangle);
    }

    /** The intercept of shifted columns contains shift' beta; takes it out of the first row. */
    private double[][] withoutShift() {
        final double[][] rows = new double[shift.length][];
        for (int i = 0; i < shift.length; i++) {
            rows[i] = triangle[i].clone();
        }
        for (int i = 1; i < shift.length; i++) {
            for (int j = i; j < shift.length; j++) {
                rows[0][j] -= shift[i] * triangle[i][j];
            }
        }
        return rows;
    }

    /**
     * Turns a row of X into a row of W, in place.
     *
     * @param x a row of the kept columns of X on entry, of W on return
     */
    public void transform(final double[] x) {
        for (int i = 0; i < shift.length; i++) {
            x[i] -= shift[i];
        }
        for (int j = shift.length - 1; j >= 0; j--) {
            final double[] combination = combinations[j];
            double sum = 0;
            for (int i = 0; i < combination.length; i++) {
                sum += combination[i] * x[i];
            }
            x[j] = sum;
        }
    }

    /**
     * Turns rows of X into rows of W, in place.
     *
     * @param columns the kept columns of X on entry, of W on return
     * @param size how many rows there are
     */
    public void transform(final double[][] columns, final int size) {
        for (int j = 0; j < shift.length; j++) {
            for (int row = 0; row < size; row++) {
                columns[j][row] -= shift[j];
            }
        }
        final double[] sums = new double[size];
        for (int j = shift.length - 1; j >= 0; j--) {
            Arrays.fill(sums, 0);
            for (int i = 0; i <= j; i++) {
                addMultiple(triangle[i][j], columns[i], sums);
            }
            System.arraycopy(sums, 0, columns[j], 0, size);
        }
    }

    private static void addMultiple(final double factor, final double[] column, final double[] sums) {
        for (int row = 0; row < sums.length; row++) {
            sums[row] += factor * column[row];
        }
    }

    /**
     * A column as a combination of the columns of W.
     *
     * @param b the column, less its shift, as a combination of the shifted columns of X
     * @param columnShift its shift; 0 unless the first column is constantly 1
     * @return its coefficients of W
     */
    public double[] coordinates(final double[] b, final double columnShift) {
        final double[] c = Arrays.copyOf(b, shift.length);
        solve(c);
        if (columnShift != 0) {
            c[0] += columnShift / triangle[0][0];
        }
        return c;
    }

    /**
     * @param gamma coefficients of W
     * @return beta = T gamma, coefficients of X
     */
    public double[] coefficients(final double[] gamma) {
        final int p = shift.length;
        final double[] beta = new double[p];
        for (int i = 0; i < p; i++) {
            for (int j = i; j < p; j++) {
                beta[i] += triangle[i][j] * gamma[j];
            }
        }
        for (int i = 1; i < p; i++) {
            beta[0] -= shift[i] * beta[i];
        }
        return beta;
    }

    /**
     * @param beta coefficients of X
     * @return gamma = T^-1 beta, coefficients of W
     */
    public double[] working(final double[] beta) {
        final double[] gamma = beta.clone();
        for (int i = 1; i < shift.length; i++) {
            gamma[0] += shift[i] * beta[i];
        }
        solve(gamma);
        return gamma;
    }

    /** Solves with the triangle, in place. */
    private void solve(final double[] c) {
        for (int i = shift.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < shift.length; j++) {
                c[i] -= triangle[i][j] * c[j];
            }
            c[i] /= triangle[i][i];
        }
    }

    /**
     * @param covariance of gamma, p x p
     * @return covariance of beta, T covariance T'
     */
    public double[][] covariance(final double[][] covariance) {
        return Matrices.sandwich(t, covariance);
    }

    /**
     * @param l contrast of beta
     * @return T'l, the same contrast of gamma
     */
    public double[] contrast(final double[] l) {
        final int p = shift.length;
        final double[] m = new double[p];
        for (int i = 0; i < p; i++) {
            final double li = i == 0 || shift[i] == 0 ? l[i] : l[i] - shift[i] * l[0];
            for (int j = i; j < p; j++) {
                m[j] += triangle[i][j] * li;
            }
        }
        return m;
    }

    /**
     * @return T, p x p; a copy
     */
    public double[][] matrix() {
        return Matrices.copy(t);
    }

    /**
     * How nearly the columns of X, each of unit length, are combinations of others.
     *
     * @return the largest singular value over the smallest one, 1 for orthogonal columns; NaN without a column
     */
    public double conditionNumber() {
        final int p = shift.length;
        if (p == 0) {
            return Double.NaN;
        }
        // columns of T^-1, the coordinates of the columns of X in the orthogonal basis W
        final double[][] inverse = Matrices.inverseUpper(triangle);
        for (int j = 1; j < p; j++) {
            inverse[0][j] += shift[j] * inverse[0][0];
        }
        final double[][] columns = Matrices.transpose(inverse);
        for (final double[] column : columns) {
            final double length = Math.sqrt(Matrices.dot(column, column));
            Matrices.divide(column, length);
        }
        final double[] values = Matrices.eigen(Matrices.multiply(columns, Matrices.transpose(columns))).values();
        return Math.sqrt(values[0] / Math.max(Math.ulp(1.0), values[p - 1]));
    }

    /**
     * @return log|T'T|^-1, so that log|X'V^-1 X| = log|W'V^-1 W| + this
     */
    public double logDeterminant() {
        return logDeterminant;
    }
}
