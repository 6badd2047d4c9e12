package dev.mixedmodels.engine.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * An entry of a covariance matrix in long form; both triangles are given.
 *
 * @param matrix {@code D}, {@code Sigma}, {@code V}, {@code Fixed effects}, {@code Covariance parameters}
 * @param block what the matrix belongs to: a grouping factor, a subject; empty where there is one block only
 * @param row name of the row
 * @param column name of the column
 * @param covariance the entry
 * @param correlation the entry over the root of the product of the two variances, see {@link #correlation}
 */
public record CovarianceEntryRow(String matrix, String block, String row, String column, double covariance,
    double correlation) {

    /** What rounding may add to a correlation of 1. */
    private static final double ROUNDING = 1e-8;

    /**
     * The correlation that belongs to a covariance, in [-1, 1].
     *
     * @param covariance of two variables
     * @param first variance of one
     * @param second variance of the other
     * @return their correlation; NaN where a variance is not positive or the three numbers are no covariance matrix, as
     *         when a variance component is negative or variances are rounding
     */
    public static double correlation(final double covariance, final double first, final double second) {
        final double correlation = covariance / (Math.sqrt(first) * Math.sqrt(second));
        return Math.abs(correlation) <= 1 + ROUNDING ? Math.max(-1, Math.min(1, correlation)) : Double.NaN;
    }

    /**
     * All entries of a symmetric matrix, row by row.
     *
     * @param matrix name of the matrix
     * @param block what it belongs to
     * @param names names of rows and columns, length n
     * @param values n x n, symmetric
     * @return n * n entries
     */
    public static List<CovarianceEntryRow> of(final String matrix, final String block, final List<String> names,
        final double[][] values) {
        return of(matrix, block, names, values, DoubleUnaryOperator.identity());
    }

    /**
     * All entries of a symmetric matrix that was computed in another unit than it is shown in.
     *
     * @param matrix name of the matrix
     * @param block what it belongs to
     * @param names names of rows and columns, length n; one that repeats, such as a time, is numbered
     * @param values n x n, symmetric
     * @param shown an entry as it is shown; NaN if that is out of the range of doubles
     * @return n * n entries
     */
    public static List<CovarianceEntryRow> of(final String matrix, final String block, final List<String> names,
        final double[][] values, final DoubleUnaryOperator shown) {
        final List<CovarianceEntryRow> entries = new ArrayList<>(values.length * values.length);
        final List<String> own = distinct(names);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                entries.add(new CovarianceEntryRow(matrix, block, own.get(i), own.get(j),
                    shown.applyAsDouble(values[i][j]),
                    i == j && values[i][i] > 0 ? 1 : correlation(values[i][j], values[i][i], values[j][j])));
            }
        }
        return entries;
    }

    private static List<String> distinct(final List<String> names) {
        final Set<String> distinct = new LinkedHashSet<>();
        for (final String name : names) {
            String own = name;
            for (int copy = 2; !distinct.add(own); copy++) {
                own = name + " (" + copy + ")";
            }
        }
        return List.copyOf(distinct);
    }
}
