package dev.mixedmodels.engine.covariance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A positive semidefinite matrix that is linear in its parameters, D = sum_k theta_k E_k, and has a factor that is
 * linear in as many unconstrained coordinates, D = F F' with F = sum_k u_k F_k. The elements theta are what is
 * reported and what Kenward and Roger's matrices refer to; the coordinates u are what is optimised, for every u gives
 * an admissible D and every singular D is reached at finite u.
 *
 * @param dimension q, the number of random effects
 * @param basis E_k, each q x q, flat
 * @param factorBasis F_k, each q x q, flat
 * @param entries for each parameter the row and the column of the entry of D that it is
 * @param blocks effects that are independent of those of other blocks
 */
public record LinearStructure(int dimension, double[][] basis, double[][] factorBasis, int[][] entries,
    List<Block> blocks) implements CovarianceStructure {
    /**
     * Effects with a covariance of their own.
     *
     * @param kind of structure; UNSTRUCTURED for a single effect, whose variance is free whatever the structure
     * @param effects indices, rising
     */
    public record Block(RandomStructure kind, int[] effects) {
        /**
         * @return whether linear changes of coordinates leave the structure what it is
         */
        public boolean free() {
            return kind.free();
        }

        static List<Block> of(final RandomStructure kind, final int q) {
            return List.of(new Block(q == 1 ? RandomStructure.UNSTRUCTURED : kind, IntStream.range(0, q).toArray()));
        }
    }

    @Override
    public int parameters() {
        return basis.length;
    }

    @Override
    public double lower(final int k) {
        return isVariance(k) ? 0 : Double.NEGATIVE_INFINITY;
    }

    /**
     * @param k index of a parameter
     * @return whether it is a variance, not a covariance
     */
    public boolean isVariance(final int k) {
        return entries[k][0] == entries[k][1];
    }

    /**
     * @param i row of an entry of D
     * @param j its column
     * @return index of the parameter that it is; -1 if it is always 0
     */
    public int parameter(final int i, final int j) {
        int k = basis.length - 1;
        while (k >= 0 && basis[k][i * dimension + j] == 0) {
            k--;
        }
        return k;
    }

    /**
     * d corr = dc / sqrt(v w) - corr (dv / v + dw / w) / 2; where the variances are one parameter both are its own.
     *
     * @param i an effect
     * @param j another one with a covariance
     * @param theta parameters of several structures
     * @param first index of the first one of this structure
     * @return derivatives of the correlation by all of them
     */
    public double[] correlationSlopes(final int i, final int j, final double[] theta, final int first) {
        final double[] slopes = new double[theta.length];
        final int c = first + parameter(i, j);
        final double root = Math.sqrt(theta[first + parameter(i, i)]) * Math.sqrt(theta[first + parameter(j, j)]);
        slopes[c] = 1 / root;
        for (final int effect : new int[] {i, j}) {
            final int variance = first + parameter(effect, effect);
            slopes[variance] -= theta[c] / root / (2 * theta[variance]);
        }
        return slopes;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                combine(basis, theta, v);
            }

            @Override
            public void first(final int k, final double[] out) {
                System.arraycopy(basis[k], 0, out, 0, out.length);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                return false;
            }
        };
    }

    /**
     * @param u coordinates, any values
     * @param f receives F, q x q, with D = F F'
     */
    public void factorAt(final double[] u, final double[] f) {
        combine(factorBasis, u, f);
    }

    /** The entries that are parameters, those that share one averaged by least squares: (E'E)^-1 E' vec V. */
    @Override
    public double[] near(final double[] v) {
        final double[] theta = new double[parameters()];
        for (int k = 0; k < theta.length; k++) {
            double sum = 0;
            double count = 0;
            for (int i = 0; i < v.length; i++) {
                sum += basis[k][i] * v[i];
                count += basis[k][i];
            }
            theta[k] = sum / count;
        }
        return theta;
    }

    private static void combine(final double[][] matrices, final double[] weights, final double[] out) {
        Arrays.fill(out, 0);
        for (int k = 0; k < matrices.length; k++) {
            for (int i = 0; i < out.length; i++) {
                out[i] += weights[k] * matrices[k][i];
            }
        }
    }
}
