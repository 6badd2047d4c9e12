package dev.mixedmodels.engine.empiricalbayes;

/** First two moments of the thetas after allowing, or not, for the prior having been estimated. */
abstract class Uncertainty {
    /** The data. */
    protected final CompoundModel model;
    /** The estimated prior. */
    protected final double[] eta;

    /** Covariances of estimated prior means. */
    @FunctionalInterface
    interface MeanCovariance {
        /**
         * @param i a unit
         * @param j a unit
         * @return x_i'(X'WX)^-1 x_j
         */
        double of(int i, int j);
    }

    /**
     * @param model the data
     * @param eta the estimated prior
     */
    Uncertainty(final CompoundModel model, final double[] eta) {
        this.model = model;
        this.eta = eta;
    }

    /**
     * @param unit a unit
     * @return the estimate of theta
     */
    double mean(final int unit) {
        return model.posterior(eta, unit).mean();
    }

    /**
     * @param unit a unit
     * @return weight of the prior mean in it
     */
    double shrinkage(final int unit) {
        return model.shrinkage(eta, unit);
    }

    /**
     * @param unit a unit
     * @return posterior variance
     */
    abstract double variance(int unit);

    /**
     * @param i a unit
     * @param j another unit
     * @return posterior covariance of their thetas, i and j different; 0 where eta is taken as known
     */
    abstract double covariance(int i, int j);

    /**
     * @param unit a unit
     * @return distribution of theta with these moments
     */
    Posterior posterior(final int unit) {
        return model.posterior(eta, unit).withMoments(mean(unit), variance(unit));
    }

    /**
     * @return what the user should know of these variances; empty if nothing
     */
    String remark() {
        return "";
    }
}
