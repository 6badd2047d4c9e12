package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * The asymptotic covariance of covariance parameters: twice the inverse of the Hessian of -2 log likelihood. Directions
 * in which the criterion is flat are held fixed.
 *
 * @param matrix m x m
 * @param flat whether there are such directions
 */
record Information(double[][] matrix, boolean flat) {
    /** An eigenvalue of the Hessian, scaled to unit diagonal, below this counts as a flat direction. */
    private static final double FLAT = 1e-9;
    /** So does a parameter whose own second derivative is below this: -2 log likelihood does not depend on it. */
    private static final double UNRELATED = 1e-7;

    static Information covariance(final MarginalLikelihood likelihood, final double[] theta) {
        final int m = theta.length;
        final double[][] hessian = new double[m][m];
        likelihood.value(theta, null, hessian);
        if (Arrays.stream(hessian).flatMapToDouble(Arrays::stream).anyMatch(h -> !Double.isFinite(h))) {
            return new Information(new double[m][m], true); // V is all but singular
        }
        final double[] scale = new double[m];
        for (int k = 0; k < m; k++) {
            scale[k] = hessian[k][k] > UNRELATED ? 1 / Math.sqrt(hessian[k][k]) : 0;
        }
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                hessian[k][l] *= scale[k] * scale[l];
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(hessian);
        final double[][] covariance = new double[m][m];
        boolean flat = false;
        for (int e = 0; e < m; e++) {
            final double value = eigen.values()[e];
            flat |= value <= FLAT;
            for (int k = 0; k < m && value > FLAT; k++) {
                for (int l = 0; l < m; l++) {
                    covariance[k][l] += 2 / value * eigen.vectors()[e][k] * eigen.vectors()[e][l] * scale[k] * scale[l];
                }
            }
        }
        return new Information(covariance, flat);
    }
}
