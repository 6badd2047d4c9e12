package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.covariance.RandomStructure;
import java.io.Serializable;
import java.util.List;

/** Collects what is known of the units of a grouping factor, unit by unit, into the arrays of {@link StoredUnits}. */
public final class UnitArrays implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A variance below this part of the largest one is 0. */
    private static final double NOTHING = 1e-14;

    private final int q;
    private final int p;
    private final double[] blup;
    private final float[] half;
    private final float[] onMean;

    /**
     * @param units number of units
     * @param q effects of a unit
     * @param p columns of the working basis
     */
    public UnitArrays(final int units, final int q, final int p) {
        this.q = q;
        this.p = p;
        blup = new double[Math.multiplyExact(units, q)];
        half = new float[Math.multiplyExact(units, q * (q + 1) / 2)];
        onMean = new float[Math.multiplyExact(units, q * p)];
    }

    /**
     * @param unit index of a unit
     * @param prediction its predictions, length q
     * @param conditional their variance with all parameters known, q x q
     * @param k how they depend on the coefficients of the working basis, q x p
     */
    public void put(final int unit, final double[] prediction, final double[][] conditional, final double[][] k) {
        System.arraycopy(prediction, 0, blup, unit * q, q);
        final double[][] root = root(conditional);
        int at = unit * (q * (q + 1) / 2);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                half[at++] = (float) root[i][j];
            }
            for (int j = 0; j < p; j++) {
                onMean[(unit * q + i) * p + j] = (float) k[i][j];
            }
        }
    }

    /**
     * @param unit index of a unit
     * @param other what was collected of others
     * @param place index there
     */
    public void put(final int unit, final UnitArrays other, final int place) {
        System.arraycopy(other.blup, place * q, blup, unit * q, q);
        final int elements = q * (q + 1) / 2;
        System.arraycopy(other.half, place * elements, half, unit * elements, elements);
        System.arraycopy(other.onMean, place * q * p, onMean, unit * q * p, q * p);
    }

    /**
     * @return the predictions, those of a unit one after the other; not to be changed
     */
    public double[] blups() {
        return blup;
    }

    /** L with c = L L', lower triangular, for a matrix that may be singular. */
    private double[][] root(final double[][] c) {
        final double[][] root = new double[q][q];
        double largest = 0;
        for (int i = 0; i < q; i++) {
            largest = Math.max(largest, c[i][i]);
        }
        for (int j = 0; j < q; j++) {
            for (int i = j; i < q; i++) {
                double rest = c[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= root[i][k] * root[j][k];
                }
                if (i == j) {
                    root[j][j] = rest > NOTHING * largest ? Math.sqrt(rest) : 0;
                } else {
                    root[i][j] = root[j][j] > 0 ? rest / root[j][j] : 0;
                }
            }
        }
        return root;
    }

    /**
     * @param name name of the factor
     * @param terms indices of its random terms in the formula
     * @param structures covariance of the effects of each of these
     * @param effects names of the effects
     * @param d their covariance
     * @param rows number of fitted rows of each unit
     * @return the units; the collector is not to be used any more
     */
    public StoredUnits build(final String name, final int[] terms, final List<RandomStructure> structures,
        final List<String> effects, final double[][] d, final int[] rows) {
        return new StoredUnits(name, terms, structures, List.copyOf(effects), d, blup, half, onMean, rows, List.of());
    }
}
