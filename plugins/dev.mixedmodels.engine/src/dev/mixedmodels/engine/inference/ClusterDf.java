package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Degrees of freedom of a sandwich covariance over clusters, for any contrast and without the clusters. With m = phi l,
 * the matrices M_i = Z_i'A_i A_i Z_i and B_i = Z_i'A_i Z_i of cluster i, d_i = m'M_i m and b_i = B_i m,
 * <pre> tr(G) = sum d_i - b_i'phi b_i,   tr(G^2) = sum d_i (d_i - 2 b_i'phi b_i) + tr((phi sum b_i b_i')^2) </pre>
 * are forms of second and fourth degree in m. Products m_a m_b, a &lt;= b, are numbered as pairs.
 * <p>
 * Source: Bell &amp; McCaffrey (2002) Survey Methodology 28:169-181.
 */
public final class ClusterDf implements FixedInference {
    /**
     * A sandwich variance below this part of the model's is rounding of what is 0, as where the fixed effects reproduce
     * all rows that a coefficient is estimated from.
     */
    private static final double NOTHING = 1e-14;
    /** Part of a standard error that is more than rounding. */
    static final double SHARE = 1e-6;

    private final StoredInference stored;
    private final double[][] second;
    private final double[][] fourth;
    private final double[][] outer;
    private final double[][] single;

    /** The forms of all clusters, added up. */
    static final class Sums {
        private final double[][] phi;
        private final int pairs;
        private final double[][] second;
        private final double[][] fourth;
        private final double[][] outer;

        /**
         * @param phi model-based covariance, p x p
         */
        Sums(final double[][] phi) {
            this.phi = phi;
            final int p = phi.length;
            pairs = p * (p + 1) / 2;
            second = new double[1][pairs];
            fourth = new double[pairs][pairs];
            outer = new double[pairs][pairs];
        }

        /**
         * @param m the matrix M of a cluster, p x p
         * @param b its matrix B
         */
        void add(final double[][] m, final double[][] b) {
            final double[] d = form(m);
            final double[] bPhiB = form(Matrices.sandwich(Matrices.transpose(b), phi));
            for (int k = 0; k < pairs; k++) {
                second[0][k] += d[k] - bPhiB[k];
                for (int l = 0; l < pairs; l++) {
                    fourth[k][l] += d[k] * (d[l] - 2 * bPhiB[l]);
                }
            }
            final int p = phi.length;
            for (int i = 0, row = 0; i < p; i++) {
                for (int j = i; j < p; j++, row++) {
                    // b_i b_j = sum over a, c of B_ia B_jc m_a m_c
                    for (int a = 0, k = 0; a < p; a++) {
                        for (int c = a; c < p; c++, k++) {
                            outer[row][k] += b[i][a] * b[j][c] + (a == c ? 0 : b[i][c] * b[j][a]);
                        }
                    }
                }
            }
        }

        /**
         * @param other the forms of further clusters
         */
        void add(final Sums other) {
            Matrices.add(second, other.second);
            Matrices.add(fourth, other.fourth);
            Matrices.add(outer, other.outer);
        }

        /** Coefficients of the pairs in x'Mx. */
        private double[] form(final double[][] m) {
            final double[] form = new double[pairs];
            for (int a = 0, k = 0; a < m.length; a++) {
                for (int c = a; c < m.length; c++) {
                    form[k++] = a == c ? m[a][a] : m[a][c] + m[c][a];
                }
            }
            return form;
        }

        /**
         * @param estimates gamma, length p
         * @param covariance the sandwich, p x p
         * @param givenDf degrees of freedom of everything; NaN for those of the sandwich
         * @param single directions of the estimates, of unit length in the metric of phi, that one cluster tells alone
         * @return all that {@link ClusterDf} needs
         */
        StoredInference stored(final double[] estimates, final double[][] covariance, final double givenDf,
            final double[][] single) {
            return new StoredInference(StoredInference.Kind.CLUSTERS, estimates, phi, covariance,
                new double[][][] {second, fourth, outer, single}, null, new double[] {givenDf}, null, null);
        }
    }

    ClusterDf(final StoredInference stored) {
        this.stored = stored;
        second = stored.matrices()[0];
        fourth = stored.matrices()[1];
        outer = stored.matrices()[2];
        single = stored.matrices().length > 3 ? stored.matrices()[3]
            : new double[0][]; // of models kept before there was one
    }

    @Override
    public double[] estimates() {
        return stored.estimates();
    }

    @Override
    public double[][] covariance() {
        return stored.covariance();
    }

    /** NaN where it is nothing but rounding, or where its adjustment does not exist. */
    @Override
    public double variance(final double[] contrast) {
        final double variance = Matrices.bilinear(stored.covariance(), contrast, contrast);
        final double model = Matrices.bilinear(stored.phi(), contrast, contrast);
        return variance > NOTHING * model && Arrays.stream(single).noneMatch(
            direction -> Math.abs(Matrices.dot(contrast, direction)) > SHARE * Math.sqrt(model))
            ? variance : Double.NaN;
    }

    @Override
    public double df(final double[] contrast) {
        if (Double.isNaN(variance(contrast)) || !Double.isNaN(stored.df()[0])) {
            return Double.isNaN(variance(contrast)) ? Double.NaN : stored.df()[0];
        }
        final double[] m = Matrices.multiply(stored.phi(), contrast);
        final int p = m.length;
        final double[] products = new double[second[0].length];
        for (int a = 0, k = 0; a < p; a++) {
            for (int c = a; c < p; c++) {
                products[k++] = m[a] * m[c];
            }
        }
        final double trace = Matrices.dot(second[0], products);
        final double[] b = Matrices.multiply(outer, products);
        final double[][] sum = new double[p][p];
        for (int i = 0, k = 0; i < p; i++) {
            for (int j = i; j < p; j++, k++) {
                sum[i][j] = b[k];
                sum[j][i] = b[k];
            }
        }
        final double[][] product = Matrices.multiply(stored.phi(), sum);
        final double df = trace * trace / (Matrices.bilinear(fourth, products, products)
            + Matrices.trace(product, Matrices.transpose(product)));
        return df > 0 ? df : Double.NaN;
    }

    /** Without statistics where a variance does not exist. */
    @Override
    public FTest test(final double[][] contrasts) {
        for (final double[] contrast : contrasts) {
            if (Double.isNaN(variance(contrast))) {
                return new FTest(Double.NaN, contrasts.length, Double.NaN, Double.NaN);
            }
        }
        return FaiCornelius.test(this, contrasts);
    }

    @Override
    public StoredInference stored() {
        return stored;
    }
}
