package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * Satterthwaite's degrees of freedom: those of the scaled chi-square whose variance is that of the estimated variance
 * l'phi l, by the delta method from the covariance of the covariance parameters.
 * <p>
 * Sources: Giesbrecht &amp; Burns (1985) Biometrics 41:477-486 (one row); Fai &amp; Cornelius (1996) J. Stat. Comput.
 * Simul. 54:363-378 (several rows); as in SAS PROC MIXED and lmerTest.
 * <p>
 * The mathematics: doc/satterthwaite.md beside the sources.
 *
 * @param estimates of the coefficients, length p
 * @param covariance their covariance, p x p
 * @param derivatives derivatives of their covariance by each of the m covariance parameters that are free, m x p x p
 * @param w asymptotic covariance of these parameters, m x m
 */
public record Satterthwaite(double[] estimates, double[][] covariance, double[][][] derivatives, double[][] w)
    implements FixedInference {
    /**
     * From the derivatives of the precision: d phi / dtheta_k = -phi (dX'V^-1 X / dtheta_k) phi.
     *
     * @param beta estimates, length p
     * @param phi (X'V^-1 X)^-1, p x p
     * @param precisionDerivatives derivative of X'V^-1 X by each of the m covariance parameters that are free, m x p x
     *            p
     * @param w asymptotic covariance of these parameters, m x m
     * @return the inference
     */
    public static Satterthwaite ofPrecision(final double[] beta, final double[][] phi,
        final double[][][] precisionDerivatives, final double[][] w) {
        final double[][][] derivatives = new double[precisionDerivatives.length][][];
        for (int k = 0; k < derivatives.length; k++) {
            derivatives[k] = Matrices.scaled(Matrices.sandwich(phi, precisionDerivatives[k]), -1);
        }
        return new Satterthwaite(beta, phi, derivatives, w);
    }

    @Override
    public double df(final double[] contrast) {
        final double variance = Matrices.bilinear(covariance, contrast, contrast);
        final double[] gradient = new double[derivatives.length];
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = Matrices.bilinear(derivatives[k], contrast, contrast);
        }
        return 2 * variance * variance / Matrices.bilinear(w, gradient, gradient);
    }

    @Override
    public FTest test(final double[][] contrasts) {
        return FaiCornelius.test(this, contrasts);
    }

    @Override
    public StoredInference stored() {
        return new StoredInference(StoredInference.Kind.SATTERTHWAITE, estimates, covariance, covariance,
            derivatives, w, null, null, null);
    }
}
