/** The node Empirical Bayes Shrinkage. */
package dev.mixedmodels.knime.empiricalbayes;
