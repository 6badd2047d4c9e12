package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * Generalised least squares of y on X where V is given, from the cross-products K = [X y]'V^-1 [X y]: with K = L L' the
 * last row of L holds what beta follows from by one triangular solution, and its last entry is the root of
 * r2 = min over beta of (y - X beta)'V^-1 (y - X beta).
 *
 * @param logDetV log |V|
 * @param logDetC log |C|, C = X'V^-1 X
 * @param r2 y'Py, the weighted residual sum of squares
 * @param beta the minimising beta, length p
 * @param phi C^-1, p x p row-major
 */
public record MeanFit(double logDetV, double logDetC, double r2, double[] beta, double[] phi) {
    /**
     * @param logDetV log |V|
     * @param k K, (p + 1) x (p + 1) row-major, lower triangle; overwritten
     * @param p number of columns of X
     * @return the solution, or null if K is not positive definite
     */
    static MeanFit of(final double logDetV, final double[] k, final int p) {
        final int p1 = p + 1;
        // columns of X to unit length, so that their units do not matter
        final double[] scale = new double[p1];
        double logScales = 0;
        for (int i = 0; i < p1; i++) {
            scale[i] = i == p ? 1 : 1 / Math.sqrt(k[i * p1 + i]);
            logScales += Math.log(scale[i]);
            for (int j = 0; j <= i; j++) {
                k[i * p1 + j] *= scale[i] * scale[j];
            }
        }
        if (!Cholesky.factor(k, p1)) {
            return null;
        }
        final double[] factor = new double[p * p];
        final double[] beta = new double[p];
        for (int i = 0; i < p; i++) {
            System.arraycopy(k, i * p1, factor, i * p, i + 1);
            beta[i] = k[p * p1 + i];
        }
        Cholesky.solveUpper(factor, p, beta);
        final double[] phi = Cholesky.inverse(factor, p);
        for (int i = 0; i < p; i++) {
            beta[i] *= scale[i];
            for (int j = 0; j < p; j++) {
                phi[i * p + j] *= scale[i] * scale[j];
            }
        }
        final double last = k[p * p1 + p];
        return new MeanFit(logDetV, Cholesky.logDeterminant(factor, p) - 2 * logScales, last * last, beta, phi);
    }

    /**
     * @param reml restricted or full maximum likelihood
     * @param rows N
     * @return nu = N - p or N
     */
    double nu(final boolean reml, final long rows) {
        return reml ? rows - beta.length : rows;
    }

    /**
     * @param reml restricted or full maximum likelihood
     * @param rows N
     * @return -2 log (restricted) likelihood at V, log |X'X| not subtracted
     */
    double value(final boolean reml, final long rows) {
        return logDetV + (reml ? logDetC : 0) + nu(reml, rows) * Math.log(2 * Math.PI) + r2;
    }

    /**
     * @param reml restricted or full maximum likelihood
     * @param rows N
     * @return the same at s V with s at its best value r2 / nu
     */
    public double criterion(final boolean reml, final long rows) {
        final double nu = nu(reml, rows);
        return logDetV + (reml ? logDetC : 0) + nu * (1 + Math.log(2 * Math.PI * r2 / nu));
    }

    /** B with a'B a = (y - x'beta)^2 for a = [x y]; (p + 1) x (p + 1). */
    double[] residualForm() {
        final int p = beta.length;
        final int width = p + 1;
        final double[] b = new double[width * width];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                b[i * width + j] = beta[i] * beta[j];
            }
            b[i * width + p] = -beta[i];
            b[p * width + i] = -beta[i];
        }
        b[p * width + p] = 1;
        return b;
    }

    /** B with a'B a = x'phi x for a = [x y]; (p + 1) x (p + 1). */
    double[] leverageForm() {
        final int p = beta.length;
        final double[] b = new double[(p + 1) * (p + 1)];
        for (int i = 0; i < p; i++) {
            System.arraycopy(phi, i * p, b, i * (p + 1), p);
        }
        return b;
    }

    /** The residual form, and under REML the leverage form added: what the criterion's gradient weighs rows with. */
    double[] form(final boolean reml) {
        final double[] form = residualForm();
        if (reml) {
            final double[] leverage = leverageForm();
            Packed.add(1, leverage, 0, form, 0, form.length);
        }
        return form;
    }
}
