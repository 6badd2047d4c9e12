package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.result.ResponseUnit;

/**
 * What a model says about a row; NaN where it says nothing.
 *
 * @param marginal from the fixed effects alone
 * @param value with the random effects that were asked for
 * @param stdError root of the error variance of {@code value} as a prediction of the mean of such rows of this unit
 * @param lower lower bound of that mean
 * @param upper upper bound of that mean
 * @param lowerNew lower bound of a response in this row
 * @param upperNew upper bound of a response in this row
 */
public record Prediction(double marginal, double value, double stdError, double lower, double upper, double lowerNew,
    double upperNew) {
    /** Nothing can be said. */
    public static final Prediction MISSING = new Prediction(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
        Double.NaN, Double.NaN);

    /**
     * @param marginal from the fixed effects alone
     * @param value with random effects
     * @param variance error variance of {@code value}
     * @param quantile of its distribution, for the bounds of the mean
     * @param noise what the variance of a response in this row exceeds {@code variance} by
     * @param quantileNew for the bounds of a response
     * @return the prediction with its bounds
     */
    static Prediction of(final double marginal, final double value, final double variance, final double quantile,
        final double noise, final double quantileNew) {
        final double error = Math.sqrt(variance);
        final double errorNew = Math.sqrt(variance + noise);
        return new Prediction(marginal, value, error, value - quantile * error, value + quantile * error,
            value - quantileNew * errorNew, value + quantileNew * errorNew);
    }

    /**
     * @param unit the unit that this is in
     * @return the same in the response's own unit
     */
    Prediction back(final ResponseUnit unit) {
        return unit.exponent() == 0 ? this : new Prediction(unit.back(marginal), unit.back(value), unit.back(stdError),
            unit.back(lower), unit.back(upper), unit.back(lowerNew), unit.back(upperNew));
    }
}
