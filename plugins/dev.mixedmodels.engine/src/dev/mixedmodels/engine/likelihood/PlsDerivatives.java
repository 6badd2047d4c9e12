package dev.mixedmodels.engine.likelihood;

/**
 * Derivatives of the parts of a {@link MeanFit} by theta. In a gradient the arrays have length m; in a Hessian each
 * is m x m, row-major.
 *
 * @param logDetV derivatives of log |V|
 * @param logDetC derivatives of log |X'V^-1 X|
 * @param r2 derivatives of y'Py
 */
public record PlsDerivatives(double[] logDetV, double[] logDetC, double[] r2) {

    static PlsDerivatives zero(final int length) {
        return new PlsDerivatives(new double[length], new double[length], new double[length]);
    }

    /**
     * @param reml restricted or full maximum likelihood
     * @return derivatives of the log determinants in the criterion
     */
    public double[] logDeterminants(final boolean reml) {
        final double[] sum = logDetV.clone();
        for (int i = 0; reml && i < sum.length; i++) {
            sum[i] += logDetC[i];
        }
        return sum;
    }
}
