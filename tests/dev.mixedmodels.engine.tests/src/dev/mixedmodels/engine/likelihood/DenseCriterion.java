package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.CorrelationByFormula;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;

/** The likelihood of a few rows by its definition: V as one dense N x N matrix. */
final class DenseCriterion {
    private DenseCriterion() {
    }

    /** V = Z D Z' + s G R G block by block, the correlation's parameters as reported. */
    static double[][] covariance(final SubjectSeries data, final double[][] d, final double[] rho, final double[] eta,
        final double s) {
        final int rows = (int) data.rows();
        final int c = data.q() + data.p() + 1;
        final double[][] v = new double[rows][rows];
        for (int subject = 0; subject < data.subjects(); subject++) {
            for (int i = data.starts()[subject]; i < data.starts()[subject + 1]; i++) {
                for (int j = data.starts()[subject]; j < data.starts()[subject + 1]; j++) {
                    double sum = s * CorrelationByFormula.of(data.structure(), rho, data.positions(), i, j) * scale(data, eta, i) * scale(data, eta, j);
                    for (int a = 0; a < data.q(); a++) {
                        for (int b = 0; b < data.q(); b++) {
                            sum += data.values()[i * c + a] * d[a][b] * data.values()[j * c + b];
                        }
                    }
                    v[i][j] = sum;
                }
            }
        }
        return v;
    }

    private static double scale(final SubjectSeries data, final double[] eta, final int row) {
        double log = 0;
        for (int k = 0; k < data.exponents().length; k++) {
            log += eta[k] * data.exponents()[k][row];
        }
        return Math.exp(log);
    }

    /** The -2 log likelihood, or the restricted one without its log |X'X|. */
    static double value(final SubjectSeries data, final double[][] v, final boolean reml) {
        final int n = v.length;
        final int p = data.p();
        final int c = data.q() + p + 1;
        final double[] l = Matrices.flat(v);
        if (!Cholesky.factor(l, n)) {
            return Double.NaN;
        }
        final double[][] white = new double[p + 1][n];
        for (int k = 0; k <= p; k++) {
            for (int i = 0; i < n; i++) {
                white[k][i] = data.values()[i * c + data.q() + k];
            }
            Cholesky.solveLower(l, n, white[k]);
        }
        final double[] cross = Matrices.flat(Matrices.multiply(white, Matrices.transpose(white)));
        if (!Cholesky.factor(cross, p + 1)) {
            return Double.NaN;
        }
        final double rss = cross[p * (p + 1) + p] * cross[p * (p + 1) + p];
        double logX = 0;
        for (int k = 0; k < p; k++) {
            logX += 2 * Math.log(cross[k * (p + 1) + k]);
        }
        return Cholesky.logDeterminant(l, n) + rss + (reml ? logX : 0)
            + (reml ? n - p : n) * Math.log(2 * Math.PI);
    }

    /** V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1, or V^-1 under ML. */
    static double[][] projection(final SubjectSeries data, final double[][] v, final boolean reml) {
        final int n = v.length;
        final int c = data.q() + data.p() + 1;
        final double[][] inverse = Matrices.inversePositiveDefinite(v);
        if (!reml) {
            return inverse;
        }
        final double[][] x = new double[data.p()][n];
        for (int k = 0; k < data.p(); k++) {
            for (int i = 0; i < n; i++) {
                x[k][i] = data.values()[i * c + data.q() + k];
            }
        }
        final double[][] xv = Matrices.multiply(x, inverse);
        final double[][] phi = Matrices.inversePositiveDefinite(Matrices.multiply(xv, Matrices.transpose(x)));
        final double[][] explained = Matrices.sandwich(Matrices.transpose(xv), phi);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] -= explained[i][j];
            }
        }
        return inverse;
    }
}
