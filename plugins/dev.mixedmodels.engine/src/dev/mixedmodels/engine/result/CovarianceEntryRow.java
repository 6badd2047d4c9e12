package dev.mixedmodels.engine.result;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a covariance matrix in long form; both triangles are given.
 *
 * @param matrix {@code D}, {@code Sigma}, {@code V}, {@code Fixed effects}, {@code Covariance parameters}
 * @param block what the matrix belongs to: a grouping factor, a subject; empty where there is one block only
 * @param row name of the row
 * @param column name of the column
 * @param covariance the entry
 * @param correlation the entry over the root of the product of the two variances; NaN where a variance is 0
 */
public record CovarianceEntryRow(String matrix, String block, String row, String column, double covariance,
    double correlation) {

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
        final List<CovarianceEntryRow> entries = new ArrayList<>(values.length * values.length);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                final double correlation = i == j && values[i][i] > 0 ? 1
                    : values[i][j] / (Math.sqrt(values[i][i]) * Math.sqrt(values[j][j]));
                entries.add(new CovarianceEntryRow(matrix, block, names.get(i), names.get(j), values[i][j],
                    Double.isFinite(correlation) ? correlation : Double.NaN));
            }
        }
        return entries;
    }
}
