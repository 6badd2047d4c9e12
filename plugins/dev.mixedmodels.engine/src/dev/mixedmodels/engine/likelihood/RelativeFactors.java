package dev.mixedmodels.engine.likelihood;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Relative covariance factors of all grouping factors, Lambda_k(theta) = sum_a theta_a E_a over the parameters a of
 * factor k, so that Cov(b_k) = sigma2 Lambda_k Lambda_k'. Every theta is admissible; the criterion is a smooth function
 * of it also where Lambda_k is singular.
 *
 * @param effects q_k for each factor
 * @param factor which factor each parameter belongs to
 * @param basis E_a for each parameter, q_k x q_k row-major
 */
public record RelativeFactors(int[] effects, int[] factor, double[][] basis) {

    /**
     * @param effects q_k for each factor
     * @param bases the matrices E_a of each factor
     * @return parameters in the order of the factors
     */
    public static RelativeFactors of(final int[] effects, final List<double[][]> bases) {
        final List<double[]> all = new ArrayList<>();
        final List<Integer> owners = new ArrayList<>();
        for (int k = 0; k < effects.length; k++) {
            for (final double[] e : bases.get(k)) {
                all.add(e);
                owners.add(k);
            }
        }
        return new RelativeFactors(effects, owners.stream().mapToInt(Integer::intValue).toArray(),
            all.toArray(new double[0][]));
    }

    /**
     * @param keep which parameters to keep
     * @return the factors with the other parameters fixed at 0
     */
    public RelativeFactors subset(final boolean[] keep) {
        final int[] kept = IntStream.range(0, factor.length).filter(a -> keep[a]).toArray();
        final double[][] matrices = new double[kept.length][];
        for (int a = 0; a < kept.length; a++) {
            matrices[a] = basis[kept[a]];
        }
        return new RelativeFactors(effects, IntStream.of(kept).map(a -> factor[a]).toArray(), matrices);
    }

    /**
     * @return m, the number of parameters
     */
    public int parameters() {
        return factor.length;
    }

    /**
     * @param theta parameters, length m
     * @return Lambda_k for each factor, q_k x q_k row-major
     */
    public double[][] lambda(final double[] theta) {
        final double[][] lambda = new double[effects.length][];
        for (int k = 0; k < effects.length; k++) {
            lambda[k] = new double[effects[k] * effects[k]];
        }
        for (int a = 0; a < theta.length; a++) {
            final double[] l = lambda[factor[a]];
            for (int i = 0; i < l.length; i++) {
                l[i] += theta[a] * basis[a][i];
            }
        }
        return lambda;
    }

    /**
     * @param a index of a parameter
     * @param lambda all factors at theta
     * @return d(Lambda Lambda')/d theta_a = E_a Lambda' + Lambda E_a', q x q
     */
    public double[] first(final int a, final double[][] lambda) {
        return symmetricProduct(basis[a], lambda[factor[a]], effects[factor[a]]);
    }

    /**
     * @param a index of a parameter
     * @param b index of a parameter
     * @return d2(Lambda Lambda')/d theta_a d theta_b = E_a E_b' + E_b E_a', q x q; null if of different factors
     */
    public double[] second(final int a, final int b) {
        return factor[a] == factor[b] ? symmetricProduct(basis[a], basis[b], effects[factor[a]]) : null;
    }

    private static double[] symmetricProduct(final double[] x, final double[] y, final int q) {
        final double[] product = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int c = 0; c < q; c++) {
                    sum += x[i * q + c] * y[j * q + c];
                }
                product[i * q + j] += sum;
                product[j * q + i] += sum;
            }
        }
        return product;
    }
}
