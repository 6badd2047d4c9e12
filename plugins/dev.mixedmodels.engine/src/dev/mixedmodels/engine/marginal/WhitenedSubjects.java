package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.marginal.MarginalSettings.FixedCovariance;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.function.Consumer;

/** Subjects one after the other, their rows whitened by the factor of V_i, with the adjustment of a sandwich. */
final class WhitenedSubjects {
    /** Eigenvalues of I - H below this are taken as 0 in the pseudo-inverse. */
    private static final double ZERO = 1e-10;
    /** So many numbers are kept between passes; larger data are whitened again at each pass. */
    private static final long KEPT = 20_000_000;
    private static final int SUBJECTS_PER_CHECK = 1000;

    private final RepeatedRows data;
    private final Estimates fitted;
    private final FixedCovariance kind;
    private final Progress progress;
    private final Subject[] kept;

    WhitenedSubjects(final RepeatedRows data, final Estimates fitted, final FixedCovariance kind,
        final Progress progress) {
        this.progress = progress;
        this.data = data;
        this.fitted = fitted;
        this.kind = kind;
        final long size = (long) data.index().size() * (data.columns() + 1 + data.index().largest());
        kept = size <= KEPT ? new Subject[data.subjects()] : null;
    }

    void forEach(final Consumer<Subject> action) {
        final SubjectBlock block = new SubjectBlock(data.columns());
        for (int s = 0; s < data.subjects(); s++) {
            if (s % SUBJECTS_PER_CHECK == 0) {
                progress.check();
            }
            Subject subject = kept == null ? null : kept[s];
            if (subject == null) {
                subject = subject(s, block);
                if (kept != null) {
                    kept[s] = subject;
                }
            }
            action.accept(subject);
        }
    }

    private Subject subject(final int s, final SubjectBlock block) {
        data.read(s, block);
        final int k = block.rows();
        final int p = data.columns();
        final double[] l = fitted.model().covariance(fitted.theta(), block);
        Cholesky.factor(l, k);
        final double[][] z = new double[k][p];
        final double[] e = new double[k];
        final double[] column = new double[k];
        for (int j = 0; j <= p; j++) {
            for (int i = 0; i < k; i++) {
                column[i] = block.row(i)[j];
            }
            Cholesky.solveLower(l, k, column);
            for (int i = 0; i < k; i++) {
                if (j < p) {
                    z[i][j] = column[i];
                } else {
                    e[i] = column[i] - Matrices.dot(z[i], fitted.mean().beta());
                }
            }
        }
        return new Subject(z, e, adjustment(z));
    }

    /** (I - Z phi Z')^-a by its spectral decomposition; null for the identity. */
    private double[][] adjustment(final double[][] z) {
        if (kind == FixedCovariance.CR0) {
            return null;
        }
        final double power = kind == FixedCovariance.CR2 ? 0.5 : 1;
        final int k = z.length;
        final double[][] h = Matrices.sandwich(z, fitted.mean().phi());
        final double[][] rest = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                rest[i][j] = (i == j ? 1 : 0) - (h[i][j] + h[j][i]) / 2;
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(rest);
        final double[][] a = new double[k][k];
        for (int r = 0; r < k; r++) {
            final double weight = eigen.values()[r] > ZERO ? Math.pow(eigen.values()[r], -power) : 0;
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    a[i][j] += weight * eigen.vectors()[r][i] * eigen.vectors()[r][j];
                }
            }
        }
        return a;
    }

    /**
     * A subject.
     *
     * @param z whitened rows of the design, k x p
     * @param residual whitened residuals, length k
     * @param adjustment A, k x k; null for the identity
     */
    record Subject(double[][] z, double[] residual, double[][] adjustment) {
        double[] adjust(final double[] x) {
            return adjustment == null ? x : Matrices.multiply(adjustment, x);
        }

        double[] rows(final double[] x) {
            return Matrices.multiply(z, x);
        }

        double[] project(final double[] u) {
            final double[] product = new double[z[0].length];
            for (int i = 0; i < z.length; i++) {
                for (int j = 0; j < product.length; j++) {
                    product[j] += z[i][j] * u[i];
                }
            }
            return product;
        }
    }
}
