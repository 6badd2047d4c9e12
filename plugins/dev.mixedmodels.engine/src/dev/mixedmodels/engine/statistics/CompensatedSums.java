package dev.mixedmodels.engine.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Many running sums whose rounding errors are carried along, so that the order of the summands matters only in the
 * last bit of the result. Source: Ogita, Rump &amp; Oishi (2005) SIAM J. Sci. Comput. 26:1955-1988, algorithm 4.1.
 */
final class CompensatedSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private double[] sum;
    private double[] error;

    CompensatedSums(final int length) {
        sum = new double[length];
        error = new double[length];
    }

    void add(final int index, final double x) {
        final double old = sum[index];
        final double next = old + x;
        final double part = next - old;
        error[index] += (old - (next - part)) + (x - part);
        sum[index] = next;
    }

    /** Adds the products of two columns of a run of rows, which lie one after another, the columns starting at a and b. */
    void addProducts(final int index, final double[] rows, final int a, final int b, final int width, final int count) {
        double run = 0;
        double lost = 0;
        for (int i = 0, at = 0; i < count; i++, at += width) {
            final double x = rows[a + at] * rows[b + at];
            final double next = run + x;
            final double part = next - run;
            lost += (run - (next - part)) + (x - part);
            run = next;
        }
        add(index, run);
        error[index] += lost;
    }

    void add(final CompensatedSums other) {
        add(0, other, 0, sum.length);
    }

    /** Adds a run of others to a run of these. */
    void add(final int to, final CompensatedSums other, final int from, final int count) {
        for (int i = 0; i < count; i++) {
            add(to + i, other.sum[from + i]);
            error[to + i] += other.error[from + i];
        }
    }

    int length() {
        return sum.length;
    }

    /** Makes room for more of them. */
    void grow(final int length) {
        sum = Arrays.copyOf(sum, length);
        error = Arrays.copyOf(error, length);
    }

    double value(final int index) {
        return sum[index] + error[index];
    }

    /** The sums, rounded; the array is this object's own, which must not be used afterwards. */
    double[] values() {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += error[i];
        }
        return sum;
    }
}
