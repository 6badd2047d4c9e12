package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sandwich covariance of the fixed effects and its degrees of freedom. With the rows of cluster i whitened by
 * V_i = L_i L_i', Z_i = L_i^-1 X_i, e_i = L_i^-1 (y_i - X_i beta), H_i = Z_i phi Z_i' and A_i = (I - H_i)^-a (a = 0 for
 * CR0 and CR1, 1/2 for CR2, 1 for CR3),
 * <pre> Cov = phi sum_i Z_i' A_i e_i e_i' A_i Z_i phi </pre>
 * For a contrast l the estimated variance is a quadratic form in independent normals under the working model, and its
 * degrees of freedom are Satterthwaite's: {@link ClusterDf}.
 * <p>
 * Nothing is needed of a cluster but its cross-products: with phi = G G' and K_i = G'Z_i'Z_i G, of size p x p,
 * A_i Z_i G = Z_i G (I - K_i)^-a, so that Z_i'A_i e_i = G'^-1 (I - K_i)^-a G'Z_i'e_i.
 * <p>
 * Sources: Liang &amp; Zeger (1986) Biometrika 73:13-22; Mancl &amp; DeRouen (2001) Biometrics 57:126-134; Bell &amp;
 * McCaffrey (2002) Survey Methodology 28:169-181; Pustejovsky &amp; Tipton (2018) JBES 36:672-683.
 * <p>
 * The mathematics: doc/sandwich.md beside the sources.
 */
public final class Sandwich {
    /** Eigenvalues of I - K below this are 0. */
    private static final double ZERO = 1e-10;
    /** Clusters that one task adds up. */
    private static final int SIZE = 256;

    private final FixedCovariance kind;
    private final Clusters clusters;
    private final int p;
    private final double[][] phi;
    /** G. */
    private final double[][] root;
    /** G'^-1. */
    private final double[][] back;
    private final Sums sums;

    /**
     * Adds up all clusters.
     *
     * @param kind which sandwich
     * @param phi model-based covariance of the estimates, p x p
     * @param clusters the clusters
     * @param progress asked now and then whether to go on
     * @throws ModelException if there are less than two clusters
     */
    public Sandwich(final FixedCovariance kind, final double[][] phi, final Clusters clusters,
        final Progress progress) {
        if (clusters.size() < 2) {
            throw new ModelException("Sandwich standard errors compare the residuals of independent units, and \""
                + clusters.grouping() + "\" has one level only. Choose the standard errors of the model.");
        }
        this.kind = kind;
        this.clusters = clusters;
        this.phi = phi;
        p = phi.length;
        final double[] factor = Matrices.flat(phi);
        if (!Cholesky.factor(factor, p)) {
            Arrays.fill(factor, Double.NaN);
        }
        root = new double[p][p];
        back = new double[p][p];
        for (int j = 0; j < p; j++) {
            System.arraycopy(factor, j * p, root[j], 0, j + 1);
            back[j][j] = 1;
            Cholesky.solveLower(factor, p, back[j]); // column j of G^-1
        }
        sums = Parallel.sum(clusters.size(), SIZE, (from, to) -> sums(from, to, progress), Sums::add);
    }

    /**
     * A cluster without which a direction of the estimates is not determined.
     *
     * @param cluster its index
     * @param direction of the estimates, of unit length in the metric of phi
     */
    public record Decisive(int cluster, double[] direction) {
    }

    /**
     * @return clusters whose adjustment does not exist, in their order; none for CR0 and CR1
     */
    public List<Decisive> decisive() {
        return sums.decisive;
    }

    /**
     * @param estimates of the fixed effects, length p
     * @param givenDf degrees of freedom of everything; NaN for Satterthwaite's
     * @return inference from the sandwich, to be kept and used without the data
     */
    public StoredInference inference(final double[] estimates, final double givenDf) {
        final double[][] covariance =
            Matrices.scaled(Matrices.sandwich(phi, sums.meat), kind.factor(clusters.size()));
        return sums.forms.stored(estimates, covariance, givenDf,
            sums.decisive.stream().map(Decisive::direction).toArray(double[][]::new));
    }

    /** Sums over clusters. */
    private final class Sums {
        private final double[][] meat = new double[p][p];
        private final ClusterDf.Sums forms = new ClusterDf.Sums(phi);
        private final List<Decisive> decisive = new ArrayList<>();

        void add(final Sums other) {
            Matrices.add(meat, other.meat);
            forms.add(other.forms);
            decisive.addAll(other.decisive);
        }

        void add(final int cluster, final double[] products) {
            final double[][] c = new double[p][p];
            final double[] r = new double[p];
            for (int i = 0; i < p; i++) {
                System.arraycopy(products, i * (p + 1), c[i], 0, p);
                r[i] = products[i * (p + 1) + p];
            }
            if (kind.power() == 0 || p == 0) {
                add(r, c, c);
                return;
            }
            final Matrices.Eigen eigen = Matrices.eigen(Matrices.sandwich(Matrices.transpose(root), c));
            final double[][] t = Matrices.multiply(back, Matrices.transpose(eigen.vectors())); // G'^-1 Q
            final double[] rotated = Matrices.multiply(eigen.vectors(), Matrices.multiply(Matrices.transpose(root), r));
            final double[] ofB = new double[p];
            final double[] ofM = new double[p];
            for (int k = 0; k < p; k++) {
                final double left = 1 - eigen.values()[k];
                if (left <= ZERO) {
                    decisive.add(new Decisive(cluster, Matrices.multiply(root, eigen.vectors()[k])));
                }
                final double adjustment = left <= ZERO ? 0 : Math.pow(left, -kind.power());
                rotated[k] *= adjustment;
                ofB[k] = eigen.values()[k] * adjustment;
                ofM[k] = ofB[k] * adjustment;
            }
            add(Matrices.multiply(t, rotated), weighted(t, ofM), weighted(t, ofB));
        }

        private void add(final double[] score, final double[][] m, final double[][] b) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    meat[i][j] += score[i] * score[j];
                }
            }
            forms.add(m, b);
        }

        /** t diag(weights) t'. */
        private double[][] weighted(final double[][] t, final double[] weights) {
            final double[][] product = new double[p][p];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = 0;
                    for (int k = 0; k < p; k++) {
                        sum += t[i][k] * weights[k] * t[j][k];
                    }
                    product[i][j] = sum;
                    product[j][i] = sum;
                }
            }
            return product;
        }
    }

    private Sums sums(final int from, final int to, final Progress progress) {
        final Sums part = new Sums();
        final Clusters.Reader reader = clusters.reader();
        final double[] products = new double[(p + 1) * (p + 1)];
        for (int i = from; i < to; i++) {
            progress.check();
            Arrays.fill(products, 0);
            reader.read(i, products);
            part.add(i, products);
        }
        return part;
    }
}
