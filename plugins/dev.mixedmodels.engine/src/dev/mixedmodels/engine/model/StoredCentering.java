package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.formula.Grouping;

/**
 * A covariate less its mean, as a further column of the table.
 *
 * @param column the covariate
 * @param within name of the column of deviations
 * @param between name of the column of means; null if there is none
 * @param grouping of the units that have means of their own; null for one mean of all rows
 * @param means by unit, or the one mean
 */
public record StoredCentering(String column, String within, String between, Grouping grouping, double[] means) {
}
