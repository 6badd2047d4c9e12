package dev.mixedmodels.engine.empiricalbayes;

import java.io.Serializable;
import java.util.List;

/**
 * An estimated prior, from which posteriors of units follow.
 *
 * @param settings how it was fitted and is reported, in the coordinates
 * @param columns which columns tell what of the units; null if they were not read from a table
 * @param coordinates units and origins that everything below is measured in
 * @param eta its parameters
 * @param covariance their covariance; null to take them as known
 * @param meanCovariance covariance of the coefficients of the prior mean; null where there is none
 * @param method how posterior variances are computed, never the default
 * @param constants of that method, as {@link Morris#constants} or {@link PrasadRao#constants} has them
 * @param samples parameters estimated from bootstrap samples; null for other methods
 */
public record StoredPrior(EmpiricalBayesSettings settings, UnitColumns columns, Coordinates coordinates, double[] eta,
    double[][] covariance, double[][] meanCovariance, PosteriorVariance method, double[] constants,
    List<double[]> samples) implements Serializable {

    /** Moments of observed units, by covariances of the means of their priors. */
    Uncertainty uncertainty(final ObservedUnits observed, final Uncertainty.MeanCovariance mean) {
        final CompoundModel model = observed.model();
        return switch (method) {
            case MORRIS -> new Morris((GaussianModel) model, eta, constants, mean);
            case PRASAD_RAO -> new PrasadRao((GaussianModel) model, eta, constants, mean);
            case BOOTSTRAP -> new Bootstrap(model, eta, samples);
            case KASS_STEFFEY -> new FirstOrder(model, eta, covariance);
            default -> new FirstOrder(model, eta, null);
        };
    }
}
