/** The node Mixed Model Predictor. */
package dev.mixedmodels.knime.predictor;
