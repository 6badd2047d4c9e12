/**
 * Random Intercept ANOVA: y_ij = mu + alpha_i + e_ij with independent normal alpha_i and e_ij. The data enter through
 * the size, mean and sum of squares of each group only ({@link dev.mixedmodels.engine.oneway.GroupStatistics}).
 */
package dev.mixedmodels.engine.oneway;
