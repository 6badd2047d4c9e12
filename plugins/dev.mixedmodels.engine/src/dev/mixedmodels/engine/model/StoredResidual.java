package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.covariance.ResidualStructure;

/**
 * The residual variance of a row, in the unit of the model: {@code variance}, or that of the row's level of a column,
 * times |v|^(2 delta) of a power variance.
 *
 * @param variance where no level has its own
 * @param by column whose levels have variances of their own; null for none
 * @param byLevel variance of each level
 * @param powerOf column v; null for none
 * @param delta half the power
 * @param structure correlation of the residuals of a subject
 * @param subject column of the subject; null where residuals are not correlated
 * @param time column that orders a subject's rows; null for none
 */
public record StoredResidual(double variance, String by, double[] byLevel, String powerOf, double delta,
    ResidualStructure structure, String subject, String time) {
    /**
     * @param variance of all rows
     * @return the same for all, without correlation
     */
    public static StoredResidual of(final double variance) {
        return new StoredResidual(variance, null, null, null, 0, ResidualStructure.INDEPENDENT, null, null);
    }

    /**
     * @param level index of the row's level of {@code by}; -1 if it has none that is known
     * @param value the row's value of {@code powerOf}
     * @return residual variance; NaN where the level is not known
     */
    public double of(final int level, final double value) {
        final double base = by == null ? variance : level < 0 ? Double.NaN : byLevel[level];
        return powerOf == null ? base : base * Math.pow(Math.abs(value), 2 * delta);
    }
}
