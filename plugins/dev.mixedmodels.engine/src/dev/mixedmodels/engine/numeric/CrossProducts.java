package dev.mixedmodels.engine.numeric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Sums and sums of products of the columns of a table, X'1 and X'X, or X'W1 and X'WX with weights of the rows,
 * accumulated row by row in double-double arithmetic over shifted columns: a commutative monoid under {@link #merge},
 * exact enough that neither a common offset of 13 digits nor the order of the rows shows. Shifts must not depend on the
 * order of the rows (the middle of the range, or 0).
 */
public final class CrossProducts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] shift;
    private final double[] high;
    private final double[] low;
    private final double[] difference;
    private long count;
    private double weight; // sum of the weights

    /**
     * @param shift what is taken off each column before anything is summed; kept, not copied
     */
    public CrossProducts(final double[] shift) {
        this.shift = shift;
        final int n = shift.length + 1;
        high = new double[n * (n + 1) / 2];
        low = new double[high.length];
        difference = new double[n];
        difference[0] = 1;
    }

    /**
     * Adds a row. Not thread-safe: let each thread fill a monoid of its own and merge them in a fixed order.
     *
     * @param row one value per column
     */
    public void add(final double[] row) {
        count++;
        weight++;
        for (int i = 0; i < shift.length; i++) {
            difference[i + 1] = row[i] - shift[i];
        }
        for (int i = 1; i < difference.length; i++) {
            if (difference[i] != 0) {
                addProducts(difference, i);
            }
        }
    }

    /**
     * Adds rows that are given by columns, less the shifts, each multiplied by a factor. What the products lose in
     * rounding is summed beside them and joins them at the end (Ogita, Rump &amp; Oishi 2005, algorithm 5.3), so that a
     * product waits for one addition only; rows in which a column is 0 add nothing to its products.
     *
     * @param columns the columns
     * @param rows how many rows they have
     * @param root of a row its factor, the root of its weight
     */
    public void add(final double[][] columns, final int rows, final IntToDoubleFunction root) {
        final double[][] x = new double[shift.length][rows];
        final double[] roots = new double[rows];
        final int[] filled = new int[rows];
        count += rows;
        for (int i = 0; i < rows; i++) {
            roots[i] = root.applyAsDouble(i);
            weight += roots[i] * roots[i];
        }
        for (int a = 0, at = 1; a < shift.length; a++) {
            int n = 0;
            for (int i = 0; i < rows; i++) {
                x[a][i] = (columns[a][i] - shift[a]) * roots[i];
                filled[n] = i;
                n += x[a][i] != 0 ? 1 : 0;
            }
            addProducts(at++, x[a], roots, filled, n);
            for (int b = 0; b <= a; b++) {
                addProducts(at++, x[a], x[b], filled, n);
            }
        }
    }

    private void addProducts(final int at, final double[] x, final double[] y, final int[] places, final int n) {
        double sum = 0;
        double error = 0;
        for (int i = 0; i < n; i++) {
            final int place = places[i];
            final double product = x[place] * y[place];
            final double next = sum + product;
            final double part = next - sum;
            error += sum - (next - part) + (product - part) + Math.fma(x[place], y[place], -product);
            sum = next;
        }
        add(at, sum, error);
    }

    private void add(final int at, final double sum, final double rest) {
        final DoubleDouble all = new DoubleDouble();
        all.add(high[at], low[at]);
        all.add(sum, rest);
        high[at] = all.high();
        low[at] = all.low();
    }

    /** Adds d_i times each of d_0, ..., d_i; d_0 = 1 makes the sums. */
    private void addProducts(final double[] d, final int i) {
        final int start = i * (i + 1) / 2;
        for (int j = 0; j <= i; j++) {
            final double product = d[i] * d[j];
            final double rest = Math.fma(d[i], d[j], -product);
            final double before = high[start + j];
            final double sum = before + product;
            final double part = sum - before;
            final double error = before - (sum - part) + (product - part) + (low[start + j] + rest);
            high[start + j] = sum + error;
            low[start + j] = error - (high[start + j] - sum);
        }
    }

    /**
     * Adds the rows of another monoid over the same shifts.
     *
     * @param other the other one, left as it is
     */
    public void merge(final CrossProducts other) {
        count += other.count;
        weight += other.weight;
        for (int i = 0; i < high.length; i++) {
            add(i, other.high[i], other.low[i]);
        }
    }

    /**
     * @param columns some of the columns, in any order
     * @return their sums
     */
    public CrossProducts of(final int[] columns) {
        final CrossProducts some = new CrossProducts(Arrays.stream(columns).mapToDouble(i -> shift[i]).toArray());
        some.count = count;
        some.weight = weight;
        for (int i = 0; i < columns.length; i++) {
            for (int j = -1; j <= i; j++) {
                final int to = index(i + 1, j + 1);
                final int other = j < 0 ? 0 : columns[j] + 1;
                final int from = index(Math.max(columns[i] + 1, other), Math.min(columns[i] + 1, other));
                some.high[to] = high[from];
                some.low[to] = low[from];
            }
        }
        return some;
    }

    /**
     * @return these sums, to be changed independently
     */
    public CrossProducts copy() {
        final CrossProducts copy = new CrossProducts(shift);
        copy.merge(this);
        return copy;
    }

    /**
     * @return number of rows
     */
    public long count() {
        return count;
    }

    /**
     * @return sum of the weights; the number of rows where there are none
     */
    public double weight() {
        return weight;
    }

    /**
     * @return number of columns
     */
    public int columns() {
        return shift.length;
    }

    /**
     * @param column index of a column
     * @return what was taken off it
     */
    public double shift(final int column) {
        return shift[column];
    }

    /**
     * @param column index of a column
     * @return its mean, weighted
     */
    public double mean(final int column) {
        return shift[column] + high[index(column + 1, 0)] / weight;
    }

    /**
     * @param i index of a column
     * @param j index of a column
     * @return sum over the rows of (x_i - shift_i) (x_j - shift_j), weighted
     */
    public double product(final int i, final int j) {
        final int at = index(Math.max(i, j) + 1, Math.min(i, j) + 1);
        return high[at] + low[at];
    }

    /**
     * @param i index of a column
     * @param j index of a column
     * @return sum over the rows of (x_i - mean_i) (x_j - mean_j), weighted, no digits lost
     */
    public double centred(final int i, final int j) {
        final DoubleDouble mean = new DoubleDouble();
        final int si = index(i + 1, 0);
        final int sj = index(j + 1, 0);
        mean.addProduct(-high[si], -low[si], high[sj], low[sj]);
        mean.divide(weight, 0);
        final int at = index(Math.max(i, j) + 1, Math.min(i, j) + 1);
        mean.add(high[at], low[at]);
        return mean.value();
    }

    /** Adds product (i, j) to a sum, columns counted from 0 and i >= j. */
    void addTo(final DoubleDouble sum, final int i, final int j) {
        sum.add(high[index(i + 1, j + 1)], low[index(i + 1, j + 1)]);
    }

    private static int index(final int i, final int j) {
        return i * (i + 1) / 2 + j;
    }
}
