package dev.mixedmodels.engine.fit;

/**
 * Free coordinates x of a covariance model or of a submodel: a smooth map to the point z, which has the q x q entries
 * of a factor F of D = F F' (row-major), the residual parameters eta, and log s if it is one of the coordinates.
 */
public interface FreeCoordinates {
    /**
     * @return number of random effects
     */
    int q();

    /**
     * @return number of coordinates
     */
    int size();

    /**
     * @param x coordinates
     * @return the point z
     */
    double[] at(double[] x);

    /**
     * @param x coordinates
     * @return dz / dx_k for each k
     */
    double[][] tangents(double[] x);

    /**
     * @param x coordinates
     * @param k index of a coordinate
     * @param l index of a coordinate
     * @return d2z / dx_k dx_l; null where it is 0
     */
    default double[] curvature(final double[] x, final int k, final int l) {
        return null;
    }

    /**
     * @param x coordinates
     * @return first derivatives of [elements of D by rows of the lower triangle, the rest of z] by x, one row each
     */
    default double[][] first(final double[] x) {
        return first(q(), at(x), tangents(x));
    }

    /**
     * @param q number of random effects
     * @param z a point
     * @param tangents the directions in which it moves
     * @return first derivatives of [elements of D, the rest of z] along each, one row each
     */
    static double[][] first(final int q, final double[] z, final double[][] tangents) {
        final int elements = q * (q + 1) / 2;
        final int rest = z.length - q * q;
        final double[][] first = new double[elements + rest][tangents.length];
        for (int k = 0; k < tangents.length; k++) {
            int element = 0;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    first[element++][k] = product(q, tangents[k], z, a, b);
                }
            }
            for (int j = 0; j < rest; j++) {
                first[elements + j][k] = tangents[k][q * q + j];
            }
        }
        return first;
    }

    /**
     * @param x coordinates
     * @return second derivatives of the same by x_k and x_l; null where zero
     */
    default double[][][] second(final double[] x) {
        final int q = q();
        final double[] z = at(x);
        final double[][] tangents = tangents(x);
        final double[][][] second = new double[q * (q + 1) / 2 + z.length - q * q][][];
        int element = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                final double[][] matrix = new double[size()][size()];
                for (int k = 0; k < size(); k++) {
                    for (int l = 0; l < size(); l++) {
                        final double[] curvature = curvature(x, k, l);
                        matrix[k][l] = product(q, tangents[k], tangents[l], a, b)
                            + (curvature == null ? 0 : product(q, curvature, z, a, b));
                    }
                }
                second[element++] = matrix;
            }
        }
        return second;
    }

    /** Element (a, b) of A B' + B A'. */
    private static double product(final int q, final double[] x, final double[] y, final int a, final int b) {
        double sum = 0;
        for (int j = 0; j < q; j++) {
            sum += x[a * q + j] * y[b * q + j] + y[a * q + j] * x[b * q + j];
        }
        return sum;
    }
}
