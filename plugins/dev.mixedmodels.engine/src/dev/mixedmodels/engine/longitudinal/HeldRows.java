package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The fitted rows, kept, subject by subject and in order of time, as the likelihood takes them: X in its orthonormal
 * basis W, Z likewise, and the response less its ordinary least squares fit W gamma_0 in units of its scale, so that no
 * offset, unit or scale of the data costs digits. All of a row is multiplied by the root of its weight.
 */
final class HeldRows implements ModelRows {
    private final int p;
    private final int q;
    private final int[] starts;
    private final double[] values; // rows of [z w y]
    private final int[] tableRows;
    private final double[] times; // null without
    private final double[] roots; // null if all are 1
    private final double[] variances; // level or value that the variance goes by; null without
    private int[] next; // where the next row of each subject goes; null when all are there
    private int read; // rows of the table so far

    private HeldRows(final SubjectData data) {
        p = data.p();
        q = data.q();
        starts = new int[data.subjects() + 1];
        for (int i = 0; i < data.subjects(); i++) {
            starts[i + 1] = starts[i] + data.count(i);
        }
        next = starts.clone();
        final int n = starts[data.subjects()];
        values = new double[ArraySize.of(n, p + q + 1)];
        tableRows = new int[n];
        times = data.key().time() == null ? null : new double[n];
        roots = data.design().weights().equal() ? null : new double[n];
        variances = data.covariance().varianceBy() == null && data.covariance().powerOf() == null
            ? null : new double[n];
    }

    /**
     * Reads the table once.
     *
     * @param data the subjects
     * @return their rows
     */
    static HeldRows of(final SubjectData data) {
        final HeldRows rows = new HeldRows(data);
        data.source().fold(new RowPass(data, rows), data.progress());
        rows.next = null;
        for (int i = 0; rows.times != null && i < data.subjects(); i++) {
            rows.sortByTime(rows.starts[i], rows.starts[i + 1]);
        }
        return rows;
    }

    /** Rows that come after those so far. */
    void add(final RowPass.Part part) {
        final int width = width();
        for (int i = 0; i < part.rows().length; i++) {
            final int to = next[part.subjects()[i]]++;
            System.arraycopy(part.values(), i * width, values, to * width, width);
            tableRows[to] = read + part.rows()[i];
            put(part.times(), i, times, to);
            put(part.roots(), i, roots, to);
            put(part.variances(), i, variances, to);
        }
        read += part.size();
    }

    private static void put(final double[] part, final int from, final double[] all, final int to) {
        if (all != null) {
            all[to] = part[from];
        }
    }

    /** Stable, and linear for rows that are in order already. */
    private void sortByTime(final int from, final int to) {
        if (IntStream.range(from + 1, to).allMatch(i -> times[i - 1] <= times[i])) {
            return;
        }
        final int[] order = IntStream.range(from, to).boxed().sorted(Comparator.comparingDouble(i -> times[i]))
            .mapToInt(Integer::intValue).toArray();
        final int width = width();
        final double[] before = Arrays.copyOfRange(values, from * width, to * width);
        final int[] rowsBefore = Arrays.copyOfRange(tableRows, from, to);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(before, (order[i] - from) * width, values, (from + i) * width, width);
            tableRows[from + i] = rowsBefore[order[i] - from];
        }
        for (final double[] column : new double[][] {times, roots, variances}) {
            final double[] columnBefore = column == null ? null : Arrays.copyOfRange(column, from, to);
            for (int i = 0; column != null && i < order.length; i++) {
                column[from + i] = columnBefore[order[i] - from];
            }
        }
    }

    /** Number of subjects. */
    int subjects() {
        return starts.length - 1;
    }

    /** Index of each subject's first row, and the number of rows. */
    int[] starts() {
        return starts;
    }

    /** Row of the table of the i-th row. */
    int tableRow(final int i) {
        return tableRows[i];
    }

    /** Number of rows of the table, with those that are not kept. */
    int tableRows() {
        return read;
    }

    /** The times of all rows. */
    double[] times() {
        return times;
    }

    /** Level of the i-th row, among those with variances of their own. */
    int level(final int i) {
        return (int) variances[i];
    }

    /** What the variance of the i-th row is a power of. */
    double base(final int i) {
        return variances[i];
    }

    /** All rows of [z x y], for a likelihood with structured residuals. */
    SubjectSeries series(final ResidualStructure structure, final double[][] positions, final double[][] exponents) {
        return new SubjectSeries(q, p, values, starts, structure, positions, exponents);
    }

    @Override
    public int size() {
        return tableRows.length;
    }

    @Override
    public int fixedEffects() {
        return p;
    }

    @Override
    public int[] randomEffects() {
        return new int[] {q};
    }

    @Override
    public int width() {
        return p + q + 1;
    }

    @Override
    public void row(final int i, final double[] to) {
        final int at = i * width();
        System.arraycopy(values, at + q, to, 0, p + 1);
        System.arraycopy(values, at, to, p + 1, q);
    }

    /** The root of the weight of the i-th row, by which {@link #row} has multiplied it. */
    double rootWeight(final int i) {
        return roots == null ? 1 : roots[i];
    }
}
