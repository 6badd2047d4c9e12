package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ClusterDf;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.StoredInference;
import dev.mixedmodels.engine.marginal.MarginalSettings.FixedCovariance;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * Sandwich covariance of the fixed effects and its degrees of freedom. With rows whitened by V_i = L_i L_i',
 * Z_i = L_i^-1 X_i, H_i = Z_i phi Z_i' and A_i = (I - H_i)^-a (a = 0 for CR0, 1/2 for CR2, 1 for CR3),
 * <pre> Cov = phi sum_i Z_i' A_i e_i e_i' A_i Z_i phi,   e_i = L_i^-1 (y_i - X_i beta) </pre>
 * For a contrast l the estimated variance is a quadratic form in independent normals under the working model, with
 * matrix G_ij = u_i' (I - H)_ij u_j, u_i = A_i Z_i phi l, and df = tr(G)^2 / tr(G^2). With b_i = Z_i' u_i,
 * tr(G) = sum u_i'u_i - b_i' phi b_i and tr(G^2) = sum d_i^2 - 2 d_i b_i' phi b_i + tr((phi sum b_i b_i')^2), so that
 * no matrix over all subjects is formed.
 * <p>
 * Sources: Liang &amp; Zeger (1986) Biometrika 73:13-22; Mancl &amp; DeRouen (2001) Biometrics 57:126-134; Bell &amp;
 * McCaffrey (2002) Survey Methodology 28:169-181; Pustejovsky &amp; Tipton (2018) JBES 36:672-683.
 */
final class Sandwich implements FixedInference {
    private final double[] estimates;
    private final double[][] phi;
    private final WhitenedSubjects subjects;
    private final double[][] covariance;
    /** The degrees of freedom of everything; NaN for Satterthwaite's. */
    private final double givenDf;

    /**
     * @param rows the rows
     * @param fitted the estimates
     * @param kind which sandwich
     * @param estimates coefficients of the response in the working basis
     * @param progress asked now and then whether to go on
     */
    Sandwich(final RepeatedRows rows, final Estimates fitted, final FixedCovariance kind, final double[] estimates,
        final Progress progress) {
        this.estimates = estimates;
        this.phi = fitted.mean().phi();
        this.subjects = new WhitenedSubjects(rows, fitted, kind, progress);
        final int p = phi.length;
        final double[][] meat = new double[p][p];
        subjects.forEach(subject -> {
            // s = Z' A e
            final double[] adjusted = subject.adjust(subject.residual());
            final double[] score = subject.project(adjusted);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    meat[i][j] += score[i] * score[j];
                }
            }
        });
        covariance = Matrices.sandwich(phi, meat);
        givenDf = Double.NaN;
    }

    private Sandwich(final Sandwich other, final double givenDf) {
        estimates = other.estimates;
        phi = other.phi;
        subjects = other.subjects;
        covariance = other.covariance;
        this.givenDf = givenDf;
    }

    /** The same with the same degrees of freedom for everything. */
    Sandwich withDf(final double df) {
        return new Sandwich(this, df);
    }

    @Override
    public double[] estimates() {
        return estimates;
    }

    @Override
    public double[][] covariance() {
        return covariance;
    }

    /** NaN where it is nothing but rounding. */
    @Override
    public double variance(final double[] contrast) {
        return ClusterDf.variance(covariance, phi, contrast);
    }

    @Override
    public double df(final double[] contrast) {
        if (Double.isNaN(variance(contrast)) || !Double.isNaN(givenDf)) {
            return Double.isNaN(variance(contrast)) ? Double.NaN : givenDf;
        }
        final double[] phiL = Matrices.multiply(phi, contrast);
        final int p = phiL.length;
        final double[][] outer = new double[p][p];
        final double[] sums = new double[2]; // tr(G), then sum of d^2 - 2 d b' phi b
        subjects.forEach(subject -> {
            final double[] u = subject.adjust(subject.rows(phiL));
            final double d = Matrices.dot(u, u);
            final double[] b = subject.project(u);
            final double bPhiB = Matrices.bilinear(phi, b, b);
            sums[0] += d - bPhiB;
            sums[1] += d * (d - 2 * bPhiB);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    outer[i][j] += b[i] * b[j];
                }
            }
        });
        final double[][] product = Matrices.multiply(phi, outer);
        final double ofSquare = sums[1] + Matrices.trace(product, Matrices.transpose(product));
        final double df = sums[0] * sums[0] / ofSquare;
        return df > 0 ? df : Double.NaN;
    }

    @Override
    public FTest test(final double[][] contrasts) {
        return ClusterDf.test(this, contrasts);
    }

    @Override
    public StoredInference stored() {
        final ClusterDf.Sums sums = new ClusterDf.Sums(phi);
        subjects.forEach(subject -> {
            final double[][] z = Matrices.transpose(subject.z()); // p x k
            final double[][] az = new double[z.length][]; // columns of A Z
            for (int j = 0; j < az.length; j++) {
                az[j] = subject.adjust(z[j]);
            }
            sums.add(Matrices.multiply(az, Matrices.transpose(az)), Matrices.multiply(z, Matrices.transpose(az)));
        });
        return sums.stored(estimates, covariance, givenDf);
    }
}
