package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.numeric.BinaryUnit;
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
 * Responses may have any size: they are measured in a power of two, {@link #unit()}, that follows them, so that no
 * square leaves the range of doubles. This costs no rounding.
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
    private static final int SHIFT = 5; // in the response's own unit, unlike the sums
    private static final int STRIDE = 6;
    /** Rows that wait. */
    private static final int BLOCK = 256;
    private static final int MAX_GROUPS = (Integer.MAX_VALUE - 8) / STRIDE;
    /** Deviations between 2^-LIMIT and 2^LIMIT of a unit leave it as it is. */
    private static final int LIMIT = 300;
    private static final double LARGEST = Math.scalb(1.0, LIMIT);
    /** Responses of 2^(FINITE + LIMIT) units are still finite. */
    private static final int FINITE = 700;

    private double[] cells;
    private int groups;
    private BinaryUnit unit = BinaryUnit.ONE;
    private double factor = 1; // of responses to be measured in the unit
    private boolean varied; // whether any sum is not 0
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
        double largest = 0;
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double n = c[at];
            c[at] = n + 1;
            if (n == 0) {
                c[at + SHIFT] = waitingResponse[i];
            }
            waitingDeviation[i] = waitingResponse[i] * factor - c[at + SHIFT] * factor;
            largest = Math.max(largest, Math.abs(waitingDeviation[i]));
        }
        if (largest != 0 && (!varied || !(largest <= LARGEST))) { // not a number where both terms are infinite
            follow();
        }
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double y = waitingResponse[i] * factor;
            final double d = waitingDeviation[i];
            // y - shift = d + dLow exactly
            final double back = d - y;
            final double dLow = (y - (d - back)) - (c[at + SHIFT] * factor + back);
            accumulate(c, at + SUM, d, dLow);
            final double square = d * d;
            accumulate(c, at + SQUARES, square, Math.fma(d, d, -square) + 2 * d * dLow);
        }
        waiting = 0;
    }

    /** Lets the unit follow the rows that wait, the first that vary or larger ones than before. */
    private void follow() {
        varied = true;
        int exponent = Integer.MIN_VALUE;
        for (int i = 0; i < waiting; i++) {
            exponent = Math.max(exponent, exponent(waitingResponse[i], cells[waitingGroup[i] * STRIDE + SHIFT]));
        }
        change(exponent);
        for (int i = 0; i < waiting; i++) {
            waitingDeviation[i] =
                waitingResponse[i] * factor - cells[waitingGroup[i] * STRIDE + SHIFT] * factor;
        }
    }

    /** Exponent of a difference, formed without overflow, and no less than one in whose unit y itself is finite. */
    private static int exponent(final double y, final double shift) {
        return Math.max(Math.getExponent(y / 2 - shift / 2) + 1, Math.getExponent(y) - FINITE);
    }

    /** Goes over to the unit 2^exponent if the present one is far from it. */
    private void change(final int exponent) {
        if (Math.abs(exponent - unit.exponent()) > LIMIT) {
            final BinaryUnit next = BinaryUnit.of(exponent);
            final int by = unit.exponent() - next.exponent();
            for (int at = 0; at < groups * STRIDE; at += STRIDE) {
                cells[at + SUM] = Math.scalb(cells[at + SUM], by);
                cells[at + SUM_LOW] = Math.scalb(cells[at + SUM_LOW], by);
                cells[at + SQUARES] = Math.scalb(cells[at + SQUARES], 2 * by);
                cells[at + SQUARES_LOW] = Math.scalb(cells[at + SQUARES_LOW], 2 * by);
            }
            unit = next;
            factor = next.factor();
        }
    }

    /** Takes a unit that suits the variation of the groups as well as that within them, before sums go over groups. */
    void settle() {
        final double[] c = settled();
        double centre = Double.NaN;
        int exponent = varied ? unit.exponent() - LIMIT : Integer.MIN_VALUE;
        for (int at = 0; at < groups * STRIDE; at += STRIDE) {
            if (c[at] > 0) {
                centre = Double.isNaN(centre) ? c[at + SHIFT] : centre;
                exponent = Math.max(exponent, exponent(c[at + SHIFT], centre));
            }
        }
        if (exponent > Math.getExponent(0.0) + 1) {
            change(exponent);
        }
    }

    /**
     * @return what sums and deviations are measured in; it may change with every row that comes
     */
    BinaryUnit unit() {
        settled();
        return unit;
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
        if (other.varied) {
            change(varied ? Math.max(unit.exponent(), other.unit.exponent()) : other.unit.exponent());
        }
        for (int at = 0; at < other.groups * STRIDE; at += STRIDE) {
            if (c[at] > 0 && o[at] > 0) {
                final int exponent = exponent(o[at + SHIFT], c[at + SHIFT]);
                final boolean first = !varied && !other.varied && c[at + SHIFT] != o[at + SHIFT];
                if (first || exponent > unit.exponent()) {
                    change(exponent);
                }
                varied |= first;
            }
        }
        varied |= other.varied;
        final int by = other.unit.exponent() - unit.exponent();
        for (int at = 0; at < other.groups * STRIDE; at += STRIDE) {
            if (o[at] > 0) {
                mergeGroup(c, o, at, by);
            }
        }
    }

    /** With s = c' - c: sum (y - c) = S' + n' s and sum (y - c)^2 = Q' + 2 s S' + n' s^2. */
    private void mergeGroup(final double[] c, final double[] o, final int at, final int by) {
        final double[] own = {o[at], Math.scalb(o[at + SUM], by), Math.scalb(o[at + SUM_LOW], by),
            Math.scalb(o[at + SQUARES], 2 * by), Math.scalb(o[at + SQUARES_LOW], 2 * by), o[at + SHIFT]};
        if (c[at] == 0) {
            System.arraycopy(own, 0, c, at, STRIDE);
            return;
        }
        final DoubleDouble s = new DoubleDouble();
        s.add(own[SHIFT] * factor);
        s.add(-c[at + SHIFT] * factor);
        final DoubleDouble sum = total(own, 0, s);
        // n' s^2 + 2 s S' = s (n' s + S') + s S'
        final DoubleDouble squares = new DoubleDouble();
        squares.add(own[SQUARES], own[SQUARES_LOW]);
        squares.addProduct(s.high(), s.low(), sum.high(), sum.low());
        squares.addProduct(s.high(), s.low(), own[SUM], own[SUM_LOW]);
        c[at] += own[N];
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
        return mean.value() / factor;
    }

    /**
     * @param group index of a group with rows
     * @return sum over its rows of (y - mean)^2, in the square of the unit
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

    /**
     * @param group index of a group with rows
     * @return one of its responses, in the response's own unit
     */
    double shift(final int group) {
        return settled()[group * STRIDE + SHIFT];
    }

    /**
     * @param group index of a group with rows
     * @param centre any number, in the response's own unit
     * @return sum over its rows of (y - centre) in units, in double-double arithmetic
     */
    DoubleDouble sumAbout(final int group, final double centre) {
        final DoubleDouble s = new DoubleDouble();
        s.add(shift(group) * factor);
        s.add(-centre * factor);
        return total(cells, group * STRIDE, s);
    }
}
