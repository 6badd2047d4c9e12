package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.numeric.Householder;
import java.util.Arrays;

/**
 * One subject's share of the likelihood with structured residuals Sigma = G R G, G = diag(exp(sum_k eta_k d_k)). The
 * columns x = G^-1 [Z X y] are whitened by U, R^-1 = U'U, and rotated so that Z becomes triangular, which
 * keeps the digits of all rows however much their variances differ. Derivatives work on the adjusted columns
 * Y - Z M Z'Sigma^-1 Y, M = (D^-1 + Z'Sigma^-1 Z)^-1, for V^-1 Y = Sigma^-1 (Y - Z M Z'Sigma^-1 Y). A workspace
 * of one thread.
 */
final class ResidualPart {
    private final SubjectSeries data;
    private final double[] eta;
    private final SubjectCorrelation correlation;
    private final double[] factor;
    private final RandomPart random;
    private final ResidualDerivatives derivatives;
    private final int q;
    private final int w;
    /** Columns of x: z, z again (to be adjusted), x and y. */
    private final int width;
    private final double[] x;
    private final double[] white;
    private final double[] block;
    private final double[] r;
    private final double[] t;

    /**
     * @param data all subjects
     * @param eta the variance function's parameters, then those of the correlation
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
        final int maxRows = data.maxRows();
        correlation = data.structure().at(Arrays.copyOfRange(eta, variances, eta.length), maxRows,
            data.positions().length);
        random = new RandomPart(q, w, factor);
        derivatives = order > 0 && data.residualParameters() > 0 ? new ResidualDerivatives(data, correlation, maxRows)
            : null;
        x = new double[maxRows * width];
        white = new double[maxRows * width];
        r = new double[q * q];
        t = new double[q * w];
        block = new double[Math.max(q, maxRows) * (q + w)];
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
        correlation.prepare(data.positions(), start, n);
        sums.logDeterminant[0] += correlation.logDeterminant() + scaleRows(start, n);
        whiten(n);
        triangle(n);
        outside(n, sums.k0);
        random.add(r, 0, t, 0, sums);
        if (derivatives != null) {
            if (q > 0) {
                adjust(n);
                whiten(n);
            }
            derivatives.add(start, n, x, white, random.projections(), sums);
        }
    }

    /** Copies out R and T of a subject. */
    void reduce(final int subject, final double[] rOut, final double[] tOut) {
        final int start = data.starts()[subject];
        final int n = data.starts()[subject + 1] - start;
        correlation.prepare(data.positions(), start, n);
        scaleRows(start, n);
        whiten(n);
        triangle(n);
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

    /** The whitened rows as R and T and, in the rows of the block below, what lies outside the columns of Z. */
    private void triangle(final int n) {
        final int c = q + w;
        for (int row = 0; row < n; row++) {
            System.arraycopy(white, row * width + q, block, row * c, c);
        }
        Householder.reduce(block, n, c, q);
        for (int k = 0; k < q; k++) {
            System.arraycopy(block, k * c, r, k * q, q);
            System.arraycopy(block, k * c + q, t, k * w, w);
        }
    }

    private void outside(final int n, final double[] k0) {
        final int c = q + w;
        Packed.addProducts(1, block, block, q * c + q, c, n - q, w, k0, 0);
    }

    /** Columns q.. of x become Y - Z M Z'Sigma^-1 Y, the first q ones Z C with M = C C'. */
    private void adjust(final int n) {
        final int c = q + w;
        final double[] coefficients = random.gains(factor);
        final double[] half = random.halfVariance(factor);
        final double[] z = new double[q];
        for (int row = 0; row < n; row++) {
            final int at = row * width;
            System.arraycopy(x, at, z, 0, q);
            for (int i = 0; i < q; i++) {
                Packed.add(-z[i], coefficients, i * c, x, at + q, c);
                x[at + i] = 0;
            }
            for (int i = 0; i < q; i++) {
                Packed.add(z[i], half, i * q, x, at, q);
            }
        }
    }
}
