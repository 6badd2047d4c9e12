/** Marginal means, slopes, their comparisons and joint tests of a kept model, without its data. */
package dev.mixedmodels.engine.means;
