package dev.mixedmodels.engine.empiricalbayes;

import java.util.List;

/** First two moments of the thetas after allowing, or not, for the prior having been estimated. */
interface Uncertainty {
    /**
     * @param unit a unit
     * @return the estimate of theta
     */
    double mean(int unit);

    /**
     * @param unit a unit
     * @return weight of the prior mean in it
     */
    double shrinkage(int unit);

    /**
     * @param unit a unit
     * @return posterior variance
     */
    double variance(int unit);

    /**
     * @param i a unit
     * @param j another unit
     * @return posterior covariance of their thetas, i and j different; 0 where eta is taken as known
     */
    double covariance(int i, int j);

    /**
     * @return what the user should know of these variances; empty if nothing
     */
    default String remark() {
        return "";
    }

    /**
     * @return what the same method needs for units that the prior was not estimated from, beside the prior itself
     */
    default double[] constants() {
        return new double[0];
    }

    /**
     * @return priors from bootstrap samples; null unless the method has such
     */
    default List<double[]> samples() {
        return null;
    }
}
