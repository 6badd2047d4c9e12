package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence intervals of A: profile likelihood for ML and REML, on their own criterion; for moment estimators the
 * values at which the generalised Q statistic y'P(A)y lies between quantiles of chi2(k - p), exact for normal data
 * (Viechtbauer 2007, Statistics in Medicine 26:37-52).
 */
final class TauSquaredInterval {
    private TauSquaredInterval() {
    }

    static ProfileBounds of(final GaussianModel model, final double tau2, final double stdError,
        final EmpiricalBayesSettings settings, final Progress progress) {
        final PriorEstimator estimator = model.estimator();
        final int df = model.units() - model.columns();
        if (settings.intervals() == Intervals.NONE || estimator == PriorEstimator.GIVEN || df < 1) {
            return ProfileBounds.NONE;
        }
        if (settings.intervals() == Intervals.WALD) {
            return settings.wald(tau2, stdError);
        }
        if (!estimator.maximisesLikelihood()) {
            final double tail = (1 - settings.confidence()) / 2;
            return new ProfileBounds(statisticEquals(model, Tail.chiSquareQuantile(tail, df), progress),
                statisticEquals(model, Tail.chiSquareQuantile(1 - tail, df), progress));
        }
        final TauSquared likelihood = new TauSquared(model.regression(), progress);
        final boolean restricted = estimator == PriorEstimator.REML;
        final double least = likelihood.minusTwoLogLikelihood(tau2, restricted);
        final double step = tau2 > 0 ? tau2 / 2 : scale(model) / 8;
        return ProfileBounds.of(
            a -> likelihood.minusTwoLogLikelihood(a, restricted) - least, tau2, 0, Double.POSITIVE_INFINITY, step,
            settings.confidence());
    }

    /** Typical sampling variance, where the search for an upper bound starts from 0. */
    private static double scale(final GaussianModel model) {
        final WeightedSums s = model.regression().at(0).sums();
        return (model.units() - model.columns()) / s.traceP();
    }

    private static double statisticEquals(final GaussianModel model, final double target, final Progress progress) {
        final DoubleUnaryOperator excess = a -> {
            progress.check();
            return model.regression().at(a).sums().q() - target;
        };
        if (excess.applyAsDouble(0) <= 0) {
            return 0;
        }
        double low = 0;
        double high = scale(model);
        while (excess.applyAsDouble(high) > 0) {
            low = high;
            high *= 4;
        }
        return Roots.find(excess, low, high);
    }
}
