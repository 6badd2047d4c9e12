/**
 * Sufficient statistics of linear mixed models, gathered from the rows once: afterwards an evaluation of the likelihood
 * costs nothing per row.
 */
package dev.mixedmodels.engine.statistics;
