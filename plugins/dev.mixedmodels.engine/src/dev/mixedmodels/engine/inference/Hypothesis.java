package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;

/** Linear hypotheses L beta = 0 in independent rows. */
final class Hypothesis {
    /** Rows whose share of the variance is below this are combinations of the others. */
    private static final double RANK_TOLERANCE = 1e-10;
    /** Ratio of the rows' variances up to which they can be decomposed without scaling. */
    private static final double COMPARABLE = 1e8;

    private Hypothesis() {
    }

    /**
     * Rows that span those of L and are uncorrelated with unit variance under a covariance: with the spectral
     * decomposition L phi L' = P D P' they are D^-1/2 P' L. These are the rows whose degrees of freedom SAS, lmerTest
     * and mmrm take. Only where variances of rows differ by many powers of ten (and with them the units of columns),
     * L is first scaled to unit diagonal.
     *
     * @param contrasts L, q x p
     * @param phi covariance, p x p
     * @return r x p, r the rank of L phi L'
     */
    static double[][] orthonormal(final double[][] contrasts, final double[][] phi) {
        final double[][] lPhiL = Matrices.sandwich(contrasts, phi);
        final int q = lPhiL.length;
        final double[] scale = scale(lPhiL);
        Matrices.rescale(lPhiL, scale);
        if (q == 0) {
            return new double[0][];
        }
        final Matrices.Eigen eigen = Matrices.eigen(lPhiL);
        int rank = 0;
        while (rank < q && eigen.values()[rank] > RANK_TOLERANCE * q * eigen.values()[0]) {
            rank++;
        }
        final double[][] rows = new double[rank][contrasts[0].length];
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < q; i++) {
                final double weight = eigen.vectors()[r][i] * scale[i] / Math.sqrt(eigen.values()[r]);
                for (int j = 0; j < rows[r].length; j++) {
                    rows[r][j] += weight * contrasts[i][j];
                }
            }
        }
        return rows;
    }

    /** 1 for every row, or what brings the diagonal to 1; 0 for rows without variance. */
    private static double[] scale(final double[][] lPhiL) {
        final double[] scale = new double[lPhiL.length];
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < scale.length; i++) {
            least = Math.min(least, lPhiL[i][i]);
            most = Math.max(most, lPhiL[i][i]);
        }
        for (int i = 0; i < scale.length; i++) {
            if (most <= COMPARABLE * least) {
                scale[i] = 1;
            } else {
                scale[i] = lPhiL[i][i] > 0 ? 1 / Math.sqrt(lPhiL[i][i]) : 0;
            }
        }
        return scale;
    }

    /**
     * @param contrasts L, q x p
     * @param beta estimates, length p
     * @param covariance of the estimates, p x p
     * @return (L beta)'(L cov L')^-1 (L beta) / rank with the rank
     */
    static Wald wald(final double[][] contrasts, final double[] beta, final double[][] covariance) {
        final double[][] rows = orthonormal(contrasts, covariance);
        double sum = 0;
        for (final double[] row : rows) {
            final double z = Matrices.dot(row, beta);
            sum += z * z;
        }
        return new Wald(sum / rows.length, rows.length);
    }

    /**
     * @param meanSquare Wald statistic over its rank
     * @param rank independent rows
     */
    record Wald(double meanSquare, int rank) {
    }
}
