package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Words;

/**
 * Estimated mean squared error of the Fay-Herriot predictor: g1 + g2 + 2 g3 - bias(A) B^2 with g1 = A V / (V + A),
 * g2 = B^2 x'(X'WX)^-1 x, g3 = B^2 Var(A) / (V + A).
 * <p>
 * Sources: Prasad &amp; Rao (1990) JASA 85:163-171 (unweighted moments); Datta &amp; Lahiri (2000) Statistica Sinica
 * 10:613-627 (ML, REML); Datta, Rao &amp; Smith (2005) Biometrika 92:183-196 (Fay-Herriot's moments = Paule-Mandel).
 */
final class PrasadRao extends Uncertainty {
    private final GaussianModel gaussian;
    private final double[] constants;
    private final MeanCovariance mean;

    /**
     * @param model the data
     * @param eta the estimated prior
     * @param constants Var(A) and bias(A) from the units that the prior was estimated from
     * @param mean covariances of prior means
     */
    PrasadRao(final GaussianModel model, final double[] eta, final double[] constants, final MeanCovariance mean) {
        super(model, eta);
        gaussian = model;
        this.constants = constants;
        this.mean = mean;
    }

    /**
     * @param model the data that the prior was estimated from
     * @param eta the prior
     * @return the constants of these data
     */
    static double[] constants(final GaussianModel model, final double[] eta) {
        final double tau2 = model.tau2(eta);
        final WeightedSums s = model.regression().at(tau2).sums();
        final double k = model.units();
        return switch (model.estimator()) {
            case ML -> new double[] {2 / s.w2(), -s.traceHat2() / s.w2()};
            case REML -> new double[] {2 / s.w2(), 0};
            case PAULE_MANDEL -> new double[] {2 * k / (s.w() * s.w()),
                2 * (k * s.w2() - s.w() * s.w()) / (s.w() * s.w() * s.w())};
            case HEDGES -> {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += (model.variance(i) + tau2) * (model.variance(i) + tau2);
                }
                yield new double[] {2 * sum / (k * k), 0};
            }
            default -> throw new IllegalArgumentException(model.estimator().name());
        };
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
    double variance(final int unit) {
        return Math.max(0, known(unit)) + covariance(unit, unit);
    }

    /** g1 + 2 g3 - bias(A) B^2; where the estimated bias exceeds the rest it is negative, which no variance is. */
    private double known(final int unit) {
        final double b = shrinkage(unit);
        final double tau2 = gaussian.tau2(eta);
        return b == 0 ? 0 : b * tau2 + b * b * (2 * constants[0] / (gaussian.variance(unit) + tau2) - constants[1]);
    }

    /**
     * @return what to say of variances that were cut off; empty if none was
     */
    @Override
    String remark() {
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
    double covariance(final int i, final int j) {
        return shrinkage(i) * shrinkage(j) * mean.of(i, j);
    }
}
