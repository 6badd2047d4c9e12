/**
 * Covariance parameters as an optimiser sees them: random effects in blocks, residuals, coordinates in which D is
 * positive semidefinite by itself, submodels in which one reported parameter is held, profiles.
 */
package dev.mixedmodels.engine.fit;
