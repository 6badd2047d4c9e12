package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Arrays;

/**
 * A minimum of the profiled criterion.
 *
 * @param coordinates that were free
 * @param z entries of F (D / s = F F') and eta
 * @param optimum where and how the search stopped
 */
record Optimised(AffineCoordinates coordinates, double[] z, Optimum optimum) {

    double value() {
        return optimum.value();
    }

    /** Whether the search ended with one of the residual parameters at a bound. */
    boolean atBound(final int etas, final int eta) {
        final int k = coordinates.size() - etas + eta;
        return optimum.atLower()[k] || optimum.atUpper()[k];
    }

    /** Derivative of the criterion by a residual parameter. */
    double slope(final int etas, final int eta) {
        return optimum.gradient()[coordinates.size() - etas + eta];
    }

    /** The coordinates without those that are held at a bound, and their values. */
    AffineCoordinates free() {
        int count = 0;
        final double[][] directions = new double[coordinates.size()][];
        for (int k = 0; k < directions.length; k++) {
            if (!optimum.atLower()[k] && !optimum.atUpper()[k]) {
                directions[count++] = coordinates.directions()[k];
            }
        }
        return new AffineCoordinates(coordinates.q(), z, Arrays.copyOf(directions, count));
    }
}
