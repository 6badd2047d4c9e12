package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;

/**
 * Where theta of a new unit is expected, at the average of the covariates. Source: Higgins, Thompson &amp;
 * Spiegelhalter (2009) JRSS A 172:137-159, who take Student's t with k - 2 degrees of freedom.
 *
 * @param lower lower bound
 * @param upper upper bound
 * @param note by which distribution
 */
record PredictionInterval(double lower, double upper, String note) {
    static PredictionInterval of(final CompoundModel model, final PriorEstimate prior,
        final EmpiricalBayesSettings settings, final double[] design) {
        final Posterior exact = model.prior(prior.eta(), design);
        final double tail = (1 - settings.confidence()) / 2;
        final double[][] covariance = prior.meanCovariance(model);
        final double uncertain = covariance == null ? 0 : Matrices.bilinear(covariance, design, design);
        if (model instanceof GaussianModel gaussian) {
            final double half = Math.sqrt(exact.variance() + uncertain);
            final int df = model.units() - gaussian.columns() - 1;
            final boolean student = settings.dfMethod().knappHartung();
            final double quantile = student ? df > 0 ? Tail.tQuantile(tail, df) : Double.NaN
                : Tail.normalQuantile(tail);
            return new PredictionInterval(exact.mean() - quantile * half, exact.mean() + quantile * half,
                (student ? "Student's t with k - p - 1 = " + df + " degrees of freedom" : "normal distribution (z)")
                    + (gaussian.hasCovariates() ? ", covariates at their averages" : ""));
        }
        final Posterior wide = uncertain > 0 ? exact.withMoments(exact.mean(), exact.variance() + uncertain) : exact;
        return new PredictionInterval(wide.quantile(tail), wide.quantile(1 - tail),
            model instanceof NonparametricModel ? "quantiles of the estimated prior"
                : "prior with the variance of its mean added");
    }
}
