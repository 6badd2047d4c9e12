package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import java.io.Serializable;
import java.util.Arrays;

/**
 * {@link BlockedCrossProducts} in the making, from blocks of rows in which units come in any order, or from some of the
 * units: a monoid under {@link #merge}. Sums are compensated, so that the order of the rows matters in the last bit only.
 */
public final class BlockedSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int p1;
    private final int[] q;
    private final int[] levels;
    private final int clusters;
    /** Of each unit the number of rows, Z'Z, Z'[X y] and, of a cluster, the lower triangle of [X y]'[X y]. */
    private final KeyedSums[] units;
    private final KeyedSums[][] pairs;
    private final CompensatedSums cross;
    private long rows;

    /**
     * @param fixedEffects p
     * @param effects q_k of each factor
     * @param levels number of units of each factor
     * @param clusters index of a factor of whose units [X y]'[X y] is wanted too; -1 for none
     */
    public BlockedSums(final int fixedEffects, final int[] effects, final int[] levels, final int clusters) {
        p1 = fixedEffects + 1;
        q = effects;
        this.levels = levels;
        this.clusters = clusters;
        final int factors = q.length;
        units = new KeyedSums[factors];
        pairs = new KeyedSums[factors][factors];
        for (int k = 0; k < factors; k++) {
            units[k] = new KeyedSums(1 + q[k] * (q[k] + p1) + (k == clusters ? p1 * (p1 + 1) / 2 : 0));
            for (int l = k + 1; l < factors; l++) {
                pairs[k][l] = new KeyedSums(q[k] * q[l]);
            }
        }
        cross = new CompensatedSums(p1 * (p1 + 1) / 2);
    }

    /**
     * Adds a block of rows.
     *
     * @param block rows [x y z_1 z_2 ...], one after another
     * @param codes for each factor the unit of each of its rows
     */
    public void add(final double[] block, final int[][] codes) {
        final int size = codes[0].length;
        final int width = block.length / Math.max(1, size);
        for (int a = 0, at = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++, at++) {
                cross.addProducts(at, block, a, b, width, size);
            }
        }
        for (int k = 0, column = p1; k < q.length; column += q[k++]) {
            addUnits(k, codes[k], block, column, width);
            for (int l = k + 1, other = column + q[k]; l < q.length; other += q[l++]) {
                addPairs(k, l, codes, block, column, other, width);
            }
        }
        rows += size;
    }

    /** The row after those of the same units as a row, which often follow one another. */
    private static int end(final int[] first, final int[] second, final int from) {
        int to = from + 1;
        while (to < first.length && first[to] == first[from] && second[to] == second[from]) {
            to++;
        }
        return to;
    }

    private void addUnits(final int k, final int[] unit, final double[] block, final int column, final int width) {
        final KeyedSums sums = units[k];
        for (int from = 0, to; from < unit.length; from = to) {
            to = end(unit, unit, from);
            final int first = from * width;
            final int count = to - from;
            int at = sums.at(unit[from]);
            sums.add(at++, count);
            sums.addProducts(at, block, first + column, q[k], first + column, q[k], width, count);
            at += q[k] * q[k];
            sums.addProducts(at, block, first + column, q[k], first, p1, width, count);
            at += q[k] * p1;
            for (int a = 0; k == clusters && a < p1; at += ++a) {
                sums.addProducts(at, block, first + a, 1, first, a + 1, width, count);
            }
        }
    }

    private void addPairs(final int k, final int l, final int[][] codes, final double[] block, final int column,
        final int other, final int width) {
        final KeyedSums sums = pairs[k][l];
        for (int from = 0, to; from < codes[k].length; from = to) {
            to = end(codes[k], codes[l], from);
            final int first = from * width;
            sums.addProducts(sums.at((long) codes[k][from] * levels[l] + codes[l][from]), block, first + column, q[k],
                first + other, q[l], width, to - from);
        }
    }

    /**
     * Adds later rows.
     *
     * @param later their sums
     */
    public void merge(final BlockedSums later) {
        rows += later.rows;
        cross.add(later.cross);
        for (int k = 0; k < q.length; k++) {
            units[k].merge(later.units[k]);
            for (int l = k + 1; l < q.length; l++) {
                pairs[k][l].merge(later.pairs[k][l]);
            }
        }
    }

    /**
     * @return the statistics of the rows so far
     */
    public BlockedCrossProducts products() {
        final int factors = q.length;
        final UnitPairs[][] filled = new UnitPairs[factors][factors];
        final int[][] counts = new int[factors][];
        final double[][] diagonal = new double[factors][];
        final double[][] fixed = new double[factors][];
        double[] squares = null;
        for (int k = 0; k < factors; k++) {
            final double[] count = values(units[k], levels[k], 0, 1);
            counts[k] = Arrays.stream(count).mapToInt(n -> (int) n).toArray();
            diagonal[k] = values(units[k], levels[k], 1, q[k] * q[k]);
            fixed[k] = values(units[k], levels[k], 1 + q[k] * q[k], q[k] * p1);
            if (k == clusters) {
                squares = values(units[k], levels[k], 1 + q[k] * (q[k] + p1), p1 * (p1 + 1) / 2);
            }
            for (int l = k + 1; l < factors; l++) {
                filled[k][l] = pairs(k, l);
            }
        }
        final double[] whole = new double[p1 * p1];
        for (int a = 0, at = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++, at++) {
                whole[a * p1 + b] = cross.value(at);
                whole[b * p1 + a] = whole[a * p1 + b];
            }
        }
        return new BlockedCrossProducts(Math.toIntExact(rows), p1 - 1, q, levels, counts, diagonal, fixed, filled, whole,
            clusters, squares);
    }

    /** A part of the sums of each unit, by unit; 0 for units without rows. */
    private static double[] values(final KeyedSums sums, final int levels, final int from, final int count) {
        final double[] values = new double[ArraySize.of(levels, count)];
        for (int number = 0; number < sums.size(); number++) {
            final int to = (int) sums.key(number) * count;
            final int at = sums.place(number) + from;
            for (int i = 0; i < count; i++) {
                values[to + i] = sums.value(at + i);
            }
        }
        return values;
    }

    private UnitPairs pairs(final int k, final int l) {
        final long[] keys = pairs[k][l].keys();
        final int block = q[k] * q[l];
        final int[] start = new int[levels[k] + 1];
        final int[] second = new int[keys.length];
        final double[] values = new double[ArraySize.of(keys.length, block)];
        for (int e = 0; e < keys.length; e++) {
            start[(int) (keys[e] / levels[l]) + 1]++;
            second[e] = (int) (keys[e] % levels[l]);
            final int at = pairs[k][l].find(keys[e]);
            for (int i = 0; i < block; i++) {
                values[e * block + i] = pairs[k][l].value(at + i);
            }
        }
        for (int j = 0; j < levels[k]; j++) {
            start[j + 1] += start[j];
        }
        return new UnitPairs(start, second, values);
    }
}
