package dev.mixedmodels.engine.empiricalbayes;

/**
 * Morris's (1983) posterior moments for normal data, JASA 78:47-55, equations 5.1 to 5.4, with r coefficients of the
 * mean: B_i = (k - r - 2) / (k - r) V_i / (V_i + A), which allows for the convexity of B in A,
 * s_i^2 = V_i (1 - (1 - h_i) B_i) + v_i (y_i - x_i'beta)^2, h_i = W_i x_i'(X'WX)^-1 x_i,
 * v_i = 2 / (k - r - 2) B_i^2 (Vbar + A) / (V_i + A), Vbar = sum W V / sum W.
 * <p>
 * The James-Stein estimator of A already contains the factor (k - r - 2) / (k - r): there B_i = V / (V + A).
 */
final class Morris extends Uncertainty {
    private final GaussianModel gaussian;
    private final double[] constants;
    private final MeanCovariance mean;
    private final double factor;

    /**
     * @param model the data
     * @param eta the estimated prior
     * @param constants the factor of B, k - r and Vbar of the units that the prior was estimated from
     * @param mean covariances of prior means
     */
    Morris(final GaussianModel model, final double[] eta, final double[] constants, final MeanCovariance mean) {
        super(model, eta);
        gaussian = model;
        this.constants = constants;
        this.mean = mean;
        factor = constants[0];
    }

    /**
     * @param model the data that the prior was estimated from
     * @param eta the prior
     * @return the constants of these data
     */
    static double[] constants(final GaussianModel model, final double[] eta) {
        final double df = model.units() - model.columns();
        final WeightedSums s = model.regression().at(model.tau2(eta)).sums();
        return new double[] {model.estimator() == PriorEstimator.JAMES_STEIN ? 1 : (df - 2) / df, df, s.wv() / s.w()};
    }

    @Override
    double mean(final int unit) {
        return gaussian.shrunk(eta, unit, shrinkage(unit));
    }

    @Override
    double shrinkage(final int unit) {
        return factor * model.shrinkage(eta, unit);
    }

    @Override
    double variance(final int unit) {
        return gaussian.variance(unit) * (1 - shrinkage(unit)) + covariance(unit, unit);
    }

    /** V h_i B_i = B_i^2 x_i'(X'WX)^-1 x_i (V_i + A) / V_i / B_i V_i = B_i^2 / factor x_i'(X'WX)^-1 x_i. */
    @Override
    double covariance(final int i, final int j) {
        return shrinkage(i) * shrinkage(j) / factor * mean.of(i, j) + deviation(i) * deviation(j);
    }

    /** sqrt(v_i) (y_i - x_i'beta). */
    private double deviation(final int unit) {
        final double tau2 = gaussian.tau2(eta);
        return gaussian.variance(unit) == 0 ? 0 : shrinkage(unit) * (model.raw(unit) - model.priorMean(eta, unit))
            * Math.sqrt(2 / (constants[1] - 2) * (constants[2] + tau2) / (gaussian.variance(unit) + tau2));
    }
}
