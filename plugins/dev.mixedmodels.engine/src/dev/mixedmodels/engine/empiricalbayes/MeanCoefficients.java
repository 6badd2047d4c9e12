package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Table of fixed effects: coefficients of the prior mean, beside those of complete pooling (tau2 = 0). For counts and a
 * nonparametric prior there is one, the mean of theta on its own scale, without a test against 0; the interval of a
 * count's mean is symmetric on the log or logit scale.
 */
record MeanCoefficients(EmpiricalBayesSettings settings, MeanDesign design, Coordinates coordinates) {
    /**
     * Inference about beta. Knapp &amp; Hartung: covariance times y'Py / (k - p), Student's t with k - p degrees of
     * freedom: 0 where the estimates follow the mean exactly, missing where there are as many coefficients as units.
     * Ad hoc: times max(1, y'Py / (k - p)), so that it is never smaller than the normal distribution's.
     */
    ConstantDf inference(final GaussianModel model, final double[] eta) {
        final int p = model.columns();
        final WeightedFit fit = model.regression().at(model.tau2(eta));
        final double[][] covariance = fit.covariance();
        double df = Double.POSITIVE_INFINITY;
        if (settings.dfMethod().knappHartung()) {
            df = model.units() > p ? model.units() - p : Double.NaN;
            final double observed = df > 0 && fit.isExact() ? 0 : fit.sums().q() / df;
            final double scale =
                settings.dfMethod() == DfMethod.KNAPP_HARTUNG_AD_HOC ? Math.max(1, observed) : observed;
            for (final double[] row : covariance) {
                for (int j = 0; j < p; j++) {
                    row[j] *= scale;
                }
            }
        }
        return new ConstantDf(Arrays.copyOf(eta, p), covariance, df);
    }

    List<FixedEffectRow> of(final ObservedUnits observed, final PriorEstimate prior) {
        final CompoundModel model = observed.model();
        if (model instanceof GaussianModel gaussian && gaussian.columns() > 0) {
            return gaussian(gaussian, prior.eta());
        }
        final double[] naive = pooled(observed.conjugate());
        final double mean = model.priorMean(prior.eta(), 0);
        double stdError = Double.NaN;
        ProfileBounds bounds = ProfileBounds.NONE;
        if (model instanceof CountModel counts && Double.isNaN(settings.givenMean())) {
            stdError = Math.sqrt(prior.covariance()[0][0]);
            final double half = Tail.normalQuantile((1 - settings.confidence()) / 2) * stdError / counts.slope(mean);
            bounds = new ProfileBounds(counts.mean(counts.link(mean) - half),
                PriorParameters.finite(counts.mean(counts.link(mean) + half)));
        }
        final DoubleUnaryOperator own = theta -> coordinates.restore(theta, 1);
        return List.of(new FixedEffectRow(design.terms().get(0), own.applyAsDouble(mean), own.applyAsDouble(stdError),
            Double.isNaN(stdError) ? Double.NaN : Double.POSITIVE_INFINITY, Double.NaN, Double.NaN,
            own.applyAsDouble(bounds.lower()), own.applyAsDouble(bounds.upper()), own.applyAsDouble(naive[0]),
            own.applyAsDouble(naive[1]), Double.NaN, FixedEffectRow.designEffect(stdError, naive[1])));
    }

    /** Mean and standard error of complete pooling. */
    private static double[] pooled(final CompoundModel conjugate) {
        if (conjugate instanceof CountModel counts) {
            final double[] eta = {counts.pooled(), 0};
            double information = 0;
            for (int i = 0; i < counts.units(); i++) {
                information += counts.frequency(i) / counts.marginalVariance(eta, i);
            }
            return new double[] {eta[0], 1 / Math.sqrt(information)};
        }
        final GaussianModel gaussian = (GaussianModel) conjugate;
        if (gaussian.known() > 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < gaussian.units(); i++) {
            weight += 1 / gaussian.variance(i);
            sum += gaussian.raw(i) / gaussian.variance(i);
        }
        return new double[] {sum / weight, 1 / Math.sqrt(weight)};
    }

    private List<FixedEffectRow> gaussian(final GaussianModel model, final double[] eta) {
        final ConstantDf inference = inference(model, eta);
        final WeightedFit pooled = model.regression().at(0);
        final ConstantDf naive = model.known() > 0 ? null
            : new ConstantDf(pooled.coefficients(), pooled.covariance(), Double.POSITIVE_INFINITY);
        final List<FixedEffectRow> rows = new ArrayList<>();
        int column = 0;
        for (int term = 0; term < design.terms().size(); term++) {
            final boolean kept = column < design.kept().length && design.kept()[column] == term;
            rows.add(kept ? row(design.terms().get(term), column, inference, naive)
                : row(design.terms().get(term), BinaryUnit.ONE, Contrast.MISSING, Contrast.MISSING));
            column += kept ? 1 : 0;
        }
        return rows;
    }

    private FixedEffectRow row(final String term, final int column, final ConstantDf inference,
        final ConstantDf naive) {
        final double[] l = coordinates.coefficient(column);
        return row(term, coordinates.unit(column), Contrast.of(inference, l, settings.confidence()),
            naive == null ? Contrast.MISSING : Contrast.of(naive, l, settings.confidence()));
    }

    private static FixedEffectRow row(final String term, final BinaryUnit unit, final Contrast model,
        final Contrast naive) {
        final DoubleUnaryOperator own = x -> unit.restore(x, 1);
        return new FixedEffectRow(term, own.applyAsDouble(model.estimate()), own.applyAsDouble(model.stdError()),
            model.df(), model.t(), model.pValue(), own.applyAsDouble(model.lower()), own.applyAsDouble(model.upper()),
            own.applyAsDouble(naive.estimate()), own.applyAsDouble(naive.stdError()), naive.pValue(),
            FixedEffectRow.designEffect(model.stdError(), naive.stdError()));
    }
}
