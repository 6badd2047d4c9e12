package dev.mixedmodels.engine.oneway;

import java.io.Serializable;

/**
 * Estimates of a fit, responses measured from the grand mean in the unit of {@link SizeClasses}. Index 0 is sigma2
 * (between groups), 1 is tau2 (residual). What does not exist is NaN.
 *
 * @param sigma2 variance between groups; negative only from the method of moments
 * @param tau2 residual variance
 * @param mean estimate of mu
 * @param meanVariance its variance
 * @param meanVarianceSlope derivatives of that variance in theta
 * @param covariance asymptotic covariance matrix of the estimates of theta; with sigma2 at 0 only tau2's variance
 * @param boundary whether sigma2 was held at 0
 * @param minusTwoLogLikelihood minus twice the maximised (restricted) log likelihood
 * @param likelihoodRatio its rise when sigma2 is set to 0
 * @param gradient largest absolute derivative of it in the logarithms of the variances that are not at a boundary
 * @param iterations steps of the root finder
 * @param evaluations evaluations of the criterion
 */
record VarianceEstimates(double sigma2, double tau2, double mean, double meanVariance, double[] meanVarianceSlope,
    double[][] covariance, boolean boundary, double minusTwoLogLikelihood, double likelihoodRatio, double gradient,
    int iterations, int evaluations) implements Serializable {

    double total() {
        return sigma2 + tau2;
    }

    /** sigma2 / (sigma2 + tau2). */
    double intraclassCorrelation() {
        return sigma2 / total();
    }

    /** n sigma2 / (tau2 + n sigma2): how far the mean of n rows is believed. */
    double reliability(final double n) {
        return n * sigma2 / (tau2 + n * sigma2);
    }
}
