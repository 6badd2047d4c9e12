package dev.mixedmodels.engine.result;

/**
 * What the model says about one input row. Missing statistics are NaN.
 *
 * @param marginal x'beta
 * @param conditional x'beta + z'b
 * @param residual response - conditional (marginal node: - marginal)
 * @param pearson residual over the standard deviation of the response given what was subtracted
 * @param normalized the row's element of L^-1 (y_i - X_i beta), V_i = L L', rows of a subject in order of time
 */
public record FittedRow(double marginal, double conditional, double residual, double pearson, double normalized) {
    /** Nothing can be said. */
    public static final FittedRow MISSING =
        new FittedRow(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
