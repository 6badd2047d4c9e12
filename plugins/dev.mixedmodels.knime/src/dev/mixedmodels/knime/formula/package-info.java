/** From the settings of a dialog to the formula of a model. */
package dev.mixedmodels.knime.formula;
