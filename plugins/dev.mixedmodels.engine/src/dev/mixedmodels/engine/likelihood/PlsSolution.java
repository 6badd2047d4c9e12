package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * Generalised least squares at given theta, in units of the residual variance: V = I + Z Lambda Lambda' Z'.
 *
 * @param logDetV log |V|
 * @param logDetC log |C|, C = X'V^-1 X
 * @param r2 y'Py = min over beta of (y - X beta)'V^-1 (y - X beta)
 * @param beta the minimising beta, length p
 * @param phi C^-1, p x p row-major
 */
public record PlsSolution(double logDetV, double logDetC, double r2, double[] beta, double[] phi) {

    /**
     * @param logDetV log |V|
     * @param s [X y]'V^-1 [X y], (p + 1) x (p + 1) row-major, lower triangle; overwritten
     * @param p number of columns of X
     * @return the solution, or null if s is not positive definite
     */
    static PlsSolution of(final double logDetV, final double[] s, final int p) {
        final int p1 = p + 1;
        if (!Cholesky.factor(s, p1)) {
            return null;
        }
        final double[] factor = new double[p * p];
        final double[] beta = new double[p];
        double logDetC = 0;
        for (int i = 0; i < p; i++) {
            System.arraycopy(s, i * p1, factor, i * p, i + 1);
            logDetC += 2 * Math.log(s[i * p1 + i]);
            beta[i] = s[p * p1 + i];
        }
        Cholesky.solveUpper(factor, p, beta);
        final double last = s[p * p1 + p];
        return new PlsSolution(logDetV, logDetC, last * last, beta, Cholesky.inverse(factor, p));
    }

    /**
     * @param reml restricted or full maximum likelihood
     * @param rows N
     * @return -2 log (restricted) likelihood with the residual variance at its best value r2 / nu, nu = N - p or N
     */
    public double criterion(final boolean reml, final int rows) {
        final double nu = reml ? rows - beta.length : rows;
        return logDetV + (reml ? logDetC : 0) + nu * (1 + Math.log(2 * Math.PI * r2 / nu));
    }
}
