package dev.mixedmodels.engine.empiricalbayes;

/**
 * An estimated prior.
 *
 * @param eta its parameters
 * @param covariance their covariance: coordinates that are known or on a bound have zeros; null without parameters
 * @param tauVariance variance of tau2 that its standard error is taken from: from the expected information, or that of
 *            the quadratic form that a moment estimator is; NaN where it follows from covariance, or is not known
 * @param onBoundary whether the prior variance is estimated as 0
 * @param converged whether the estimate is exact to rounding
 * @param gradient score of the free parameters there; for a nonparametric prior its certificate
 * @param evaluations passes over the data
 */
record PriorEstimate(double[] eta, double[][] covariance, double tauVariance, boolean onBoundary,
    boolean converged, double gradient, int evaluations) {
    /** Covariance of the coefficients of the prior mean, tau2 being known; null without coefficients. */
    double[][] meanCovariance(final CompoundModel model) {
        if (model instanceof GaussianModel gaussian) {
            return gaussian.columns() == 0 ? null : gaussian.regression().at(gaussian.tau2(eta)).covariance();
        }
        return covariance == null ? null : new double[][] {{covariance[0][0]}};
    }
}
