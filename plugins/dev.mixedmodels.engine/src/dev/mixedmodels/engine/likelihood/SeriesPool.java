package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Householder;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.Arrays;

/**
 * Subjects with equal Z and places, and so with one V. Their shares of the likelihood are those of V alone, which are
 * equal, and others that are sums of the products of the numbers of W_i = [X_i y_i]: with sum_i vec(W_i) vec(W_i)' =
 * sum_k vec(C_k) vec(C_k)' they are those of a few subjects with the rows C_k, the rows of a Cholesky factor of the
 * left side.
 * <p>
 * Products are taken of the rows of Q'W_i, of which the first hold what the random effects may add (the constant
 * without any) and the others what varies within subjects, and a Cholesky factor has each element to the digits of its
 * own row and column: however much more subjects vary than the rows within them, the latter keep theirs.
 *
 * @param subjects Z with the rows C_k
 * @param count how many subjects they stand for
 */
record SeriesPool(SubjectSeries subjects, int count) {
    /** A pivot below this part of its diagonal element is rounding: that number follows from those before it. */
    private static final double DEPENDENT = 1e-13;
    /** Subjects of one task. */
    private static final int SIZE = 256;

    /**
     * @param series all subjects, rows of one variance
     * @param members those with equal Z and places
     */
    static SeriesPool of(final SubjectSeries series, final int[] members) {
        final int start = series.starts()[members[0]];
        final int n = series.starts()[members[0] + 1] - start;
        final int w = series.p() + 1;
        final double[] turn = rotation(series, start, n);
        final double[] products = Parallel.sum(members.length, SIZE, (from, to) -> {
            final double[] sums = new double[n * w * (n * w + 1) / 2];
            final double[] rows = new double[n * w];
            for (int i = from; i < to; i++) {
                rotate(series, series.starts()[members[i]], turn, rows);
                Packed.addProduct(1, rows, 0, rows, 0, rows.length, sums, 0);
            }
            return sums;
        }, (sum, later) -> Packed.add(sum, 1, later));
        final double[][] factor = factor(products, n * w);
        return new SeriesPool(of(series, start, n, turn, factor), members.length);
    }

    /** Q', n x n: of Z, or of the constant without random effects. */
    private static double[] rotation(final SubjectSeries series, final int start, final int n) {
        final int q = series.q();
        final int first = Math.max(q, 1);
        final int width = first + n;
        final double[] block = new double[Math.max(first, n) * width];
        for (int row = 0; row < n; row++) {
            if (q == 0) {
                block[row * width] = 1;
            } else {
                System.arraycopy(series.values(), (start + row) * (q + series.p() + 1), block, row * width, q);
            }
            block[row * width + first + row] = 1;
        }
        Householder.reduce(block, n, width, first);
        final double[] turn = new double[n * n];
        for (int row = 0; row < n; row++) {
            System.arraycopy(block, row * width + first, turn, row * n, n);
        }
        return turn;
    }

    /** Rows of Q'W of the subject that begins at a row. */
    private static void rotate(final SubjectSeries series, final int start, final double[] turn, final double[] to) {
        final int w = series.p() + 1;
        final int n = to.length / w;
        Arrays.fill(to, 0);
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < n; row++) {
                Packed.add(turn[i * n + row], series.values(), (start + row) * (series.q() + w) + series.q(), to, i * w,
                    w);
            }
        }
    }

    /** Rows of the upper triangle C with C'C = the products, but for those that follow from others; at least one. */
    private static double[][] factor(final double[] products, final int size) {
        final double[][] rows = new double[size][];
        int count = 0;
        for (int k = 0; k < size; k++) {
            final double[] row = new double[size];
            for (int i = k; i < size; i++) {
                row[i] = products[Packed.at(i, k)];
                for (int l = 0; l < count; l++) {
                    row[i] -= rows[l][k] * rows[l][i];
                }
            }
            if (row[k] > DEPENDENT * products[Packed.at(k, k)]) {
                final double scale = 1 / Math.sqrt(row[k]);
                for (int i = k; i < size; i++) {
                    row[i] *= scale;
                }
                rows[count++] = row;
            }
        }
        return count == 0 ? new double[1][size] : Arrays.copyOf(rows, count);
    }

    /** Subjects with the rows Q C_k. */
    private static SubjectSeries of(final SubjectSeries series, final int start, final int n, final double[] turn,
        final double[][] factor) {
        final int q = series.q();
        final int w = series.p() + 1;
        final double[] values = new double[factor.length * n * (q + w)];
        final int[] starts = new int[factor.length + 1];
        final double[][] positions = new double[series.positions().length][factor.length * n];
        for (int k = 0; k < factor.length; k++) {
            starts[k + 1] = (k + 1) * n;
            for (int row = 0; row < n; row++) {
                final int to = (starts[k] + row) * (q + w);
                System.arraycopy(series.values(), (start + row) * (q + w), values, to, q);
                for (int i = 0; i < n; i++) {
                    Packed.add(turn[i * n + row], factor[k], i * w, values, to + q, w);
                }
                for (int c = 0; c < positions.length; c++) {
                    positions[c][starts[k] + row] = series.positions()[c][start + row];
                }
            }
        }
        return new SubjectSeries(q, series.p(), values, starts, series.structure(), positions, new double[0][],
            series.maxRows(), null);
    }

    /** The sums of all that these stand for. */
    JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        final JetSums sums = subjects.sum(factor, eta, order, progress);
        sums.multiplyWithoutRows((double) count / subjects.subjects());
        return sums;
    }
}
