package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;

/**
 * The estimates on which predictions of random effects depend.
 *
 * @param q number of random effects
 * @param p number of fixed effects
 * @param unit what the response was divided by
 * @param s scale of the residuals
 * @param beta coefficients of the working basis
 * @param phi their covariance
 * @param relativeFactor F, q x q, D / s = F F'
 * @param userFactor the same in the user's effects
 * @param basis T with beta = T gamma, p x p
 */
record EffectParameters(int q, int p, double unit, double s, double[] beta, double[][] phi, double[] relativeFactor,
    double[] userFactor, double[][] basis) implements Serializable {

    /**
     * @param estimate the parameters
     * @param basis T with beta = T gamma, p x p
     */
    static EffectParameters of(final Estimate estimate, final double[][] basis) {
        final SubjectShares shares = estimate.criterion().shares();
        return new EffectParameters(shares.q(), shares.p(), estimate.unit(), Math.exp(estimate.logScale()),
            estimate.atMinimum().beta(), estimate.atMinimum().phi(), estimate.relativeFactor(),
            Matrices.flat(estimate.model().random().userFactor(estimate.relativeFactor())), basis);
    }
}
