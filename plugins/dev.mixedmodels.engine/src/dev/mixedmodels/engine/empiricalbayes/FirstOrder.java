package dev.mixedmodels.engine.empiricalbayes;

/**
 * Posterior moments with eta known (NAIVE) or with the first-order correction of Kass &amp; Steffey (1989), equation
 * 3.5: Cov(theta_i, theta_j | y) = delta_ij v_i + g_i' Cov(eta) g_j, g_i = dE(theta_i | y) / d eta.
 *
 * @param model the data
 * @param eta the estimated prior
 * @param covariance covariance of eta; null to take eta as known
 */
record FirstOrder(CompoundModel model, double[] eta, double[][] covariance) implements Uncertainty {
    @Override
    public double mean(final int unit) {
        return model.posterior(eta, unit).mean();
    }

    @Override
    public double shrinkage(final int unit) {
        return model.shrinkage(eta, unit);
    }

    @Override
    public double variance(final int unit) {
        return model.posterior(eta, unit).variance() + covariance(unit, unit);
    }

    @Override
    public double covariance(final int i, final int j) {
        if (covariance == null) {
            return 0;
        }
        final double[] gi = model.gradient(eta, i);
        final double[] gj = i == j ? gi : model.gradient(eta, j);
        double sum = 0;
        for (int a = 0; a < gi.length; a++) {
            for (int b = 0; b < gj.length; b++) {
                sum += gi[a] * covariance[a][b] * gj[b];
            }
        }
        return sum;
    }
}
