package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What {@link GroupStatistics} keeps of each group, side by side in one array: n (the sum of weights), the shift c,
 * sum(y - c) and sum (y - c)^2, the sums in double-double arithmetic and measured in a common unit that suits the
 * deviations.
 */
final class GroupCells implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int N = 0;
    static final int SUM = 1;
    static final int SUM_LOW = 2;
    static final int SQUARES = 3;
    static final int SQUARES_LOW = 4;
    /** In the response's own unit, unlike the sums. */
    static final int SHIFT = 5;
    /** Cells of a group. */
    static final int STRIDE = 6;
    private static final int MAX_GROUPS = (Integer.MAX_VALUE - 8) / STRIDE;
    /** Deviations between 2^-LIMIT and 2^LIMIT of a unit leave it as it is. */
    private static final int LIMIT = 300;
    /** What deviations may reach before another unit is needed. */
    static final double LARGEST = Math.scalb(1.0, LIMIT);
    /** Responses of 2^(FINITE + LIMIT) units are still finite. */
    private static final int FINITE = 700;

    private double[] cells;
    private int groups;
    private BinaryUnit unit = BinaryUnit.ONE;
    private double factor = 1; // of responses to be measured in the unit
    private boolean varied; // whether any sum is not 0
    private final GroupWeights weights; // null without weights

    GroupCells(final int expectedGroups, final GroupWeights weights) {
        this.weights = weights;
        cells = new double[STRIDE * Math.max(1, Math.min(expectedGroups, MAX_GROUPS))];
    }

    double[] array() {
        return cells;
    }

    GroupWeights weights() {
        return weights;
    }

    int groups() {
        return groups;
    }

    BinaryUnit unit() {
        return unit;
    }

    double factor() {
        return factor;
    }

    boolean varied() {
        return varied;
    }

    /** Makes room for a group of a new, larger index. */
    void grow(final int group) {
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

    /** Exponent of a difference, formed without overflow, and no less than one in whose unit y itself is finite. */
    static int exponent(final double y, final double shift) {
        return Math.max(Math.getExponent(y / 2 - shift / 2) + 1, Math.getExponent(y) - FINITE);
    }

    /**
     * The first deviations have come, or larger ones than before: goes over to the unit 2^exponent if it is far off.
     */
    void follow(final int exponent) {
        varied = true;
        change(exponent);
    }

    /** Goes over to the unit 2^exponent if the present one is far from it. */
    private void change(final int exponent) {
        if (Math.abs(exponent - unit.exponent()) > LIMIT) {
            measureIn(BinaryUnit.of(exponent));
        }
    }

    /** Takes a unit that suits the variation of the groups as well as that within them, before sums go over groups. */
    void settle() {
        double centre = Double.NaN;
        int exponent = varied ? unit.exponent() - LIMIT : Integer.MIN_VALUE;
        for (int at = 0; at < groups * STRIDE; at += STRIDE) {
            if (cells[at] > 0) {
                centre = Double.isNaN(centre) ? cells[at + SHIFT] : centre;
                exponent = Math.max(exponent, exponent(cells[at + SHIFT], centre));
            }
        }
        if (exponent > Math.getExponent(0.0) + 1) {
            change(exponent);
        }
    }

    /** Goes over to this unit exactly. */
    void measureIn(final BinaryUnit next) {
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

    /** Gives back the room that no group has taken. */
    void trim() {
        cells = Arrays.copyOf(cells, Math.max(1, groups) * STRIDE);
    }

    /** Adds the rows of other cells, which are left as they are, those of the g-th group to the group places[g]. */
    void merge(final GroupCells other, final int[] places) {
        final int last = Arrays.stream(places).max().orElse(-1);
        if (last >= groups) {
            grow(last);
        }
        if (weights != null) {
            weights.merge(other.weights, places);
        }
        final double[] c = cells;
        final double[] o = other.cells;
        if (other.varied) {
            change(varied ? Math.max(unit.exponent(), other.unit.exponent()) : other.unit.exponent());
        }
        for (int g = 0; g < places.length; g++) {
            final int at = places[g] * STRIDE;
            final int its = g * STRIDE;
            if (c[at] > 0 && o[its] > 0) {
                final int exponent = exponent(o[its + SHIFT], c[at + SHIFT]);
                final boolean first = !varied && !other.varied && c[at + SHIFT] != o[its + SHIFT];
                if (first || exponent > unit.exponent()) {
                    change(exponent);
                }
                varied |= first;
            }
        }
        varied |= other.varied;
        final int by = other.unit.exponent() - unit.exponent();
        for (int g = 0; g < places.length; g++) {
            if (o[g * STRIDE] > 0) {
                mergeGroup(c, places[g] * STRIDE, o, g * STRIDE, by);
            }
        }
    }

    /** With s = c' - c: sum (y - c) = S' + n' s and sum (y - c)^2 = Q' + 2 s S' + n' s^2. */
    private void mergeGroup(final double[] c, final int at, final double[] o, final int its, final int by) {
        final double[] own = {o[its], Math.scalb(o[its + SUM], by), Math.scalb(o[its + SUM_LOW], by),
            Math.scalb(o[its + SQUARES], 2 * by), Math.scalb(o[its + SQUARES_LOW], 2 * by), o[its + SHIFT]};
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

    /** (c[at], c[at + 1]) += (x, xLow) in double-double arithmetic. */
    static void accumulate(final double[] c, final int at, final double x, final double xLow) {
        final double high = c[at];
        final double sum = high + x;
        final double part = sum - high;
        final double error = (high - (sum - part)) + (x - part) + (c[at + 1] + xLow);
        final double newHigh = sum + error;
        c[at] = newHigh;
        c[at + 1] = error - (newHigh - sum);
    }

    /** Sum of (y - mean)^2 over a group, in the square of the unit. */
    double sumOfSquares(final int group) {
        final int at = group * STRIDE;
        final double n = cells[at + N];
        final double sum = cells[at + SUM];
        final double sumLow = cells[at + SUM_LOW];
        // n Q - S^2
        final DoubleDouble scaled = new DoubleDouble();
        scaled.addProduct(n, cells[at + SQUARES]);
        scaled.addProduct(n, cells[at + SQUARES_LOW]);
        scaled.addProduct(-sum, sum);
        scaled.addProduct(-2 * sum, sumLow);
        return scaled.value() / n;
    }

    /** Sum of (y - centre) over a group in units, centre in the response's own unit. */
    DoubleDouble sumAbout(final int group, final double centre) {
        final DoubleDouble s = new DoubleDouble();
        s.add(cells[group * STRIDE + SHIFT] * factor);
        s.add(-centre * factor);
        return total(cells, group * STRIDE, s);
    }
}
