/** Criteria of the models at given covariance parameters, with derivatives: what the optimisers see of the data. */
package dev.mixedmodels.engine.likelihood;
