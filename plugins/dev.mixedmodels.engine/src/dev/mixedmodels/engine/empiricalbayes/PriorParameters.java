package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Table of covariance parameters: the prior's variance and shape. */
record PriorParameters(String group, EmpiricalBayesSettings settings, Coordinates coordinates, Progress progress) {
    /**
     * @param model the data
     * @param prior the estimated prior
     * @param heterogeneity for the share of variance
     * @return rows of the table
     */
    List<CovarianceParameterRow> of(final CompoundModel model, final PriorEstimate prior,
        final Heterogeneity heterogeneity) {
        if (model instanceof GaussianModel gaussian) {
            return gaussian(gaussian, prior, heterogeneity);
        }
        return model instanceof CountModel counts ? counts(counts, prior, heterogeneity)
            : nonparametric(model, prior, heterogeneity);
    }

    /**
     * Moment estimators and the statistic that their interval inverts weight the units differently, so that the one
     * may lie outside the other.
     *
     * @param rows of the table
     * @return what to say of such an interval; empty if it holds its estimate
     */
    String remark(final List<CovarianceParameterRow> rows) {
        final CovarianceParameterRow tau2 = rows.get(0);
        if (!(tau2.estimate() < tau2.lower() || tau2.estimate() > tau2.upper())) {
            return "";
        }
        final boolean counts = settings.family() != Family.GAUSSIAN;
        final String others = counts ? " (and of the parameters below it)" : "";
        final String estimator = settings.estimator().toString();
        if (tau2.upper() == 0) {
            return String.format(Locale.ROOT, "The interval of tau2%s is empty: the units differ even less than chance "
                + "alone explains, and its bounds are the end of the range, 0. The estimator \"%s\" gives %.4g all "
                + "the same; choose \"%s\".", others, estimator, tau2.estimate(), counts ? "ML" : "REML");
        }
        return String.format(Locale.ROOT, "The interval of tau2%s, %.4g to %.4g, does not hold the estimate, %.4g: the "
            + "estimator \"%s\" weights the units otherwise than the statistic that the interval comes from (%s). "
            + "With many units the two agree; here choose \"%s\", whose interval always holds its estimate.", others,
            tau2.lower(), tau2.upper(), tau2.estimate(), estimator, counts ? "Pearson's" : "the generalised Q",
            counts ? "ML" : "REML\" or \"Paule-Mandel");
    }

    private List<CovarianceParameterRow> gaussian(final GaussianModel model, final PriorEstimate prior,
        final Heterogeneity heterogeneity) {
        final double tau2 = model.tau2(prior.eta());
        final double stdError = Math.sqrt(prior.tauVariance());
        final ProfileBounds bounds = TauSquaredInterval.of(model, tau2, stdError, settings, progress);
        return List.of(row(CountParameter.TAU2, tau2, prior.onBoundary() ? Double.NaN : stdError, bounds,
            heterogeneity.share(tau2), prior.onBoundary()));
    }

    private List<CovarianceParameterRow> counts(final CountModel model, final PriorEstimate prior,
        final Heterogeneity heterogeneity) {
        final double[] eta = prior.eta();
        final List<CovarianceParameterRow> rows = new ArrayList<>();
        for (final CountParameter parameter : CountParameter.of(settings.family())) {
            final double value = parameter.value(model, eta[0], eta[1]);
            double stdError = Double.NaN;
            ProfileBounds bounds = ProfileBounds.NONE;
            if (settings.estimator() != PriorEstimator.GIVEN) {
                if (!prior.onBoundary()) {
                    final double[] gradient = parameter.gradient(model, eta[0], eta[1]);
                    stdError = Math.sqrt(Matrices.bilinear(prior.covariance(), gradient, gradient));
                }
                bounds = new CountInterval(model, eta, settings, progress).of(parameter, stdError);
            }
            rows.add(row(parameter, value, stdError, bounds,
                parameter == CountParameter.TAU2 ? heterogeneity.share(value) : Double.NaN, prior.onBoundary()));
        }
        return rows;
    }

    private List<CovarianceParameterRow> nonparametric(final CompoundModel model, final PriorEstimate prior,
        final Heterogeneity heterogeneity) {
        final double[] eta = prior.eta();
        final double tau2 = model.priorVariance(eta);
        final List<CovarianceParameterRow> rows = new ArrayList<>();
        rows.add(row(CountParameter.TAU2, tau2, Double.NaN, ProfileBounds.NONE, heterogeneity.share(tau2),
            prior.onBoundary()));
        final int n = eta.length / 2;
        for (int j = 0; j < n; j++) {
            rows.add(point("support point " + (j + 1), coordinates.restore(eta[j], 1)));
            rows.add(point("probability " + (j + 1), eta[n + j]));
        }
        return rows;
    }

    private CovarianceParameterRow row(final CountParameter parameter, final double value, final double stdError,
        final ProfileBounds bounds, final double share, final boolean boundary) {
        final int power = parameter.power();
        final DoubleUnaryOperator own = x -> finite(coordinates.restore(x, power));
        return new CovarianceParameterRow(group, parameter.label(), own.applyAsDouble(value),
            own.applyAsDouble(stdError), own.applyAsDouble(bounds.lower()), own.applyAsDouble(bounds.upper()),
            parameter == CountParameter.TAU2 ? coordinates.restore(Math.sqrt(value), 1) : Double.NaN, Double.NaN, share,
            boundary);
    }

    private CovarianceParameterRow point(final String parameter, final double value) {
        return new CovarianceParameterRow(group, parameter, value, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN, Double.NaN, false);
    }

    /** An infinite shape or bound is a missing cell. */
    static double finite(final double x) {
        return Double.isInfinite(x) ? Double.NaN : x;
    }
}
