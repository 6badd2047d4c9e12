package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.GroupCells.LARGEST;
import static dev.mixedmodels.engine.oneway.GroupCells.N;
import static dev.mixedmodels.engine.oneway.GroupCells.SHIFT;
import static dev.mixedmodels.engine.oneway.GroupCells.SQUARES;
import static dev.mixedmodels.engine.oneway.GroupCells.STRIDE;
import static dev.mixedmodels.engine.oneway.GroupCells.SUM;
import static dev.mixedmodels.engine.oneway.GroupCells.accumulate;

import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;

/**
 * Size, mean and sum of squares of each group, accumulated in one pass over the rows in any order.
 * <p>
 * Per group it keeps n, the shift c (the group's first response), and sum(y - c) and sum (y - c)^2 in double-double
 * arithmetic, y - c being formed without rounding error. Since c is one of the group's own responses,
 * sum (y - c)^2 is at most n times the sum of squares about the mean: the subtraction that leads to the latter costs
 * log10(n) of about 31 digits, however many leading digits the responses share and whichever row came first.
 * <p>
 * With weights n is the sum of the weights of the group's rows, c as before, and the sums are weighted; what stands
 * here of n holds of it. The number of rows is then kept beside it.
 * <p>
 * Responses may have any size: they are measured in a power of two, {@link #unit()}, that follows them, so that no
 * square leaves the range of doubles. This costs no rounding.
 * <p>
 * A commutative monoid under {@link #merge}. 48 bytes a group, side by side, so that a row touches one or two cache
 * lines. Not safe for use by several threads, not even for reading, since rows wait in small blocks.
 */
public final class GroupStatistics implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Rows that wait. */
    private static final int BLOCK = 256;

    private final GroupCells cells;
    private final int[] waitingGroup = new int[BLOCK];
    private final double[] waitingResponse = new double[BLOCK];
    private final double[] waitingDeviation = new double[BLOCK];
    private final double[] waitingWeight; // null without weights
    private int waiting;

    private GroupStatistics(final GroupCells cells) {
        this.cells = cells;
        waitingWeight = cells.weights() == null ? null : new double[BLOCK];
    }

    /** Statistics of no rows. */
    public GroupStatistics() {
        this(16);
    }

    /**
     * @param expectedGroups number of groups for which to make room at once; more may come
     */
    public GroupStatistics(final int expectedGroups) {
        this(expectedGroups, null);
    }

    private GroupStatistics(final int expectedGroups, final GroupWeights weights) {
        cells = new GroupCells(expectedGroups, weights);
        waitingWeight = weights == null ? null : new double[BLOCK];
    }

    /**
     * @param column name of the column of weights
     * @return statistics of no rows, whose rows will have weights
     */
    public static GroupStatistics weighted(final String column) {
        return new GroupStatistics(16, new GroupWeights(column));
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
        if (group < 0 || group >= cells.groups()) {
            cells.grow(group);
        }
        waitingGroup[waiting] = group;
        waitingResponse[waiting++] = y;
    }

    /**
     * Adds a row to {@link #weighted} statistics.
     *
     * @param group index of its group
     * @param y the response, finite
     * @param weight positive
     */
    public void add(final int group, final double y, final double weight) {
        add(group, y);
        waitingWeight[waiting - 1] = weight;
        cells.weights().add(group, weight);
    }

    /** The cells with all rows in them. */
    private GroupCells settled() {
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
        final double[] c = cells.array();
        final double first = cells.factor();
        double largest = 0;
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double n = c[at];
            c[at] = n + (waitingWeight == null ? 1 : waitingWeight[i]);
            if (n == 0) {
                c[at + SHIFT] = waitingResponse[i];
            }
            waitingDeviation[i] = waitingResponse[i] * first - c[at + SHIFT] * first;
            largest = Math.max(largest, Math.abs(waitingDeviation[i]));
        }
        if (largest != 0 && (!cells.varied() || !(largest <= LARGEST))) { // NaN where both terms are infinite
            follow();
        }
        final double factor = cells.factor();
        for (int i = 0; i < waiting; i++) {
            final int at = waitingGroup[i] * STRIDE;
            final double y = waitingResponse[i] * factor;
            final double d = waitingDeviation[i];
            // y - shift = d + dLow exactly
            final double back = d - y;
            final double dLow = (y - (d - back)) - (c[at + SHIFT] * factor + back);
            final double square = d * d;
            final double squareLow = Math.fma(d, d, -square) + 2 * d * dLow;
            if (waitingWeight == null) {
                accumulate(c, at + SUM, d, dLow);
                accumulate(c, at + SQUARES, square, squareLow);
            } else {
                accumulateTimes(waitingWeight[i], c, at + SUM, d, dLow);
                accumulateTimes(waitingWeight[i], c, at + SQUARES, square, squareLow);
            }
        }
        waiting = 0;
    }

    private static void accumulateTimes(final double weight, final double[] c, final int at, final double x,
        final double xLow) {
        final double product = weight * x;
        accumulate(c, at, product, Math.fma(weight, x, -product) + weight * xLow);
    }

    /** Lets the unit follow the rows that wait, the first that vary or larger ones than before. */
    private void follow() {
        final double[] c = cells.array();
        int exponent = Integer.MIN_VALUE;
        for (int i = 0; i < waiting; i++) {
            exponent = Math.max(exponent, GroupCells.exponent(waitingResponse[i], c[waitingGroup[i] * STRIDE + SHIFT]));
        }
        cells.follow(exponent);
        final double factor = cells.factor();
        for (int i = 0; i < waiting; i++) {
            waitingDeviation[i] = waitingResponse[i] * factor - c[waitingGroup[i] * STRIDE + SHIFT] * factor;
        }
    }

    /**
     * Adds the rows of other statistics, whose groups have other indices.
     *
     * @param other other statistics, left as they are
     * @param places the index here of each of their groups
     */
    public void merge(final GroupStatistics other, final int[] places) {
        settled().merge(other.settled(), places);
    }

    /** Measures sums and deviations in a unit that the statistics of all groups have. */
    void measureIn(final BinaryUnit unit) {
        if (!unit.equals(unit())) {
            cells.measureIn(unit);
        }
    }

    private Object writeReplace() {
        settled().trim();
        return new Written(cells);
    }

    /** What is written of statistics: no rows that wait. */
    private record Written(GroupCells cells) implements Serializable {
        private Object readResolve() {
            return new GroupStatistics(cells);
        }
    }

    /** Takes a unit that suits the variation of the groups as well as that within them, before sums go over groups. */
    void settle() {
        settled().settle();
    }

    /**
     * @return what sums and deviations are measured in; it may change with every row that comes
     */
    BinaryUnit unit() {
        return settled().unit();
    }

    /**
     * @return 1 + the largest group index that occurred
     */
    public int groups() {
        return cells.groups();
    }

    /**
     * @param group index of a group
     * @return its number of rows
     */
    public long n(final int group) {
        return cells.weights() == null ? (long) size(group) : cells.weights().rows(group);
    }

    /**
     * @param group index of a group
     * @return the sum of the weights of its rows, which is their number without weights
     */
    double size(final int group) {
        return settled().array()[group * STRIDE + N];
    }

    /**
     * @return what is known of the weights beside their sums; null if there are none
     */
    GroupWeights weights() {
        return cells.weights();
    }

    /**
     * @param group index of a group with rows
     * @return sum over its rows of (y - mean)^2, weighted, in the square of the unit
     */
    public double sumOfSquares(final int group) {
        return settled().sumOfSquares(group);
    }

    /**
     * @param group index of a group with rows
     * @return one of its responses, in the response's own unit
     */
    double shift(final int group) {
        return settled().array()[group * STRIDE + SHIFT];
    }

    /**
     * @param group index of a group with rows
     * @param centre any number, in the response's own unit
     * @return sum over its rows of (y - centre) in units, weighted, in double-double arithmetic
     */
    DoubleDouble sumAbout(final int group, final double centre) {
        return settled().sumAbout(group, centre);
    }
}
