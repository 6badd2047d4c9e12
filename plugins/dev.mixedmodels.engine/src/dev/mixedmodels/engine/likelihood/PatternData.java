package dev.mixedmodels.engine.likelihood;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The subjects of one group that were seen at the same k visits, as far as the criterion needs them: for rows
 * a_ij = [x_ij y_ij] of subject i at visit j, the cross-products S_jl = sum_i a_ij a_il' of every pair of visits.
 * While the subjects are so few that their rows take less room than the cross-products, the rows are kept instead.
 */
final class PatternData implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SMALLEST = 4;

    private final int group;
    private final int[] visits;
    private final int width;
    private final int rowsWorthPooling;
    private int subjects;
    /** Subjects whose rows are kept and not yet pooled. */
    private int waiting;
    /** rows[j] holds the rows of visit j of the waiting subjects one after the other. */
    private final double[][] rows;
    /** pooled[j * (j + 1) / 2 + l], l &lt;= j, holds S_jl, width x width; null while no subject is pooled. */
    private double[][] pooled;

    /**
     * @param group which covariance parameters apply
     * @param visits the k visits in rising order
     * @param width columns of a row, p + 1
     */
    PatternData(final int group, final int[] visits, final int width) {
        this.group = group;
        this.visits = visits;
        this.width = width;
        rowsWorthPooling = Math.max(SMALLEST, (visits.length + 1) * width / 2);
        rows = new double[visits.length][SMALLEST * width];
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
        makeRoom();
        for (int j = 0; j < rows.length; j++) {
            System.arraycopy(block.row(j), 0, rows[j], waiting * width, width);
        }
        waiting++;
        subjects++;
    }

    /** For the rows of one more subject. */
    private void makeRoom() {
        if (waiting == rowsWorthPooling) {
            pool();
        }
        for (int j = 0; j < rows.length; j++) {
            if (rows[j].length == waiting * width) {
                rows[j] = Arrays.copyOf(rows[j], Math.min(rowsWorthPooling, 2 * waiting) * width);
            }
        }
    }

    /** Adds other subjects that were seen at the same visits. */
    void merge(final PatternData later) {
        for (int i = 0; i < later.waiting; i++) {
            makeRoom();
            for (int j = 0; j < rows.length; j++) {
                System.arraycopy(later.rows[j], i * width, rows[j], waiting * width, width);
            }
            waiting++;
        }
        if (later.pooled != null) {
            pool();
            for (int e = 0; e < pooled.length; e++) {
                Packed.add(pooled[e], 1, later.pooled[e]);
            }
        }
        subjects += later.subjects;
    }

    /** The rows at visit j alone, called by another number. */
    PatternData at(final int j, final int visit) {
        final PatternData alone = new PatternData(group, new int[] {visit}, width);
        alone.subjects = subjects;
        alone.waiting = waiting;
        alone.rows[0] = rows[j];
        alone.pooled = pooled == null ? null : new double[][] {pooled[j * (j + 1) / 2 + j]};
        return alone;
    }

    /** To be called after the last subject. */
    void finish() {
        if (pooled != null) {
            pool();
            Arrays.fill(rows, null);
        }
    }

    private void pool() {
        final int k = visits.length;
        if (pooled == null) {
            pooled = new double[k * (k + 1) / 2][width * width];
        }
        final double[][] whole = new double[waiting][k * width]; // all rows of a subject one after the other
        for (int i = 0; i < waiting; i++) {
            for (int j = 0; j < k; j++) {
                System.arraycopy(rows[j], i * width, whole[i], j * width, width);
            }
        }
        final double[] sum = new double[k * width];
        for (int j = 0; j < k; j++) {
            for (int x = 0; x < width; x++) {
                for (int l = 0; l <= j; l++) {
                    System.arraycopy(pooled[j * (j + 1) / 2 + l], x * width, sum, l * width, width);
                }
                addProducts(whole, j * width + x, sum, (j + 1) * width);
                for (int l = 0; l <= j; l++) {
                    System.arraycopy(sum, l * width, pooled[j * (j + 1) / 2 + l], x * width, width);
                }
            }
        }
        waiting = 0;
    }

    /** sum += element {@code at} of a subject times its first elements, subject after subject, four at a time. */
    private void addProducts(final double[][] whole, final int at, final double[] sum, final int length) {
        int i = 0;
        for (; i + 4 <= waiting; i += 4) {
            addFour(whole[i], whole[i + 1], whole[i + 2], whole[i + 3], at, sum, length);
        }
        for (; i < waiting; i++) {
            Packed.add(whole[i][at], whole[i], 0, sum, 0, length);
        }
    }

    private static void addFour(final double[] a, final double[] b, final double[] c, final double[] d, final int at,
        final double[] sum, final int length) {
        final double fa = a[at];
        final double fb = b[at];
        final double fc = c[at];
        final double fd = d[at];
        for (int y = 0; y < length; y++) {
            sum[y] = sum[y] + fa * a[y] + fb * b[y] + fc * c[y] + fd * d[y];
        }
    }

    /**
     * Adds sum_i A_i' U A_i, A_i = [X_i y_i], to a matrix.
     *
     * @param u symmetric, k x k
     * @param out width x width
     */
    void addWeighted(final double[] u, final double[] out) {
        final int k = visits.length;
        final double[] half = new double[width * width]; // out = half + half'
        final double[] ua = new double[width];
        for (int j = 0; j < k; j++) {
            if (pooled == null) {
                // half of row j of U A_i: its diagonal entry and what is left of that
                for (int i = 0; i < subjects * width; i += width) {
                    Arrays.fill(ua, 0);
                    for (int l = 0; l <= j; l++) {
                        Packed.add(l == j ? u[j * k + j] / 2 : u[j * k + l], rows[l], i, ua, 0, width);
                    }
                    for (int x = 0; x < width; x++) {
                        Packed.add(rows[j][i + x], ua, 0, half, x * width, width);
                    }
                }
            } else {
                for (int l = 0; l <= j; l++) {
                    Packed.add(half, l == j ? u[j * k + j] / 2 : u[j * k + l], pooled[j * (j + 1) / 2 + l]);
                }
            }
        }
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < width; y++) {
                out[x * width + y] += half[x * width + y] + half[y * width + x];
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
        final double[] ba = new double[width];
        for (int j = 0; j < k; j++) {
            if (pooled == null) {
                for (int i = 0; i < subjects * width; i += width) {
                    Arrays.fill(ba, 0);
                    for (int x = 0; x < width; x++) {
                        Packed.add(rows[j][i + x], b, x * width, ba, 0, width);
                    }
                    for (int l = 0; l <= j; l++) {
                        add(out, j, l, dot(ba, 0, rows[l], i, width));
                    }
                }
            } else {
                for (int l = 0; l <= j; l++) {
                    add(out, j, l, dot(pooled[j * (j + 1) / 2 + l], 0, b, 0, width * width));
                }
            }
        }
    }

    private void add(final double[] out, final int j, final int l, final double value) {
        final int k = visits.length;
        out[j * k + l] += value;
        if (l < j) {
            out[l * k + j] += value;
        }
    }

    private static double dot(final double[] a, final int atA, final double[] b, final int atB, final int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return sum;
    }
}
