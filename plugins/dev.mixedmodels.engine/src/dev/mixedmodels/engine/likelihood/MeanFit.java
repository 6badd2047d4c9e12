package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * Generalised least squares from the cross-products M = [X y]'V^-1 [X y]:
 * beta = (X'V^-1 X)^-1 X'V^-1 y, phi = (X'V^-1 X)^-1, rss = (y - X beta)'V^-1 (y - X beta).
 *
 * @param beta length p
 * @param phi p x p, row-major
 * @param logDeterminant log |X'V^-1 X|
 * @param rss weighted residual sum of squares
 */
record MeanFit(double[] beta, double[] phi, double logDeterminant, double rss) {

    /**
     * @param m M, (p + 1) x (p + 1), row-major
     * @param p number of columns of X
     * @return the fit, or null if X'V^-1 X is not positive definite
     */
    static MeanFit of(final double[] m, final int p) {
        final int width = p + 1;
        // scaled to unit diagonal, so that the units of the columns do not matter
        final double[] scale = new double[p];
        final double[] l = new double[p * p];
        double logScale = 0;
        for (int i = 0; i < p; i++) {
            scale[i] = 1 / Math.sqrt(m[i * width + i]);
            logScale += Math.log(scale[i]);
            for (int j = 0; j <= i; j++) {
                l[i * p + j] = m[i * width + j] * scale[i] * scale[j];
            }
        }
        if (!Cholesky.factor(l, p)) {
            return null;
        }
        final double[] z = new double[p];
        for (int i = 0; i < p; i++) {
            z[i] = m[i * width + p] * scale[i];
        }
        Cholesky.solveLower(l, p, z);
        double rss = m[p * width + p];
        for (final double value : z) {
            rss -= value * value;
        }
        Cholesky.solveUpper(l, p, z);
        final double[] phi = Cholesky.inverse(l, p);
        for (int i = 0; i < p; i++) {
            z[i] *= scale[i];
            for (int j = 0; j < p; j++) {
                phi[i * p + j] *= scale[i] * scale[j];
            }
        }
        return new MeanFit(z, phi, Cholesky.logDeterminant(l, p) - 2 * logScale, rss);
    }

    /** B with a'B a = (y - x'beta)^2 + reml x'phi x for a = [x y]; (p + 1) x (p + 1). */
    double[] residualForm(final boolean reml) {
        final int p = beta.length;
        final int width = p + 1;
        final double[] b = new double[width * width];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                b[i * width + j] = beta[i] * beta[j] + (reml ? phi[i * p + j] : 0);
            }
            b[i * width + p] = -beta[i];
            b[p * width + i] = -beta[i];
        }
        b[p * width + p] = 1;
        return b;
    }
}
