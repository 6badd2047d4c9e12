/**
 * Likelihoods of linear mixed models at given covariance parameters, with derivatives.
 * {@link dev.mixedmodels.engine.likelihood.PenalisedLeastSquares} is that of models with independent residuals, from
 * sufficient statistics.
 */
package dev.mixedmodels.engine.likelihood;
