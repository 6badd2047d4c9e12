/**
 * Empirical Bayes shrinkage of many similar estimates: Y_i | theta_i ~ f_i, theta_i ~ G(eta) independent. The prior is
 * estimated from the marginal distribution of all the data, then each theta_i from its posterior.
 */
package dev.mixedmodels.engine.empiricalbayes;
