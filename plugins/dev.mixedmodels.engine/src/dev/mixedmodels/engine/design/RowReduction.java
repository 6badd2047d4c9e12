package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reduced row echelon form of small matrices by Gauss-Jordan elimination with partial pivoting. */
final class RowReduction {
    private static final double TOLERANCE = 1e-9;

    private final double[][] rows;
    private final List<Integer> pivots = new ArrayList<>();

    /** Reduces the first so many columns of a copy of the rows; pivots are sought from left to right. */
    RowReduction(final double[][] matrix, final int columns) {
        rows = new double[matrix.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix[i].clone();
        }
        for (int j = 0; j < columns && pivots.size() < rows.length; j++) {
            reduce(j, TOLERANCE * Math.max(largest(matrix, j), Double.MIN_NORMAL));
        }
    }

    private static double largest(final double[][] matrix, final int column) {
        double largest = 0;
        for (final double[] row : matrix) {
            largest = Math.max(largest, Math.abs(row[column]));
        }
        return largest;
    }

    private void reduce(final int column, final double tolerance) {
        final int rank = pivots.size();
        int best = rank;
        for (int i = rank; i < rows.length; i++) {
            if (Math.abs(rows[i][column]) > Math.abs(rows[best][column])) {
                best = i;
            }
        }
        if (Math.abs(rows[best][column]) <= tolerance) {
            for (int i = rank; i < rows.length; i++) {
                rows[i][column] = 0;
            }
            return;
        }
        final double[] pivot = rows[best];
        rows[best] = rows[rank];
        rows[rank] = pivot;
        Matrices.divide(pivot, pivot[column]);
        for (int i = 0; i < rows.length; i++) {
            if (i != rank && rows[i][column] != 0) {
                subtract(rows[i], pivot, rows[i][column]);
                rows[i][column] = 0;
            }
        }
        pivots.add(column);
    }

    private static void subtract(final double[] row, final double[] pivot, final double factor) {
        for (int k = 0; k < row.length; k++) {
            row[k] -= factor * pivot[k];
            if (Math.abs(row[k]) < TOLERANCE * Math.abs(factor * pivot[k])) {
                row[k] = 0; // what is left of a cancellation is rounding
            }
        }
    }

    /** For each pivot row the column of its leading 1. */
    List<Integer> pivots() {
        return pivots;
    }

    /** The reduced row of the pivot with this number. */
    double[] row(final int pivot) {
        return rows[pivot];
    }

    /** The rows that are not 0. */
    double[][] nonZero() {
        return rows.length == pivots.size() ? rows : Arrays.copyOf(rows, pivots.size());
    }

    /** Row space of a matrix, as its reduced rows. */
    static double[][] rowSpace(final double[][] matrix) {
        return new RowReduction(matrix, matrix.length == 0 ? 0 : matrix[0].length).nonZero();
    }

    /** A basis, as rows, of all k with matrix k = 0; k has the given length. */
    static double[][] nullSpace(final double[][] matrix, final int length) {
        final RowReduction reduced = new RowReduction(matrix, length);
        final List<double[]> basis = new ArrayList<>();
        for (int free = 0; free < length; free++) {
            if (!reduced.pivots.contains(free)) {
                final double[] k = new double[length];
                k[free] = 1;
                for (int i = 0; i < reduced.pivots.size(); i++) {
                    k[reduced.pivots.get(i)] = -reduced.rows[i][free];
                }
                basis.add(k);
            }
        }
        return basis.toArray(double[][]::new);
    }
}
