package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/**
 * One subject's share of the likelihood with structured residuals Sigma = G R G, G = diag(exp(sum_k eta_k d_k)). The
 * columns x = G^-1 [Z X y] are whitened by U, R^-1 = U'U, in O(n) a column; what follows needs their cross-products
 * only. Derivatives work on the adjusted columns Y - Z M Z'Sigma^-1 Y, M = (D^-1 + Z'Sigma^-1 Z)^-1, for
 * V^-1 Y = Sigma^-1 (Y - Z M Z'Sigma^-1 Y). A workspace of one thread.
 */
final class ResidualPart {
    /** A pivot below this fraction of the diagonal is the rounding error of a rank-deficient Z_i. */
    private static final double RANK_TOLERANCE = 1e-13;

    private final SubjectSeries data;
    private final double[] eta;
    private final double[] factor;
    private final SubjectCorrelation correlation;
    private final RandomPart random;
    private final ResidualDerivatives derivatives;
    private final int q;
    private final int w;
    /** Columns of x: z, z again (to be adjusted), x and y. */
    private final int width;
    private final double[] x;
    private final double[] white;
    private final double[] a;
    private final double[] r;
    private final double[] t;
    private final double[] m;

    /**
     * @param data all subjects
     * @param eta the variance function's parameters, then psi of the correlation
     * @param factor F, q x q, D = F F'
     * @param order highest derivative that is asked for
     */
    ResidualPart(final SubjectSeries data, final double[] eta, final double[] factor, final int order) {
        this.data = data;
        this.eta = eta;
        this.factor = factor;
        q = data.q();
        w = data.p() + 1;
        width = 2 * q + w;
        final int variances = data.exponents().length;
        final double psi = eta.length > variances ? eta[variances] : 0;
        final int maxRows = data.maxRows();
        correlation = data.structure().at(psi, maxRows);
        random = new RandomPart(q, w, factor);
        derivatives = order > 0 ? new ResidualDerivatives(data, correlation, maxRows) : null;
        x = new double[maxRows * width];
        white = new double[maxRows * width];
        r = new double[q * q];
        t = new double[q * w];
        a = new double[(q + w) * (q + w)];
        m = new double[q * q];
    }

    /**
     * Adds a subject's share.
     *
     * @param subject index of the subject
     * @param sums to add to
     */
    void add(final int subject, final JetSums sums) {
        final int start = data.starts()[subject];
        final int n = data.starts()[subject + 1] - start;
        correlation.prepare(data.gaps(), start, n);
        sums.logDeterminant[0] += correlation.logDeterminant() + scaleRows(start, n);
        whiten(n);
        crossProducts(n);
        if (derivatives != null) {
            conditionalVariance();
            adjust(n);
        }
        reduce(sums.k0);
        random.add(r, 0, t, 0, sums);
        if (derivatives != null) {
            whiten(n);
            derivatives.add(start, n, x, white, m, sums);
        }
    }

    /** Copies out R and T of a subject. */
    void reduce(final int subject, final double[] rOut, final double[] tOut) {
        final int start = data.starts()[subject];
        final int n = data.starts()[subject + 1] - start;
        correlation.prepare(data.gaps(), start, n);
        scaleRows(start, n);
        whiten(n);
        crossProducts(n);
        reduce(new double[w * (w + 1) / 2]);
        System.arraycopy(r, 0, rOut, 0, r.length);
        System.arraycopy(t, 0, tOut, 0, t.length);
    }

    /** x = G^-1 [z z x y]; returns log |G^2|. */
    private double scaleRows(final int start, final int n) {
        final int c = q + w;
        final double[][] exponents = data.exponents();
        double logs = 0;
        for (int i = 0; i < n; i++) {
            double log = 0;
            for (int k = 0; k < exponents.length; k++) {
                log += eta[k] * exponents[k][start + i];
            }
            logs += log;
            final double scale = log == 0 ? 1 : Math.exp(-log);
            final int from = (start + i) * c;
            final int to = i * width;
            for (int j = 0; j < q; j++) {
                x[to + j] = scale * data.values()[from + j];
                x[to + q + j] = x[to + j];
            }
            for (int j = q; j < c; j++) {
                x[to + q + j] = scale * data.values()[from + j];
            }
        }
        return 2 * logs;
    }

    private void whiten(final int n) {
        System.arraycopy(x, 0, white, 0, n * width);
        correlation.whiten(white, width);
    }

    /** The lower triangle of [Z W]'Sigma^-1 [Z W]. */
    private void crossProducts(final int n) {
        final int c = q + w;
        Arrays.fill(a, 0);
        for (int row = 0; row < n; row++) {
            final int at = row * width + q;
            for (int i = 0; i < c; i++) {
                final double value = white[at + i];
                for (int j = 0; j <= i; j++) {
                    a[i * c + j] += value * white[at + j];
                }
            }
        }
    }

    /** A_zz = R'R, T = R'^-1 A_zw; adds what lies outside Z, A_ww - T'T. */
    private void reduce(final double[] outside) {
        final int c = q + w;
        for (int k = 0; k < q; k++) {
            double pivot = a[k * c + k];
            final double limit = RANK_TOLERANCE * pivot;
            for (int j = 0; j < k; j++) {
                pivot -= r[j * q + k] * r[j * q + k];
            }
            final double root = pivot > limit ? Math.sqrt(pivot) : 0;
            for (int i = k; i < c; i++) {
                double sum = a[i * c + k];
                for (int j = 0; j < k; j++) {
                    sum -= r[j * q + k] * (i < q ? r[j * q + i] : t[j * w + i - q]);
                }
                final double value = root == 0 ? 0 : sum / root;
                if (i < q) {
                    r[k * q + i] = value;
                } else {
                    t[k * w + i - q] = value;
                }
            }
        }
        for (int i = 0, at = 0; i < w; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[(q + i) * c + q + j];
                for (int k = 0; k < q; k++) {
                    sum -= t[k * w + i] * t[k * w + j];
                }
                outside[at++] += sum;
            }
        }
    }

    /** M = F (I + F'AF)^-1 F', A = Z'Sigma^-1 Z. */
    private void conditionalVariance() {
        final int c = q + w;
        final double[] af = new double[q * q];
        final double[] s = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    af[i * q + j] += a[Math.max(i, k) * c + Math.min(i, k)] * factor[k * q + j];
                }
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                s[i * q + j] = i == j ? 1 : 0;
                for (int k = 0; k < q; k++) {
                    s[i * q + j] += factor[k * q + i] * af[k * q + j];
                }
            }
        }
        if (!Cholesky.factor(s, q)) {
            Arrays.fill(m, Double.NaN);
            return;
        }
        final double[][] halves = new double[q][];
        for (int i = 0; i < q; i++) {
            halves[i] = Arrays.copyOfRange(factor, i * q, (i + 1) * q);
            Cholesky.solveLower(s, q, halves[i]);
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += halves[i][k] * halves[j][k];
                }
                m[i * q + j] = sum;
            }
        }
    }

    /** Columns q.. of x become Y - Z M Z'Sigma^-1 Y. */
    private void adjust(final int n) {
        final int c = q + w;
        final double[] coefficients = new double[q * c];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < c; j++) {
                for (int k = 0; k < q; k++) {
                    coefficients[i * c + j] += m[i * q + k] * a[Math.max(k, j) * c + Math.min(k, j)];
                }
            }
        }
        for (int row = 0; row < n; row++) {
            final int at = row * width;
            for (int i = 0; i < q; i++) {
                Packed.add(-x[at + i], coefficients, i * c, x, at + q, c);
            }
        }
    }
}
