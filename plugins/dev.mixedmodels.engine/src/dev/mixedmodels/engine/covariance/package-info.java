/**
 * Covariance structures: symmetric matrices as twice differentiable functions of a few parameters, one small class
 * each. {@link dev.mixedmodels.engine.covariance.VisitStructure} is the table of those for repeated visits.
 */
package dev.mixedmodels.engine.covariance;
