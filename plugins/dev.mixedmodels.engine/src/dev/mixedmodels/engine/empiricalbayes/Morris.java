package dev.mixedmodels.engine.empiricalbayes;

/**
 * Morris's (1983) posterior moments for normal data, JASA 78:47-55, equations 5.1 to 5.4, with r coefficients of the
 * mean: B_i = (k - r - 2) / (k - r) V_i / (V_i + A), which allows for the convexity of B in A,
 * s_i^2 = V_i (1 - (1 - h_i) B_i) + v_i (y_i - x_i'beta)^2, h_i = W_i x_i'(X'WX)^-1 x_i,
 * v_i = 2 / (k - r - 2) B_i^2 (Vbar + A) / (V_i + A), Vbar = sum W V / sum W.
 * <p>
 * The James-Stein estimator of A already contains the factor (k - r - 2) / (k - r): there B_i = V / (V + A).
 */
final class Morris implements Uncertainty {
    private final GaussianModel model;
    private final double[] eta;
    private final WeightedFit fit;
    private final double factor;
    private final double df;
    private final double typical;

    Morris(final GaussianModel model, final double[] eta) {
        this.model = model;
        this.eta = eta;
        df = model.units() - model.columns();
        factor = model.estimator() == PriorEstimator.JAMES_STEIN ? 1 : (df - 2) / df;
        fit = model.regression().at(model.tau2(eta));
        final WeightedSums s = fit.sums();
        typical = s.wv() / s.w();
    }

    @Override
    public double mean(final int unit) {
        return model.shrunk(eta, unit, shrinkage(unit));
    }

    @Override
    public double shrinkage(final int unit) {
        return factor * model.shrinkage(eta, unit);
    }

    @Override
    public double variance(final int unit) {
        return model.variance(unit) * (1 - shrinkage(unit)) + covariance(unit, unit);
    }

    /** V h_i B_i = B_i^2 x_i'(X'WX)^-1 x_i (V_i + A) / V_i / B_i V_i = B_i^2 / factor x_i'(X'WX)^-1 x_i. */
    @Override
    public double covariance(final int i, final int j) {
        final double[] zi = fit.whiten(model.regression().design(i));
        final double[] zj = i == j ? zi : fit.whiten(model.regression().design(j));
        double mean = 0;
        for (int l = 0; l < zi.length; l++) {
            mean += zi[l] * zj[l];
        }
        return shrinkage(i) * shrinkage(j) / factor * mean + deviation(i) * deviation(j);
    }

    /** sqrt(v_i) (y_i - x_i'beta). */
    private double deviation(final int unit) {
        final double tau2 = model.tau2(eta);
        return model.variance(unit) == 0 ? 0 : shrinkage(unit) * (model.raw(unit) - model.priorMean(eta, unit))
            * Math.sqrt(2 / (df - 2) * (typical + tau2) / (model.variance(unit) + tau2));
    }

    @Override
    public double[] constants() {
        return new double[] {factor, df, typical};
    }
}
