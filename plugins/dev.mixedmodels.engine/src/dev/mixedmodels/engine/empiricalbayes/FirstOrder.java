package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * Posterior moments with eta known (NAIVE) or with the first-order correction of Kass &amp; Steffey (1989), equation
 * 3.5: Cov(theta_i, theta_j | y) = delta_ij v_i + g_i' Cov(eta) g_j, g_i = dE(theta_i | y) / d eta.
 */
final class FirstOrder extends Uncertainty {
    private final double[][] covariance;

    /**
     * @param model the data
     * @param eta the estimated prior
     * @param covariance covariance of eta; null to take eta as known
     */
    FirstOrder(final CompoundModel model, final double[] eta, final double[][] covariance) {
        super(model, eta);
        this.covariance = covariance;
    }

    @Override
    double variance(final int unit) {
        return model.posterior(eta, unit).variance() + covariance(unit, unit);
    }

    @Override
    double covariance(final int i, final int j) {
        return covariance == null ? 0
            : Matrices.bilinear(covariance, model.gradient(eta, i), model.gradient(eta, j));
    }

    @Override
    Posterior posterior(final int unit) {
        return covariance == null ? model.posterior(eta, unit) : super.posterior(unit);
    }
}
