/** The node Marginal Repeated Measures. */
package dev.mixedmodels.knime.marginal;
