package dev.mixedmodels.engine.likelihood;

/**
 * What Kenward and Roger's method needs of V = sum_k psi_k V_k, linear in its m + 1 parameters, the last of which is
 * the residual variance (V_m = I); in units in which the residual variance is 1.
 *
 * @param p X'V^-1 V_k V^-1 X for each k, p x p
 * @param q X'V^-1 V_k V^-1 V_l V^-1 X for each pair, p x p
 * @param traces trace(V^-1 V_k V^-1 V_l), (m + 1) x (m + 1)
 */
public record CovarianceCrossProducts(double[][][] p, double[][][][] q, double[][] traces) {
}
