package dev.mixedmodels.engine.likelihood;

/** Receives how the predicted random effects of units of two grouping factors go together, pair by pair. */
@FunctionalInterface
public interface PairEffects {
    /**
     * @param first index of a unit of the first factor, rising from call to call
     * @param second index of a unit of the second factor, rising for each of the first
     * @param covariance Cov(b_first, b_second | y) / sigma2 when all parameters are known, q_first x q_second; to be
     *            read at once, for it is filled anew for the next pair
     */
    void accept(int first, int second, double[] covariance);
}
