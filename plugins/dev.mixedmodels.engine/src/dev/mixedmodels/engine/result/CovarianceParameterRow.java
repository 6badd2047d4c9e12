package dev.mixedmodels.engine.result;

/**
 * A parameter of the covariance of the data. Missing statistics are NaN.
 *
 * @param group the grouping factor, or {@code Residual}
 * @param parameter {@code Var((Intercept))}, {@code Cov((Intercept), Days)}, {@code Corr((Intercept), Days)},
 *            {@code Var(Residual)}, {@code rho} ...
 * @param estimate the estimate
 * @param stdError from the observed information; missing on the boundary
 * @param lower lower confidence bound
 * @param upper upper confidence bound
 * @param stdDeviation square root of a variance
 * @param correlation the correlation that belongs to a covariance
 * @param share share of an intercept or residual variance in the sum of these
 * @param onBoundary whether the estimate lies on the boundary of the parameter space
 */
public record CovarianceParameterRow(String group, String parameter, double estimate, double stdError, double lower,
    double upper, double stdDeviation, double correlation, double share, boolean onBoundary) {

    /**
     * @param low lower confidence bound
     * @param high upper confidence bound
     * @return the row with these bounds
     */
    public CovarianceParameterRow withBounds(final double low, final double high) {
        return new CovarianceParameterRow(group, parameter, estimate, stdError, low, high, stdDeviation, correlation,
            share, onBoundary);
    }
}
