package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FittedMean;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.likelihood.MeanPoint;

/** Inference about the mean as the settings ask for it, over the kept columns of X. */
record MeanInference(RepeatedData data, StructureFit fit) implements FittedMean {
    /** Variances that the second-derivative term changes by more than this factor are worth a warning. */
    private static final double LARGE_RATIO = 4;

    static FixedInference of(final InferenceSettings settings, final RepeatedData data,
        final StructureFit estimates, final Progress progress, final Warnings warnings) {
        final FixedInference inference =
            new MeanInference(data, estimates).inference(settings, data.design().fixed(), progress, warnings);
        return settings.dfMethod() == DfMethod.BETWEEN_WITHIN ? BetweenWithin.of(inference, data) : inference;
    }

    @Override
    public double[] estimates() {
        return data.coordinates().coefficients(fit.mean().beta());
    }

    @Override
    public double[][] phi() {
        return fit.mean().phi();
    }

    @Override
    public Clusters clusters() {
        return new SubjectClusters(data.rows(), fit);
    }

    @Override
    public FixedInference satterthwaite(final Warnings warnings) {
        return Satterthwaite.ofPrecision(estimates(), phi(), fit.mean().precisionDerivatives(), fit.covariance());
    }

    @Override
    public FixedInference kenwardRoger(final boolean secondDerivatives, final Progress progress,
        final Warnings warnings) {
        return (secondDerivatives && !fit.model().structure().linear() ? withSecondDerivatives(warnings) : linear())
            .orUnadjusted(warnings);
    }

    private KenwardRoger linear() {
        return new KenwardRoger(estimates(), phi(), fit.mean().precisionDerivatives(),
            fit.point().kenwardRogerSum(fit.covariance(), false), fit.covariance());
    }

    /**
     * All but the second-derivative term is the same in any parameters; that term is turned from the working into the
     * natural ones, in which it vanishes where V is linear in them.
     */
    private KenwardRoger withSecondDerivatives(final Warnings warnings) {
        final MeanPoint mean = fit.mean();
        final double[][] sum = fit.point().kenwardRogerSum(fit.covariance(), true);
        final double[] curvature = NaturalParameters.curvature(fit);
        for (int k = 0; k < curvature.length; k++) {
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += curvature[k] * mean.precisionDerivatives()[k][i][j] / 4;
                }
            }
        }
        final KenwardRoger inference =
            new KenwardRoger(estimates(), mean.phi(), mean.precisionDerivatives(), sum, fit.covariance());
        final double[] ratios = NaturalParameters.relativeVariances(inference.covariance(), linear().covariance());
        if (!(ratios[0] > 0)) {
            throw new ModelException(NaturalParameters.dominant(fit.model().structure(), true));
        }
        if (ratios[0] < 1 / LARGE_RATIO || ratios[1] > LARGE_RATIO) {
            warnings.add(NaturalParameters.dominant(fit.model().structure(), false));
        }
        return inference;
    }
}
