/**
 * Marginal Repeated Measures: Y_i ~ N(X_i beta, V_i) with a covariance structure over the visits or times of a subject.
 * {@link dev.mixedmodels.engine.marginal.MarginalModel} fits it.
 */
package dev.mixedmodels.engine.marginal;
