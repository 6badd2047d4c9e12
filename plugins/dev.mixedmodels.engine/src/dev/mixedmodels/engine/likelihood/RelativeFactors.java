package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.fit.AffineCoordinates;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Relative covariance factors of all grouping factors, Lambda_k(theta) = O_k + sum_a theta_a E_a over the parameters a
 * of factor k, so that Cov(b_k) = sigma2 Lambda_k Lambda_k'. Every theta is admissible; the criterion is a smooth
 * function of it also where Lambda_k is singular.
 *
 * @param effects q_k for each factor
 * @param origin O_k for each factor, q_k x q_k row-major
 * @param factor which factor each parameter belongs to
 * @param basis E_a for each parameter, q_k x q_k row-major
 */
record RelativeFactors(int[] effects, double[][] origin, int[] factor, double[][] basis) {

    /**
     * @param effects q_k for each factor
     * @param coordinates of the block diagonal factor of all of them, each within one block
     * @return the same factor by factor
     */
    static RelativeFactors of(final int[] effects, final AffineCoordinates coordinates) {
        final int m = coordinates.size();
        final int[] owner = new int[m];
        final double[][] basis = new double[m][];
        for (int a = 0; a < m; a++) {
            final double[][] parts = parts(effects, coordinates.directions()[a]);
            owner[a] = IntStream.range(0, parts.length).filter(k -> Arrays.stream(parts[k]).anyMatch(x -> x != 0))
                .findFirst().orElse(0);
            basis[a] = parts[owner[a]];
        }
        return new RelativeFactors(effects, parts(effects, coordinates.origin()), owner, basis);
    }

    /**
     * @param effects q_k for each factor
     * @param f entries of a q x q matrix, row-major, and more
     * @return its diagonal blocks, one for each factor
     */
    static double[][] parts(final int[] effects, final double[] f) {
        final int q = Arrays.stream(effects).sum();
        final double[][] parts = new double[effects.length][];
        int first = 0;
        for (int k = 0; k < parts.length; k++) {
            parts[k] = new double[effects[k] * effects[k]];
            for (int i = 0; i < effects[k]; i++) {
                System.arraycopy(f, (first + i) * q + first, parts[k], i * effects[k], effects[k]);
            }
            first += effects[k];
        }
        return parts;
    }

    /**
     * @return m, the number of parameters
     */
    int parameters() {
        return factor.length;
    }

    /**
     * @param theta parameters, length m
     * @return Lambda_k for each factor, q_k x q_k row-major
     */
    double[][] lambda(final double[] theta) {
        final double[][] lambda = Arrays.stream(origin).map(double[]::clone).toArray(double[][]::new);
        for (int a = 0; a < theta.length; a++) {
            Packed.add(theta[a], basis[a], 0, lambda[factor[a]], 0, basis[a].length);
        }
        return lambda;
    }

    /**
     * @param a index of a parameter
     * @param lambda all factors at theta
     * @return d(Lambda Lambda')/d theta_a = E_a Lambda' + Lambda E_a', q x q
     */
    double[] first(final int a, final double[][] lambda) {
        return symmetricProduct(basis[a], lambda[factor[a]], effects[factor[a]]);
    }

    /**
     * @param a index of a parameter
     * @param b index of a parameter
     * @return d2(Lambda Lambda')/d theta_a d theta_b = E_a E_b' + E_b E_a', q x q; null if of different factors
     */
    double[] second(final int a, final int b) {
        return factor[a] == factor[b] ? symmetricProduct(basis[a], basis[b], effects[factor[a]]) : null;
    }

    private static double[] symmetricProduct(final double[] x, final double[] y, final int q) {
        final double[] half = SmallMatrix.multiplyTransposed(x, y, q);
        final double[] product = new double[q * q];
        Arrays.setAll(product, i -> half[i] + half[i % q * q + i / q]);
        return product;
    }
}
