package dev.mixedmodels.engine.result;

/**
 * One figure of what a unit of independent rows does to a fit.
 *
 * @param group what the unit is a level of
 * @param level the unit
 * @param n its rows
 * @param measure the figure
 * @param parameter the coefficient or covariance parameter that it is about; null for figures of the whole
 * @param value the figure; NaN if it does not exist
 */
public record InfluenceRow(String group, String level, long n, String measure, String parameter, double value) {
    /** Squared distance of the coefficients with and without the unit, in the metric of their covariance, over p. */
    public static final String COOK = "Cook's Distance";
    /** The same in the metric of the covariance without the unit. */
    public static final String MDFFITS = "MDFFITS";
    /** Determinant of the coefficients' covariance without the unit, over that with it. */
    public static final String COVARIANCE_RATIO = "Covariance Ratio";
    /** Trace of X_i phi X_i'V_i^-1; all units together have p. */
    public static final String LEVERAGE = "Leverage";
    /** Estimate without the unit less the estimate with it. */
    public static final String CHANGE = "Change";
    /** The same over the standard error without the unit. */
    public static final String STANDARDIZED_CHANGE = "Standardized Change";
}
