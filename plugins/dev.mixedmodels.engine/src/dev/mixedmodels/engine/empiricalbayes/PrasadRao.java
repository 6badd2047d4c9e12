package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Words;

/**
 * Estimated mean squared error of the Fay-Herriot predictor: g1 + g2 + 2 g3 - bias(A) B^2 with g1 = A V / (V + A),
 * g2 = B^2 x'(X'WX)^-1 x, g3 = B^2 Var(A) / (V + A).
 * <p>
 * Sources: Prasad &amp; Rao (1990) JASA 85:163-171 (unweighted moments); Datta &amp; Lahiri (2000) Statistica Sinica
 * 10:613-627 (ML, REML); Datta, Rao &amp; Smith (2005) Biometrika 92:183-196 (Fay-Herriot's moments = Paule-Mandel).
 */
final class PrasadRao implements Uncertainty {
    private final GaussianModel model;
    private final double[] eta;
    private final WeightedFit fit;
    private final double variance;
    private final double bias;

    PrasadRao(final GaussianModel model, final double[] eta) {
        this.model = model;
        this.eta = eta;
        final double tau2 = model.tau2(eta);
        fit = model.regression().at(tau2);
        final WeightedSums s = fit.sums();
        final double k = model.units();
        switch (model.estimator()) {
            case ML -> {
                variance = 2 / s.w2();
                bias = -s.traceHat2() / s.w2();
            }
            case REML -> {
                variance = 2 / s.w2();
                bias = 0;
            }
            case PAULE_MANDEL -> {
                variance = 2 * k / (s.w() * s.w());
                bias = 2 * (k * s.w2() - s.w() * s.w()) / (s.w() * s.w() * s.w());
            }
            case HEDGES -> {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += (model.variance(i) + tau2) * (model.variance(i) + tau2);
                }
                variance = 2 * sum / (k * k);
                bias = 0;
            }
            default -> throw new IllegalArgumentException(model.estimator().name());
        }
    }

    /**
     * @param estimator an estimator of A
     * @return whether the mean squared error is known for it
     */
    static boolean covers(final PriorEstimator estimator) {
        return estimator.maximisesLikelihood() || estimator == PriorEstimator.PAULE_MANDEL
            || estimator == PriorEstimator.HEDGES;
    }

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
        return Math.max(0, known(unit)) + covariance(unit, unit);
    }

    /** g1 + 2 g3 - bias(A) B^2; where the estimated bias exceeds the rest it is negative, which no variance is. */
    private double known(final int unit) {
        final double b = shrinkage(unit);
        final double tau2 = model.tau2(eta);
        return b == 0 ? 0 : b * tau2 + b * b * (2 * variance / (model.variance(unit) + tau2) - bias);
    }

    /**
     * @return what to say of variances that were cut off; empty if none was
     */
    @Override
    public String remark() {
        int cut = 0;
        for (int i = 0; i < model.units(); i++) {
            cut += known(i) < 0 ? 1 : 0;
        }
        return cut == 0 ? "" : "The bias that \"Prasad-Rao\" subtracts is larger than the variance itself for "
            + Words.count(cut, "unit") + ", and is subtracted down to 0 there: what is left is the uncertainty of the "
            + "prior mean, too small. Choose the posterior variance \"Morris\" or the estimator \"REML\".";
    }

    /** The part that units share: the estimated mean's. */
    @Override
    public double covariance(final int i, final int j) {
        final double[] zi = fit.whiten(model.regression().design(i));
        final double[] zj = i == j ? zi : fit.whiten(model.regression().design(j));
        double mean = 0;
        for (int l = 0; l < zi.length; l++) {
            mean += zi[l] * zj[l];
        }
        return shrinkage(i) * shrinkage(j) * mean;
    }

    @Override
    public double[] constants() {
        return new double[] {variance, bias};
    }
}
