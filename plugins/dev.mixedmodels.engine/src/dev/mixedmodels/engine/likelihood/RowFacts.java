package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.UnitOrder;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is seen of the columns of Z while the rows of a model stream by, and products of the columns without weights.
 */
public final class RowFacts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int p;
    private final int[] effects;
    private final UnitOrder[] within;
    private final boolean[] varies;
    private final CrossProducts plain; // null where it is not wanted
    private double[] first; // columns of Z in the first row; null before any

    /**
     * @param fixedEffects p
     * @param effects of each grouping factor
     * @param constant columns of Z of which it is known that they do not vary
     * @param plain whether products without weights are wanted
     */
    RowFacts(final int fixedEffects, final int[] effects, final boolean[] constant, final boolean plain) {
        p = fixedEffects;
        this.effects = effects;
        varies = new boolean[constant.length];
        within = new UnitOrder[effects.length];
        for (int k = 0, at = 0; k < within.length; at += effects[k++]) {
            within[k] = new UnitOrder(Arrays.copyOfRange(constant, at, at + effects[k]), false);
        }
        this.plain = plain ? new CrossProducts(new double[p + constant.length]) : null;
    }

    /**
     * Adds the next row.
     *
     * @param rows holds [x y z]
     * @param from where the row begins
     * @param codes for each grouping factor the unit of each row
     * @param i which of them it is
     */
    void add(final double[] rows, final int from, final int[][] codes, final int i) {
        final int z = from + p + 1;
        if (first == null) {
            first = Arrays.copyOfRange(rows, z, z + varies.length);
        }
        for (int c = 0; c < first.length; c++) {
            varies[c] |= rows[z + c] != first[c];
        }
        for (int k = 0, at = z; k < within.length; at += effects[k++]) {
            within[k].addUntimed(codes[k][i], rows, at);
        }
        if (plain != null) {
            final double[] both = Arrays.copyOfRange(rows, from, from + p + first.length);
            System.arraycopy(rows, z, both, p, first.length);
            plain.add(both);
        }
    }

    void merge(final RowFacts later) {
        if (first == null) {
            first = later.first;
        }
        for (int c = 0; c < varies.length && later.first != null; c++) {
            varies[c] |= later.varies[c] || later.first[c] != first[c];
        }
        for (int k = 0; k < within.length; k++) {
            within[k].merge(later.within[k]);
        }
        if (plain != null) {
            plain.merge(later.plain);
        }
    }

    RowFacts closed() {
        for (final UnitOrder order : within) {
            order.closed();
        }
        return this;
    }

    private int at(final int k) {
        return Arrays.stream(effects).limit(k).sum();
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of one of its effects
     * @return whether its column has several values
     */
    public boolean varies(final int k, final int effect) {
        return varies[at(k) + effect];
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of one of its effects
     * @return whether its column has several values within some unit
     */
    public boolean variesWithin(final int k, final int effect) {
        return within[k].varies(effect);
    }

    /**
     * @return products of the columns of X and Z without weights; null where they were not wanted
     */
    public CrossProducts plain() {
        return plain;
    }
}
