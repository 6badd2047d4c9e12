package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * The -2 (restricted) log likelihood of y ~ N(X beta, V(theta)) with beta at its generalised least squares value, and
 * its derivatives, from a {@link CovarianceJet}. With phi = (X'V^-1 X)^-1, r = y - X beta, P = V^-1 - V^-1 X phi
 * X'V^-1:
 * <pre>
 * f    = log |V| + [log |X'V^-1 X|] + r'V^-1 r + (N - [p]) log 2 pi          [REML only]
 * f_k  = tr V^-1 V_k - [tr phi X'V^-1 V_k V^-1 X] - r'V^-1 V_k V^-1 r
 * f_kl = tr V^-1 V_kl - tr V^-1 V_k V^-1 V_l + [2 tr phi Q_kl - tr phi R_kl - tr phi P_k phi P_l]
 *        + 2 r'V^-1 V_k P V_l V^-1 r - r'V^-1 V_kl V^-1 r
 * </pre>
 * Sources: Harville (1977) JASA 72:320-338; Lindstrom &amp; Bates (1988) JASA 83:1014-1022.
 * <p>
 * The mathematics: doc/criterion.md beside the sources.
 */
public final class GaussianCriterion {
    private final CovarianceJet jet;
    private final boolean reml;
    private final int p;
    /** Null where the criterion does not exist. */
    private final MeanFit fit;

    /**
     * @param jet V and its derivatives, W = [X y]
     * @param reml whether the restricted likelihood is meant
     */
    public GaussianCriterion(final CovarianceJet jet, final boolean reml) {
        this.jet = jet;
        this.reml = reml;
        p = jet.w() - 1;
        fit = Double.isFinite(jet.logDeterminant())
            ? MeanFit.of(jet.logDeterminant(), Packed.square(jet.k0(), 1, jet.w()), p) : null;
    }

    /** @return whether V and X'V^-1 X are positive definite and the residual is not zero */
    public boolean exists() {
        return fit != null;
    }

    /** @return the mean; null where the criterion does not exist */
    MeanFit mean() {
        return fit;
    }

    /** @return N, less p under REML */
    public double degreesOfFreedom() {
        return fit.nu(reml, jet.rows());
    }

    /** @return r'V^-1 r */
    public double residualSumOfSquares() {
        return fit.r2();
    }

    /** @return generalised least squares estimates, length p */
    public double[] beta() {
        return fit.beta().clone();
    }

    /** @return (X'V^-1 X)^-1, p x p */
    public double[][] phi() {
        return Matrices.square(fit.phi(), p);
    }

    /** @return f, all constants included but log |X'X| */
    public double value() {
        return exists() ? fit.value(reml, jet.rows()) : Double.NaN;
    }

    /** @return f at s V with the s that minimises it, r'V^-1 r / (N - [p]) */
    public double profiledValue() {
        return exists() ? fit.criterion(reml, jet.rows()) : Double.NaN;
    }

    /** @return f_k for all parameters */
    public double[] gradient() {
        final double[] form = Packed.weights(fit.form(reml), jet.w());
        final double[] gradient = new double[jet.parameters()];
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = jet.trace(jet.first()[k]) - Packed.trace(form, jet.first()[k]);
        }
        return gradient;
    }

    /** @return f_kl, the observed information times 2 */
    public double[][] hessian() {
        final int m = jet.parameters();
        final double[][] hessian = new double[m][m];
        final double[] form = Packed.weights(fit.form(reml), jet.w());
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                final double[] second = jet.second()[k][l];
                final double[] curvature = jet.curvature()[k][l];
                hessian[k][l] = jet.trace(curvature) - jet.trace(second) + 2 * Packed.trace(form, second)
                    - Packed.trace(form, curvature);
                hessian[l][k] = hessian[k][l];
            }
        }
        derivatives().subtractFrom(hessian, reml);
        return hessian;
    }

    /** @return the expectation of f_kl, tr(P V_k P V_l) under REML and tr(V^-1 V_k V^-1 V_l) under ML */
    public double[][] expectedHessian() {
        final int m = jet.parameters();
        final double[] form = Packed.weights(fit.leverageForm(), jet.w());
        final double[][] expected = reml ? derivatives().traces() : new double[m][m];
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                final double[] second = jet.second()[k][l];
                expected[k][l] += jet.trace(second) - (reml ? 2 * Packed.trace(form, second) : 0);
            }
        }
        return expected;
    }

    /** Of M_k = -W'V^-1 V_k V^-1 W. */
    private MeanDerivatives derivatives() {
        return new MeanDerivatives(fit, Arrays.stream(jet.first()).map(k -> Packed.square(k, -1, jet.w()))
            .toArray(double[][]::new));
    }

    /** @return P_k = -X'V^-1 V_k V^-1 X, m x p x p */
    public double[][][] p() {
        return derivatives().point().precisionDerivatives();
    }

    /** @return Q_kl = X'V^-1 V_k V^-1 V_l V^-1 X, symmetrised, m x m x p x p */
    public double[][][][] q() {
        return blocks(jet.second());
    }

    /** @return R_kl = X'V^-1 V_kl V^-1 X, m x m x p x p */
    public double[][][][] r() {
        return blocks(jet.curvature());
    }

    private double[][][][] blocks(final double[][][] packed) {
        return Arrays.stream(packed).map(row -> Arrays.stream(row)
            .map(k -> MeanDerivatives.block(Packed.square(k, 1, jet.w()), p)).toArray(double[][][]::new))
            .toArray(double[][][][]::new);
    }
}
