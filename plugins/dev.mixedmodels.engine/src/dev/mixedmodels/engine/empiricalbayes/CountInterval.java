package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence intervals of the parameters of a gamma or beta prior: profile likelihood of each parameter, maximised over
 * the mean, for ML; Pearson's statistic for moments, at the estimated mean.
 */
final class CountInterval {

    private static final double LONGEST = 700;

    private final CountModel model;
    private final double[] eta;
    private final EmpiricalBayesSettings settings;
    private final CountMaximum likelihood;
    private final double u;
    private final double largest;

    CountInterval(final CountModel model, final double[] eta, final EmpiricalBayesSettings settings,
        final Progress progress) {
        this.model = model;
        this.eta = eta;
        this.settings = settings;
        likelihood = new CountMaximum(model, progress);
        u = model.link(eta[0]);
        largest = model.logLikelihood(u, model.omega(eta[1]));
    }

    /**
     * @param parameter which
     * @param stdError its standard error
     * @return its interval; a bound at complete pooling is 0 or infinite
     */
    ProfileBounds of(final CountParameter parameter, final double stdError) {
        final double estimate = parameter.value(model, eta[0], eta[1]);
        if (settings.intervals() == Intervals.NONE || settings.estimator() == PriorEstimator.GIVEN) {
            return ProfileBounds.NONE;
        }
        if (settings.intervals() == Intervals.WALD) {
            return settings.wald(estimate, stdError);
        }
        if (settings.estimator() == PriorEstimator.MOMENTS) {
            final double tail = (1 - settings.confidence()) / 2;
            final double factor = model.varianceFactor(eta[0]);
            final double low = CountMoments.pearsonBound(model, eta[0], tail) / factor;
            final double high = CountMoments.pearsonBound(model, eta[0], 1 - tail) / factor;
            return ordered(parameter.value(model, eta[0], low), parameter.value(model, eta[0], high));
        }
        return profile(parameter, estimate, stdError);
    }

    private static ProfileBounds ordered(final double a, final double b) {
        return new ProfileBounds(Math.min(a, b), Math.max(a, b));
    }

    private ProfileBounds profile(final CountParameter parameter, final double estimate, final double stdError) {
        if (parameter == CountParameter.SHAPE) {
            final ProfileBounds inverse = of(CountParameter.OVERDISPERSION, stdError / (estimate * estimate));
            return new ProfileBounds(1 / inverse.upper(), 1 / inverse.lower());
        }
        final double pooled = model.logLikelihood(model.link(model.pooled()), 0);
        final boolean pooledInside =
            2 * (largest - pooled) <= Tail.chiSquareQuantile(1 - settings.confidence(), 1);
        if (!parameter.poolsAtZero()) {
            // on the scale of 1 / parameter complete pooling is at 0
            final ProfileBounds inverse =
                search(1 / estimate, stdError / (estimate * estimate), pooled, true, parameter);
            return new ProfileBounds(1 / inverse.upper(), pooledInside ? Double.POSITIVE_INFINITY
                : 1 / inverse.lower());
        }
        return search(estimate, stdError, pooled, false, parameter);
    }

    private ProfileBounds search(final double estimate, final double stdError, final double pooled,
        final boolean inverse, final CountParameter parameter) {
        final double limit = parameter == CountParameter.OVERDISPERSION ? model.largestOverdispersion()
            : Double.POSITIVE_INFINITY;
        final DoubleUnaryOperator excess = value -> {
            final double at = value == 0 ? pooled : likelihood.profile(parameter, inverse ? 1 / value : value, u);
            return Double.isFinite(at) ? 2 * (largest - at) : Double.POSITIVE_INFINITY;
        };
        final double quantile = Tail.chiSquareQuantile(1 - settings.confidence(), 1);
        if (estimate > 0 && stdError > 0) {
            // the root of the excess is nearly linear in the logarithm of the parameter
            final double log = Math.log(estimate);
            final double least = excess.applyAsDouble(0) <= quantile ? log : -LONGEST;
            final double most = Math.min(LONGEST, Math.log(limit));
            final ProfileBounds logs = ProfileBounds.of(
                t -> excess.applyAsDouble(Math.min(Math.nextDown(limit), Math.exp(t))), log, least, most,
                stdError / estimate, settings.confidence());
            return new ProfileBounds(logs.lower() == least ? 0 : Math.exp(logs.lower()),
                logs.upper() == most ? limit : Math.exp(logs.upper()));
        }
        return ProfileBounds.of(excess, estimate, 0, Math.nextDown(limit),
            estimate > 0 ? estimate / 2 : firstStep(parameter), settings.confidence());
    }

    /** A value of the parameter, or of its inverse, that moves the variance of a typical unit by a small part. */
    private double firstStep(final CountParameter parameter) {
        double exposure = 0;
        for (int i = 0; i < model.units(); i++) {
            exposure += model.frequency(i) * model.n[i] / model.total();
        }
        final double c = model.overdispersion(0.1 / (1 + exposure * (model.largestOverdispersion() == 1 ? 1 : eta[0])));
        final double value = parameter.value(model, eta[0], c);
        return parameter.poolsAtZero() ? value : 1 / value;
    }
}
