/** The node Longitudinal Mixed Model. */
package dev.mixedmodels.knime.longitudinal;
