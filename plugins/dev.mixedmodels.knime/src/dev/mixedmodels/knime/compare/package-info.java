/** The node that compares fitted models. */
package dev.mixedmodels.knime.compare;
