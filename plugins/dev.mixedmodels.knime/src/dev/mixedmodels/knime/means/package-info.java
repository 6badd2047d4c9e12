/** The node Mixed Model Means. */
package dev.mixedmodels.knime.means;
