package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.Arrays;

/**
 * Size, mean and sum of squares of each group, accumulated in one pass over the rows in any order.
 * <p>
 * Per group it keeps n, the shift c (the group's first response), and sum(y - c) and sum (y - c)^2 in double-double
 * arithmetic, y - c being formed without rounding error. Since c is one of the group's own responses,
 * sum (y - c)^2 is at most n times the sum of squares about the mean: the subtraction that leads to the latter costs
 * log10(n) of about 31 digits, however many leading digits the responses share and whichever row came first.
 * <p>
 * A commutative monoid under {@link #merge}. 48 bytes a group, side by side, so that a row touches one or two cache
 * lines. Not safe for use by several threads, not even for reading, since rows wait in small blocks.
 */
public final class GroupStatistics {
    // Cells of a group
    private static final int N = 0;
    private static final int SUM = 1;
    private static final int SUM_LOW = 2;
    private static final int SQUARES = 3;
    private static final int SQUARES_LOW = 4;
    private static final int SHIFT = 5;
    private static final int STRIDE = 6;
    /** Rows that wait. */
    private static final int BLOCK = 256;
    private static final int MAX_GROUPS = (Integer.MAX_VALUE - 8) / STRIDE;

    private double[] cells;
    private int groups;
    private final int[] waitingGroup = new int[BLOCK];
    private final double[] waitingResponse = new double[BLOCK];
    private final double[] waitingDeviation = new double[BLOCK];
    private int waiting;

    /** Statistics of no rows. */
    public GroupStatistics() {
        this(16);
    }

    /**
     * @param expectedGroups number of groups for which to make room at once; more may come
     */
    public GroupStatistics(final int expectedGroups) {
        cells = new double[STRIDE * Math.max(1, Math.min(expectedGroups, MAX_GROUPS))];
    }

    /**
     * Adds a row.
     *
     * @param group index of its group, 0, 1, ...; indices without rows are allowed
     * @param y the response, finite
     */
    public void add(final int group, final double y) {
        if (waiting == BLOCK) {
            flush();
        }
        if (group < 0 || group >= groups) {
            grow(group);
        }
        waitingGroup[waiting] = group;
        waitingResponse[waiting++] = y;
    }

    /** The cells with all rows in them. */
    private double[] settled() {
        if (waiting > 0) {
            flush();
        }
        return cells;
    }

    /**
     * Accumulates the rows that wait. The first loop touches both ends of each group's cells: it is so short that the
     * processor fetches many groups from memory at a time, which it could not if the arithmetic stood between.
     */
    private void flush() {
        final double[] c = cells;
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double n = c[at];
            c[at] = n + 1;
            if (n == 0) {
                c[at + SHIFT] = waitingResponse[i];
            }
            waitingDeviation[i] = waitingResponse[i] - c[at + SHIFT];
        }
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double y = waitingResponse[i];
            final double d = waitingDeviation[i];
            // y - shift = d + dLow exactly
            final double back = d - y;
            final double dLow = (y - (d - back)) - (c[at + SHIFT] + back);
            accumulate(c, at + SUM, d, dLow);
            final double square = d * d;
            accumulate(c, at + SQUARES, square, Math.fma(d, d, -square) + 2 * d * dLow);
        }
        waiting = 0;
    }

    /** (c[at], c[at + 1]) += (x, xLow) in double-double arithmetic. */
    private static void accumulate(final double[] c, final int at, final double x, final double xLow) {
        final double high = c[at];
        final double sum = high + x;
        final double part = sum - high;
        final double error = (high - (sum - part)) + (x - part) + (c[at + 1] + xLow);
        final double newHigh = sum + error;
        c[at] = newHigh;
        c[at + 1] = error - (newHigh - sum);
    }

    private void grow(final int group) {
        if (group < 0) {
            throw new IndexOutOfBoundsException(group);
        }
        if (group >= MAX_GROUPS) {
            throw new ModelException("There are more than " + MAX_GROUPS
                + " groups. Choose a coarser grouping column.");
        }
        groups = group + 1;
        final int needed = groups * STRIDE;
        if (needed > cells.length) {
            final long roomy = cells.length / STRIDE * 3L / 2 + 1;
            cells = Arrays.copyOf(cells, Math.max(needed, STRIDE * (int) Math.min(roomy, MAX_GROUPS)));
        }
    }

    /**
     * Adds the rows of other statistics. The order of merging changes results at the level of 1e-30 only.
     *
     * @param other statistics with the same meaning of group indices, left as they are
     */
    public void merge(final GroupStatistics other) {
        if (other.groups > groups) {
            grow(other.groups - 1);
        }
        final double[] c = settled();
        final double[] o = other.settled();
        for (int at = 0; at < other.groups * STRIDE; at += STRIDE) {
            if (c[at] == 0) {
                System.arraycopy(o, at, c, at, STRIDE);
            } else if (o[at] > 0) {
                mergeGroup(c, o, at);
            }
        }
    }

    /** With s = c' - c: sum (y - c) = S' + n' s and sum (y - c)^2 = Q' + 2 s S' + n' s^2. */
    private static void mergeGroup(final double[] c, final double[] o, final int at) {
        final DoubleDouble s = new DoubleDouble();
        s.add(o[at + SHIFT]);
        s.add(-c[at + SHIFT]);
        final DoubleDouble sum = total(o, at, s);
        // n' s^2 + 2 s S' = s (n' s + S') + s S'
        final DoubleDouble squares = new DoubleDouble();
        squares.add(o[at + SQUARES], o[at + SQUARES_LOW]);
        squares.addProduct(s.high(), s.low(), sum.high(), sum.low());
        squares.addProduct(s.high(), s.low(), o[at + SUM], o[at + SUM_LOW]);
        c[at] += o[at];
        accumulate(c, at + SUM, sum.high(), sum.low());
        accumulate(c, at + SQUARES, squares.high(), squares.low());
    }

    /** n s + S: the sum about a point that lies s below the shift. */
    private static DoubleDouble total(final double[] c, final int at, final DoubleDouble s) {
        final DoubleDouble sum = new DoubleDouble();
        sum.addProduct(c[at], s.high());
        sum.addProduct(c[at], s.low());
        sum.add(c[at + SUM], c[at + SUM_LOW]);
        return sum;
    }

    /**
     * @return 1 + the largest group index that occurred
     */
    public int groups() {
        return groups;
    }

    /**
     * @param group index of a group
     * @return its number of rows
     */
    public long n(final int group) {
        return (long) settled()[group * STRIDE + N];
    }

    /**
     * @param group index of a group with rows
     * @return the mean of its responses, rounded to a double
     */
    public double mean(final int group) {
        final DoubleDouble mean = sumAbout(group, 0);
        mean.divide(n(group), 0);
        return mean.value();
    }

    /**
     * @param group index of a group with rows
     * @return sum over its rows of (y - mean)^2
     */
    public double sumOfSquares(final int group) {
        final double[] c = settled();
        final int at = group * STRIDE;
        final double n = c[at + N];
        final double sum = c[at + SUM];
        final double sumLow = c[at + SUM_LOW];
        // n Q - S^2
        final DoubleDouble scaled = new DoubleDouble();
        scaled.addProduct(n, c[at + SQUARES]);
        scaled.addProduct(n, c[at + SQUARES_LOW]);
        scaled.addProduct(-sum, sum);
        scaled.addProduct(-2 * sum, sumLow);
        return scaled.value() / n;
    }

    /** Whether all responses are one number: no group varies and all shifts agree. */
    boolean allEqual() {
        final double[] c = settled();
        double first = Double.NaN;
        for (int at = 0; at < groups * STRIDE; at += STRIDE) {
            if (c[at] > 0) {
                first = Double.isNaN(first) ? c[at + SHIFT] : first;
                if (c[at + SUM] != 0 || c[at + SQUARES] != 0 || c[at + SHIFT] != first) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * @param group index of a group with rows
     * @return one of its responses
     */
    double shift(final int group) {
        return settled()[group * STRIDE + SHIFT];
    }

    /**
     * @param group index of a group with rows
     * @param centre any number
     * @return sum over its rows of (y - centre), in double-double arithmetic
     */
    DoubleDouble sumAbout(final int group, final double centre) {
        final DoubleDouble s = new DoubleDouble();
        s.add(shift(group));
        s.add(-centre);
        return total(cells, group * STRIDE, s);
    }
}
