/** The node Random Intercept ANOVA. */
package dev.mixedmodels.knime.oneway;
