package dev.mixedmodels.engine.longitudinal;

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
record AffineCoordinates(int q, double[] origin, double[][] directions) implements FreeCoordinates {

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

    /** The least-squares coordinates of a point: exactly its own if it is one of these. */
    double[] nearest(final double[] z) {
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
        return Matrices.multiply(
            Matrices.inversePositiveDefinite(gram), right);
    }

    @Override
    public double[][] first(final double[] z) {
        final int elements = q * (q + 1) / 2;
        final int rest = z.length - q * q;
        final double[][] first = new double[elements + rest][size()];
        for (int k = 0; k < size(); k++) {
            final double[] direction = directions[k];
            int element = 0;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    double sum = 0;
                    for (int j = 0; j < q; j++) {
                        sum += direction[a * q + j] * z[b * q + j] + z[a * q + j] * direction[b * q + j];
                    }
                    first[element++][k] = sum;
                }
            }
            for (int j = 0; j < rest; j++) {
                first[elements + j][k] = direction[q * q + j];
            }
        }
        return first;
    }

    @Override
    public double[][][] second() {
        final int elements = q * (q + 1) / 2;
        final double[][][] second = new double[elements + origin.length - q * q][][];
        int element = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                final double[][] matrix = new double[size()][size()];
                for (int k = 0; k < size(); k++) {
                    for (int l = 0; l < size(); l++) {
                        for (int j = 0; j < q; j++) {
                            matrix[k][l] += directions[k][a * q + j] * directions[l][b * q + j]
                                + directions[l][a * q + j] * directions[k][b * q + j];
                        }
                    }
                }
                second[element++] = matrix;
            }
        }
        return second;
    }

    double[] factor(final double[] z) {
        return Arrays.copyOf(z, q * q);
    }
}
