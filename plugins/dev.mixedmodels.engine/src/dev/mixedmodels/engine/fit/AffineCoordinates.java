package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Free coordinates x of a covariance model, z = origin + sum_k x_k direction_k, where z are the q x q entries of the
 * factor F of D = F F' (row-major), the residual parameters eta, and possibly log s. Submodels (an effect removed, a
 * variance or correlation held at a value, a singular D) are affine in them too.
 *
 * @param q number of random effects
 * @param origin length of z
 * @param directions one for each free coordinate
 */
public record AffineCoordinates(int q, double[] origin, double[][] directions) implements FreeCoordinates {

    @Override
    public int size() {
        return directions.length;
    }

    @Override
    public double[] at(final double[] x) {
        final double[] z = origin.clone();
        for (int k = 0; k < x.length; k++) {
            for (int i = 0; i < z.length; i++) {
                z[i] += x[k] * directions[k][i];
            }
        }
        return z;
    }

    /**
     * @param z a point
     * @return its least-squares coordinates: exactly its own if it is one of these; null if the directions depend on
     *         one another
     */
    public double[] nearest(final double[] z) {
        final int n = size();
        final double[][] gram = new double[n][n];
        final double[] right = new double[n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < z.length; i++) {
                right[k] += directions[k][i] * (z[i] - origin[i]);
            }
            for (int l = 0; l < n; l++) {
                gram[k][l] = Matrices.dot(directions[k], directions[l]);
            }
        }
        final double[][] inverse = Matrices.inversePositiveDefinite(gram);
        return inverse == null ? null : Matrices.multiply(inverse, right);
    }

    @Override
    public double[][] tangents(final double[] x) {
        return directions;
    }

    /**
     * @param z a point
     * @return F, q x q
     */
    public double[] factor(final double[] z) {
        return Arrays.copyOf(z, q * q);
    }
}
