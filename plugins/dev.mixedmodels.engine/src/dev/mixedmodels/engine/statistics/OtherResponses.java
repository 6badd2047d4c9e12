package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * The statistics of the same rows with other responses, of which only what has the response in it is computed anew:
 * with Z_j = Q_j R_j the response's column of T_j is Q_j'y_j, and what is left within units follows from the whole.
 */
public final class OtherResponses {
    /** A pivot below this part of its column is none. */
    private static final double RANK = 1e-10;

    private final GroupReduction data;
    private final int[] unit;
    private final double[] x;
    private final double[] q;

    /**
     * @param data statistics of the rows
     * @param rows the rows
     * @param grouping their units
     */
    public OtherResponses(final GroupReduction data, final ModelRows rows, final Grouping grouping) {
        this.data = data;
        unit = grouping.codes();
        final int p = data.fixedEffects();
        final int effects = data.effects();
        x = new double[ArraySize.of(rows.size(), p)];
        q = new double[ArraySize.of(rows.size(), effects)];
        final double[] row = new double[rows.width()];
        for (int i = 0; i < rows.size(); i++) {
            rows.row(i, row);
            System.arraycopy(row, 0, x, i * p, p);
            final int r = unit[i] * effects * effects;
            for (int c = 0; c < effects; c++) {
                double rest = row[p + 1 + c];
                double column = 0;
                for (int k = 0; k < c; k++) {
                    rest -= q[i * effects + k] * data.r()[r + k * effects + c];
                    column += Math.abs(data.r()[r + k * effects + c]);
                }
                final double pivot = data.r()[r + c * effects + c];
                q[i * effects + c] = Math.abs(pivot) > RANK * (column + Math.abs(pivot)) ? rest / pivot : 0;
            }
        }
    }

    /**
     * @param y another response, by row
     * @return the statistics with it
     */
    public GroupReduction with(final double[] y) {
        final int p = data.fixedEffects();
        final int p1 = p + 1;
        final int effects = data.effects();
        final double[] t = data.t().clone();
        for (int i = p; i < t.length; i += p1) {
            t[i] = 0;
        }
        final double[] sums = new double[p1];
        for (int i = 0; i < y.length; i++) {
            for (int c = 0; c < effects; c++) {
                t[(unit[i] * effects + c) * p1 + p] += q[i * effects + c] * y[i];
            }
            for (int a = 0; a < p; a++) {
                sums[a] += x[i * p + a] * y[i];
            }
        }
        sums[p] = Matrices.dot(y, y);
        for (int i = 0; i < t.length; i += p1) {
            for (int a = 0; a <= p; a++) {
                sums[a] -= t[i + a] * t[i + p];
            }
        }
        final double[] within = data.within().clone();
        for (int a = 0; a <= p; a++) {
            within[a * p1 + p] = sums[a];
            within[p * p1 + a] = sums[a];
        }
        return new GroupReduction(data.rows(), p, effects, data.levels(), data.counts(), data.r(), t, within);
    }
}
