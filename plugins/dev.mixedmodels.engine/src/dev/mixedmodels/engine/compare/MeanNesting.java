package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Set;

/**
 * How the mean of one model contains that of another: X of the smaller is X of the larger times M.
 *
 * @param combination M, coefficients of the larger by those of the smaller; null if the larger does not contain the
 *            smaller
 */
record MeanNesting(double[][] combination) {
    /** Difference of log determinants that is rounding. */
    private static final double SAME = 1e-6;

    /**
     * @param large the larger model over generic rows
     * @param stored the same as it is kept
     * @param small the smaller model over the same rows
     * @return whether and how it is contained
     */
    static MeanNesting of(final ModelDesign large, final StoredDesign stored, final ModelDesign small) {
        final ColumnSpace space = new ColumnSpace(columns(large));
        final double[][] of = columns(small);
        if (!space.contains(of)
            || !Set.copyOf(large.formula().offsets()).equals(Set.copyOf(small.formula().offsets()))) {
            return new MeanNesting(null);
        }
        final int[] keptOfSmall = small.fixed().kept();
        final int[] keptOfLarge = stored.kept();
        final double[][] m = new double[keptOfLarge.length][keptOfSmall.length];
        for (int s = 0; s < keptOfSmall.length; s++) {
            final double[] all = space.combination(of[keptOfSmall[s]]);
            int kept = 0;
            for (int j = 0; j < all.length; j++) {
                final double[] made = stored.combinations()[j];
                if (made == null) {
                    m[kept++][s] += all[j];
                } else {
                    for (int k = 0; k < made.length; k++) {
                        m[k][s] += made[k] * all[j];
                    }
                }
            }
        }
        return new MeanNesting(m);
    }

    /** All columns of X over all rows. */
    private static double[][] columns(final ModelDesign model) {
        final FixedDesign design = model.fixed();
        final int n = model.rows().frame().rows();
        final double[][] columns = new double[design.allNames().size()][n];
        final double[] row = new double[columns.length];
        for (int i = 0; i < n; i++) {
            design.allRow(i, row);
            for (int j = 0; j < row.length; j++) {
                columns[j][i] = row[j];
            }
        }
        return columns;
    }

    boolean nested() {
        return combination != null;
    }

    /** Coefficients of the larger model. */
    private int larger() {
        return combination.length;
    }

    /** Number of hypotheses that make the smaller mean of the larger one; 0 for the same mean. */
    int df() {
        return larger() - new ColumnSpace(Matrices.transpose(combination)).rank();
    }

    /** L with L beta = 0 where the larger mean is the smaller one, a row a hypothesis. */
    double[][] hypothesis() {
        return new ColumnSpace(Matrices.transpose(combination)).complement(larger());
    }

    /** Whether restricted likelihoods may be compared: the same mean in columns of the same volume. */
    boolean sameRestricted() {
        return nested() && df() == 0
            && Math.abs(new ColumnSpace(Matrices.transpose(combination)).logVolume()) < SAME;
    }
}
