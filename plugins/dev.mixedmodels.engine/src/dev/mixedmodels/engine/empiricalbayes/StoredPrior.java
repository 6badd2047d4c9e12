package dev.mixedmodels.engine.empiricalbayes;

import java.util.List;

/**
 * An estimated prior, from which posteriors of further units follow.
 *
 * @param settings how it was fitted and is reported
 * @param columns which columns tell what of the units
 * @param coordinates units and origins that everything below is measured in
 * @param eta its parameters
 * @param covariance their covariance; null to take them as known
 * @param meanCovariance covariance of the coefficients of the prior mean; null where there is none
 * @param method how posterior variances are computed, never the default
 * @param constants of that method, as {@link Uncertainty#constants} has them
 * @param samples parameters estimated from bootstrap samples; null for other methods
 */
public record StoredPrior(EmpiricalBayesSettings settings, UnitColumns columns, Coordinates coordinates, double[] eta,
    double[][] covariance, double[][] meanCovariance, PosteriorVariance method, double[] constants, List<double[]> samples) {
}
