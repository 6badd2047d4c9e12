package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.frame.LongIndex;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A {@link GroupReduction} in the making, from blocks of rows in which units come in any order, or from some of the
 * units: a monoid under {@link #merge}. Of a unit that is met again the triangles are reduced together, so that no row
 * is kept. 8 q (q + p + 1) + 24 bytes a unit and what it takes to find it.
 */
public final class UnitStatistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private final int q;
    private final int p1;
    private final LongIndex index; // null if there is a place for each unit
    private final CompensatedSums within;
    private final int room;
    private int[] counts; // these are made with the first row, so that a question without rows is small
    private double[] r;
    private double[] t;
    private long rows;

    /**
     * @param effects q
     * @param fixedEffects p; -1 to keep all cross-products of a unit, see {@link GroupReduction#split}
     */
    public UnitStatistics(final int effects, final int fixedEffects) {
        this(effects, fixedEffects, new LongIndex(), SMALLEST);
    }

    /**
     * Statistics of no rows with room for all units, which is faster where most of them come.
     *
     * @param effects q
     * @param fixedEffects p, as above
     * @param levels number of units
     */
    public UnitStatistics(final int effects, final int fixedEffects, final int levels) {
        this(effects, fixedEffects, null, levels);
    }

    private UnitStatistics(final int effects, final int fixedEffects, final LongIndex index, final int room) {
        q = effects;
        p1 = fixedEffects + 1;
        this.index = index;
        within = new CompensatedSums(p1 * p1);
        this.room = room;
    }

    /**
     * @return statistics of no rows, of the same model, which make room as units come
     */
    public UnitStatistics fresh() {
        return new UnitStatistics(q, p1 - 1);
    }

    /**
     * Adds a block of rows.
     *
     * @param block rows [z x y], one after another
     * @param codes unit of each of its rows
     */
    public void add(final double[] block, final int[] codes) {
        final LongIndex met = new LongIndex();
        final int[] local = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            local[i] = met.add(codes[i]);
        }
        final RowOrder order = RowOrder.of(new Grouping("", local, met.size()));
        makeRoom(met.size());
        final double[] blockR = new double[met.size() * q * q];
        final double[] blockT = new double[met.size() * q * p1];
        final UnitReducer reducer = new UnitReducer(q, p1, within);
        for (int unit = 0; unit < met.size(); unit++) {
            reducer.reduce(block, order, unit, blockR, blockT);
            put(met.key(unit), order.start()[unit + 1] - order.start()[unit], blockR, blockT, unit, reducer);
        }
    }

    /**
     * Adds later rows.
     *
     * @param later their statistics
     */
    public void merge(final UnitStatistics later) {
        within.add(later.within);
        final UnitReducer reducer = new UnitReducer(q, p1, within);
        for (int unit = 0; unit < later.units(); unit++) {
            if (later.counts[unit] > 0) {
                put(later.code(unit), later.counts[unit], later.r, later.t, unit, reducer);
            }
        }
    }

    /** Room to begin with, for so many units if they are known. */
    private void makeRoom(final int met) {
        if (counts == null) {
            final int units = index == null ? room : Math.max(room, met);
            counts = new int[units];
            r = new double[ArraySize.of(units, q * q)];
            t = new double[ArraySize.of(units, q * p1)];
        }
    }

    private int units() {
        return index != null ? index.size() : counts == null ? 0 : counts.length;
    }

    private long code(final int unit) {
        return index == null ? unit : index.key(unit);
    }

    private void put(final long code, final int count, final double[] otherR, final double[] otherT, final int other,
        final UnitReducer reducer) {
        makeRoom(0);
        final int unit = index == null ? (int) code : index.add(code);
        if (unit == counts.length) {
            final int more = unit + (unit >> 1);
            counts = Arrays.copyOf(counts, more);
            r = Arrays.copyOf(r, ArraySize.of(more, q * q));
            t = Arrays.copyOf(t, ArraySize.of(more, q * p1));
        }
        if (counts[unit] > 0) {
            reducer.stack(r, t, unit, otherR, otherT, other);
        } else {
            System.arraycopy(otherR, other * q * q, r, unit * q * q, q * q);
            System.arraycopy(otherT, other * q * p1, t, unit * q * p1, q * p1);
        }
        counts[unit] += count;
        rows += count;
    }

    /**
     * @return codes of the units met, in order; null if there is a place for each unit from the beginning
     */
    public int[] codes() {
        return index == null ? null : Arrays.stream(index.sortedKeys()).mapToInt(Math::toIntExact).toArray();
    }

    /**
     * @return the statistics of all units, or of those with {@link #codes} in their order; this object is not to be
     *         used any more
     */
    public GroupReduction reduction() {
        if (index == null) {
            makeRoom(0);
            return new GroupReduction(Math.toIntExact(rows), p1 - 1, q, counts.length, counts, r, t,
                GroupReduction.mirrored(within, p1));
        }
        final int[] codes = codes();
        return reduction(codes.length, code -> Arrays.binarySearch(codes, code));
    }

    /**
     * @param levels number of units there are, also without rows
     * @return the statistics of all of them, by unit; this object is not to be used any more
     */
    public GroupReduction reduction(final int levels) {
        return index == null ? reduction() : reduction(levels, code -> code);
    }

    private GroupReduction reduction(final int units, final IntUnaryOperator place) {
        final int[] count = new int[units];
        final double[] allR = new double[ArraySize.of(units, q * q)];
        final double[] allT = new double[ArraySize.of(units, q * p1)];
        for (int unit = 0; unit < index.size(); unit++) {
            final int at = place.applyAsInt((int) index.key(unit));
            count[at] = counts[unit];
            System.arraycopy(r, unit * q * q, allR, at * q * q, q * q);
            System.arraycopy(t, unit * q * p1, allT, at * q * p1, q * p1);
        }
        return new GroupReduction(Math.toIntExact(rows), p1 - 1, q, units, count, allR, allT,
            GroupReduction.mirrored(within, p1));
    }
}
