package dev.mixedmodels.engine.likelihood;

/**
 * The mean at given covariance parameters.
 *
 * @param beta generalised least squares estimates, length p
 * @param phi (X'V^-1 X)^-1, p x p
 * @param precisionDerivatives dX'V^-1 X / dtheta_r = -X'V^-1 V_r V^-1 X (Kenward and Roger's P_r), m x p x p
 */
public record MeanPoint(double[] beta, double[][] phi, double[][][] precisionDerivatives) {
}
