package dev.mixedmodels.engine.likelihood;

/**
 * What Kenward and Roger's method needs of V = s (I + Z G Z'), with respect to the elements of G and, last, log s, at
 * s = 1. In the elements of s G and s, in which V is linear, the method's term in second derivatives vanishes; all else
 * is the same in any parameters, and in these nothing cancels.
 *
 * @param p -X'V^-1 V_k V^-1 X for each k, p x p
 * @param q X'V^-1 V_k V^-1 V_l V^-1 X for each pair, p x p
 * @param traces trace(V^-1 V_k V^-1 V_l), (m + 1) x (m + 1)
 */
public record CovarianceCrossProducts(double[][][] p, double[][][][] q, double[][] traces) {
}
