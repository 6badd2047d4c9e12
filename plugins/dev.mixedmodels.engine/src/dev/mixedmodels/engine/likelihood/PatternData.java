package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * The subjects of one group that were seen at the same k visits, as far as the criterion needs them: for rows
 * a_ij = [x_ij y_ij] of subject i at visit j, the cross-products S_jl = sum_i a_ij a_il' of every pair of visits.
 * While the subjects are so few that their rows take less room than the cross-products, the rows are kept instead.
 * Only columns that are ever other than 0 at a visit are stored for it.
 */
final class PatternData {
    private final int group;
    private final int[] visits;
    private final int width;
    private final int rowsWorthPooling;
    private int subjects;
    /** rows[j] holds the rows of visit j of all subjects one after the other, until they are pooled. */
    private double[][] rows;
    /** pooled[j * (j + 1) / 2 + l], l <= j, holds S_jl, width x width. */
    private double[][] pooled;
    private int[][] active;
    private final int[][] nonZero;
    private final int[] nonZeros;

    /**
     * @param group which covariance parameters apply
     * @param visits the k visits in rising order
     * @param width columns of a row, p + 1
     */
    PatternData(final int group, final int[] visits, final int width) {
        this.group = group;
        this.visits = visits;
        this.width = width;
        this.rowsWorthPooling = (visits.length + 1) * width / 2;
        rows = new double[visits.length][width];
        nonZero = new int[visits.length][width];
        nonZeros = new int[visits.length];
    }

    int group() {
        return group;
    }

    /** The k visits in rising order. */
    int[] visits() {
        return visits;
    }

    int subjects() {
        return subjects;
    }

    void add(final SubjectBlock block) {
        final int k = visits.length;
        if (pooled == null && subjects < rowsWorthPooling) {
            for (int j = 0; j < k; j++) {
                if (rows[j].length < (subjects + 1) * width) {
                    rows[j] = Arrays.copyOf(rows[j], Math.min(rowsWorthPooling, 2 * subjects) * width);
                }
                System.arraycopy(block.row(j), 0, rows[j], subjects * width, width);
            }
        } else {
            if (pooled == null) {
                pool();
            }
            final double[][] a = new double[k][];
            for (int j = 0; j < k; j++) {
                a[j] = block.row(j);
            }
            accumulate(a, 0);
        }
        subjects++;
    }

    private void pool() {
        final int k = visits.length;
        pooled = new double[k * (k + 1) / 2][width * width];
        for (int i = 0; i < subjects; i++) {
            accumulate(rows, i * width);
        }
        rows = null;
    }

    private void accumulate(final double[][] a, final int offset) {
        final int k = visits.length;
        for (int j = 0; j < k; j++) {
            nonZeros[j] = 0;
            for (int c = 0; c < width; c++) {
                if (a[j][offset + c] != 0) {
                    nonZero[j][nonZeros[j]++] = c;
                }
            }
            for (int l = 0; l <= j; l++) {
                final double[] s = pooled[j * (j + 1) / 2 + l];
                for (int x = 0; x < nonZeros[j]; x++) {
                    final double value = a[j][offset + nonZero[j][x]];
                    final int base = nonZero[j][x] * width;
                    for (int y = 0; y < nonZeros[l]; y++) {
                        s[base + nonZero[l][y]] += value * a[l][offset + nonZero[l][y]];
                    }
                }
            }
        }
    }

    /** Drops what is 0 throughout; to be called once, after the last subject. */
    void finish() {
        final int k = visits.length;
        active = new int[k][];
        for (int j = 0; j < k; j++) {
            final boolean[] used = new boolean[width];
            if (pooled == null) {
                for (int i = 0; i < subjects * width; i++) {
                    used[i % width] |= rows[j][i] != 0;
                }
            } else {
                for (int c = 0; c < width; c++) {
                    used[c] = pooled[j * (j + 1) / 2 + j][c * width + c] != 0;
                }
            }
            int n = 0;
            active[j] = new int[width];
            for (int c = 0; c < width; c++) {
                if (used[c]) {
                    active[j][n++] = c;
                }
            }
            active[j] = Arrays.copyOf(active[j], n);
        }
        for (int j = 0; j < k; j++) {
            if (pooled == null) {
                rows[j] = select(rows[j], subjects, width, null, active[j]);
            } else {
                for (int l = 0; l <= j; l++) {
                    final int index = j * (j + 1) / 2 + l;
                    pooled[index] = select(pooled[index], width, width, active[j], active[l]);
                }
            }
        }
    }

    private static double[] select(final double[] a, final int height, final int width, final int[] ofRows,
        final int[] ofColumns) {
        final int n = ofRows == null ? height : ofRows.length;
        final double[] part = new double[n * ofColumns.length];
        for (int i = 0; i < n; i++) {
            final int from = (ofRows == null ? i : ofRows[i]) * width;
            for (int c = 0; c < ofColumns.length; c++) {
                part[i * ofColumns.length + c] = a[from + ofColumns[c]];
            }
        }
        return part;
    }

    /**
     * Adds sum_i A_i' U A_i, A_i = [X_i y_i], to a matrix.
     *
     * @param u symmetric, k x k
     * @param out width x width
     */
    void addWeighted(final double[] u, final double[] out) {
        if (pooled == null) {
            addWeightedRows(u, out);
            return;
        }
        final int k = visits.length;
        for (int j = 0; j < k; j++) {
            for (int l = 0; l <= j; l++) {
                final double weight = u[j * k + l];
                final double[] s = pooled[j * (j + 1) / 2 + l];
                final int[] left = active[j];
                final int[] right = active[l];
                for (int x = 0, index = 0; x < left.length; x++) {
                    final int base = left[x] * width;
                    for (int y = 0; y < right.length; y++, index++) {
                        final double value = weight * s[index];
                        out[base + right[y]] += value;
                        if (l < j) {
                            out[right[y] * width + left[x]] += value;
                        }
                    }
                }
            }
        }
    }

    private void addWeightedRows(final double[] u, final double[] out) {
        final int k = visits.length;
        final double[] ua = new double[width]; // row j of U A_i
        for (int i = 0; i < subjects; i++) {
            for (int j = 0; j < k; j++) {
                Arrays.fill(ua, 0);
                for (int l = 0; l < k; l++) {
                    final int[] right = active[l];
                    final double weight = u[j * k + l];
                    for (int y = 0; y < right.length; y++) {
                        ua[right[y]] += weight * rows[l][i * right.length + y];
                    }
                }
                final int[] left = active[j];
                for (int x = 0; x < left.length; x++) {
                    final double value = rows[j][i * left.length + x];
                    final int base = left[x] * width;
                    for (int c = 0; c < width; c++) {
                        out[base + c] += value * ua[c];
                    }
                }
            }
        }
    }

    /**
     * Adds sum_i A_i B A_i' to a matrix: the adjoint of {@link #addWeighted}.
     *
     * @param b symmetric, width x width
     * @param out k x k
     */
    void addProjected(final double[] b, final double[] out) {
        final int k = visits.length;
        for (int j = 0; j < k; j++) {
            for (int l = 0; l <= j; l++) {
                double sum = 0;
                final int[] left = active[j];
                final int[] right = active[l];
                if (pooled == null) {
                    for (int i = 0; i < subjects; i++) {
                        for (int x = 0; x < left.length; x++) {
                            double inner = 0;
                            for (int y = 0; y < right.length; y++) {
                                inner += b[left[x] * width + right[y]] * rows[l][i * right.length + y];
                            }
                            sum += rows[j][i * left.length + x] * inner;
                        }
                    }
                } else {
                    final double[] s = pooled[j * (j + 1) / 2 + l];
                    for (int x = 0, index = 0; x < left.length; x++) {
                        for (int y = 0; y < right.length; y++, index++) {
                            sum += s[index] * b[left[x] * width + right[y]];
                        }
                    }
                }
                out[j * k + l] += sum;
                if (l < j) {
                    out[l * k + j] += sum;
                }
            }
        }
    }
}
