/**
 * Multilevel models: units in units to any depth, crossed factors, random intercepts and slopes at every level.
 * {@link dev.mixedmodels.engine.multilevel.MultilevelModel} fits one and makes its tables.
 */
package dev.mixedmodels.engine.multilevel;
