package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The asymptotic covariance of covariance parameters: twice the inverse of the Hessian of -2 log likelihood. Directions
 * in which the criterion is flat are held fixed.
 *
 * @param matrix m x m
 * @param flat such directions, each of length m with a largest entry of 1
 * @param weakest the smallest eigenvalue of the Hessian, scaled to unit diagonal, that is not flat
 * @param exists whether the Hessian has finite entries; if not, V is all but singular, and the matrix is 0
 * @param gradient of -2 log likelihood, what the search has left of it, length m
 */
record Information(double[][] matrix, List<double[]> flat, double weakest, boolean exists, double[] gradient) {
    /** An eigenvalue of the Hessian, scaled to unit diagonal, up to this counts as a flat direction. */
    private static final double FLAT = 1e-9;
    /**
     * Along a curve of equal likelihood the second derivative is not 0 but as large as what is left of the gradient,
     * times the bend of the curve.
     */
    private static final double BENT = 10;
    /** So does a parameter whose own second derivative is up to this: -2 log likelihood does not depend on it. */
    private static final double UNRELATED = 1e-7;

    /**
     * What inference rests on.
     *
     * @param point the likelihood at its maximum
     * @param held parameters on their bounds, which are held fixed
     */
    static Information covariance(final MarginalPoint point, final boolean[] held) {
        return of(point, held, 0);
    }

    /** For steps across a curve of equal likelihood: directions along it count as flat. */
    static Information acrossCurves(final MarginalPoint point, final boolean[] held) {
        return of(point, held, BENT);
    }

    private static Information of(final MarginalPoint point, final boolean[] held, final double bend) {
        final double[] gradient = point.gradient();
        final double[][] hessian = point.hessian();
        final int m = gradient.length;
        if (Arrays.stream(hessian).flatMapToDouble(Arrays::stream).anyMatch(h -> !Double.isFinite(h))) {
            return new Information(new double[m][m], List.of(), 0, false, gradient);
        }
        final double[] scale = new double[m];
        double flatness = FLAT;
        for (int k = 0; k < m; k++) {
            scale[k] = !held[k] && hessian[k][k] > UNRELATED ? 1 / Math.sqrt(hessian[k][k]) : 0;
            flatness = Math.max(flatness, bend * Math.abs(gradient[k]) * scale[k]);
        }
        Matrices.rescale(hessian, scale);
        for (int k = 0; k < m; k++) {
            hessian[k][k] = held[k] ? 1 : hessian[k][k]; // a direction of its own, whose scale is 0
        }
        final Matrices.Eigen eigen = Matrices.eigen(hessian);
        final double[][] covariance = new double[m][m];
        final List<double[]> flat = new ArrayList<>();
        double weakest = 1;
        for (int e = 0; e < m; e++) {
            final double value = eigen.values()[e];
            if (value <= flatness) {
                flat.add(direction(eigen.vectors()[e], scale));
            } else {
                weakest = Math.min(weakest, value);
            }
            for (int k = 0; k < m && value > flatness; k++) {
                for (int l = 0; l < m; l++) {
                    covariance[k][l] += 2 / value * eigen.vectors()[e][k] * eigen.vectors()[e][l] * scale[k] * scale[l];
                }
            }
        }
        return new Information(covariance, flat, weakest, true, gradient);
    }

    /** Which parameters lie on their bounds. */
    static boolean[] held(final MarginalLikelihood likelihood, final double[] theta) {
        final double[] lower = likelihood.bounds(-1);
        final double[] upper = likelihood.bounds(1);
        final boolean[] held = new boolean[theta.length];
        for (int k = 0; k < held.length; k++) {
            held[k] = theta[k] <= lower[k] || theta[k] >= upper[k];
        }
        return held;
    }

    /** Newton's step in the directions that are not flat, length m. */
    double[] step() {
        return Arrays.stream(Matrices.multiply(matrix, gradient)).map(x -> -x / 2).toArray();
    }

    /** The largest absolute derivative. */
    double steepness() {
        return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }

    /** In unscaled parameters; those without a scale are directions of their own. */
    private static double[] direction(final double[] scaled, final double[] scale) {
        final double[] direction = new double[scaled.length];
        double largest = 0;
        for (int k = 0; k < direction.length; k++) {
            direction[k] = scaled[k] * (scale[k] > 0 ? scale[k] : 1);
            largest = Math.max(largest, Math.abs(direction[k]));
        }
        Matrices.divide(direction, largest);
        return direction;
    }
}
