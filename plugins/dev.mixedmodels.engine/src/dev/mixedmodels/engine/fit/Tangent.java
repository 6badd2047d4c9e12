package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * How a coordinate scatters about the estimate and in which direction the others follow it, from the information that
 * the fit has already taken: with C the covariance of the coordinates, c_hh^(1/2) and C e_h / c_hh. To first order the
 * minima with that coordinate held lie on this line.
 *
 * @param stdError standard error of the coordinate; NaN where there is none
 * @param direction change of all coordinates by a unit of it; null where it is unknown
 */
record Tangent(double stdError, double[] direction) {

    static Tangent of(final FittedCovariance estimate, final Held held) {
        final Tangent unknown = new Tangent(Double.NaN, null);
        if (estimate.freeCovariance() == null) {
            return unknown;
        }
        // J x' = S u' for the elements of D, eta and log s as functions of these coordinates x and of the fit's u
        final double[][] slopes = held.coordinates().first(held.start());
        final int n = held.start().length;
        final double[] lengths = new double[n];
        for (final double[] row : slopes) {
            for (int k = 0; k < n; k++) {
                lengths[k] += row[k] * row[k];
            }
        }
        for (final double[] row : slopes) {
            for (int k = 0; k < n; k++) {
                row[k] /= Math.sqrt(lengths[k]);
            }
        }
        final double[][] transposed = Matrices.transpose(slopes);
        final double[][] inverse = Matrices.inversePositiveDefinite(Matrices.multiply(transposed, slopes));
        if (inverse == null) {
            return unknown;
        }
        final double[][] covariance = Matrices.sandwich(
            Matrices.multiply(Matrices.multiply(inverse, transposed), estimate.elementSlopes()),
            estimate.freeCovariance());
        final double[] direction = new double[n];
        for (int k = 0; k < n; k++) {
            direction[k] = covariance[k][held.held()] / covariance[held.held()][held.held()]
                * Math.sqrt(lengths[held.held()] / lengths[k]);
        }
        final double stdError = Math.sqrt(covariance[held.held()][held.held()] / lengths[held.held()]);
        return stdError > 0 ? new Tangent(stdError, direction) : unknown;
    }
}
