package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Arrays;
import java.util.List;

/**
 * A minimum of the profiled criterion.
 *
 * @param coordinates that were free
 * @param z entries of F (D / s = F F') and eta
 * @param optimum where and how the search stopped
 * @param vanished what the search was made without
 */
public record Minimum(AffineCoordinates coordinates, double[] z, Optimum optimum, List<Vanished> vanished) {

    /** @return the criterion */
    public double value() {
        return optimum.value();
    }

    /**
     * @param etas number of residual parameters
     * @param eta one of them
     * @return whether the search ended with it at a bound
     */
    public boolean atBound(final int etas, final int eta) {
        final int k = coordinates.size() - etas + eta;
        return optimum.atLower()[k] || optimum.atUpper()[k];
    }

    /**
     * @param etas number of residual parameters
     * @param eta one of them
     * @return derivative of the criterion by it
     */
    public double slope(final int etas, final int eta) {
        return optimum.gradient()[coordinates.size() - etas + eta];
    }

    /** @return the coordinates without those that are held at a bound, and their values */
    public AffineCoordinates free() {
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
