package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * F tests of several rows from degrees of freedom of single rows: the hypothesis is split into uncorrelated rows, and
 * the expectation of the sum of their q independent F(1, df_r) is matched by that of q F(q, df).
 * <p>
 * Source: Fai &amp; Cornelius (1996) J. Stat. Comput. Simul. 54:363-378; as in SAS PROC MIXED, lmerTest and mmrm.
 * <p>
 * The mathematics: doc/satterthwaite.md beside the sources.
 */
public final class FaiCornelius {
    /** Degrees of freedom of uncorrelated rows that differ by less are taken as one number. */
    private static final double SAME = 1e-8;

    private FaiCornelius() {
    }

    /**
     * @param inference estimates, their covariance and the degrees of freedom of single rows
     * @param contrasts L, q x p; rows may depend on one another
     * @return the test of L beta = 0; {@link FTest#NONE} without a row
     */
    public static FTest test(final FixedInference inference, final double[][] contrasts) {
        final double[][] rows = Hypothesis.orthonormal(contrasts, inference.covariance());
        final int q = rows.length;
        if (q == 0) {
            return FTest.NONE;
        }
        double sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        double expectation = 0;
        for (final double[] row : rows) {
            final double z = Matrices.dot(row, inference.estimates());
            final double df = inference.df(row);
            sum += z * z;
            smallest = Math.min(smallest, df);
            largest = Math.max(largest, df);
            expectation += df == Double.POSITIVE_INFINITY ? 1 : df / (df - 2);
        }
        final double denDf;
        if (largest - smallest <= SAME * largest || smallest == largest) {
            denDf = smallest;
        } else {
            denDf = smallest <= 2 ? 2 : 2 * expectation / (expectation - q);
        }
        return FTest.of(sum / q, q, denDf);
    }
}
