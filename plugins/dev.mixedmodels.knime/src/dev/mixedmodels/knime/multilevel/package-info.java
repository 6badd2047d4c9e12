/** The node Multilevel Model. */
package dev.mixedmodels.knime.multilevel;
