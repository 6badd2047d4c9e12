package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.BasisInference;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.RobustInference;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.likelihood.MeanPoint;

/** Inference about the mean as the settings ask for it, over the kept columns of X. */
final class MeanInference {
    /** Variances that the second-derivative term changes by more than this factor are worth a warning. */
    private static final double LARGE_RATIO = 4;

    private MeanInference() {
    }

    static FixedInference of(final InferenceSettings settings, final RepeatedData data,
        final StructureFit estimates, final Progress progress, final Warnings warnings) {
        final double[] gamma = data.coordinates().coefficients(estimates.mean().beta());
        final double residualDf = data.size() - data.columns();
        final FixedInference inference = settings.fixedCovariance().sandwich()
            ? RobustInference.of(settings.fixedCovariance(), settings.dfMethod(), residualDf, gamma, estimates.mean().phi(),
                new SubjectClusters(data.rows(), estimates), data.design().fixed(), progress, warnings)
            : new BasisInference(ofModel(settings.dfMethod(), residualDf, estimates, gamma, warnings),
                data.design().fixed().basis());
        return settings.dfMethod() == DfMethod.BETWEEN_WITHIN ? BetweenWithin.of(inference, data) : inference;
    }

    private static FixedInference ofModel(final DfMethod method, final double residualDf, final StructureFit estimates,
        final double[] gamma, final Warnings warnings) {
        final double[][] phi = estimates.mean().phi();
        return switch (method) {
            case SATTERTHWAITE -> Satterthwaite.ofPrecision(gamma, phi, estimates.mean().precisionDerivatives(),
                estimates.covariance());
            case KENWARD_ROGER -> kenwardRoger(gamma, estimates, warnings);
            case KENWARD_ROGER_LINEAR -> linearKenwardRoger(gamma, estimates).orUnadjusted(warnings);
            case RESIDUAL, BETWEEN_WITHIN -> new ConstantDf(gamma, phi, residualDf);
            case ASYMPTOTIC -> new ConstantDf(gamma, phi, Double.POSITIVE_INFINITY);
            default -> throw method.unknown();
        };
    }

    private static KenwardRoger linearKenwardRoger(final double[] gamma, final StructureFit estimates) {
        return new KenwardRoger(gamma, estimates.mean().phi(), estimates.mean().precisionDerivatives(),
            estimates.point().kenwardRogerSum(estimates.covariance(), false),
            estimates.covariance());
    }

    /**
     * All but the second-derivative term is the same in any parameters; that term is turned from the working into the
     * natural ones, in which it vanishes where V is linear in them.
     */
    private static FixedInference kenwardRoger(final double[] gamma, final StructureFit estimates,
        final Warnings warnings) {
        final KenwardRoger linear = linearKenwardRoger(gamma, estimates);
        final VisitStructure structure = estimates.model().structure();
        if (structure.linear()) {
            return linear.orUnadjusted(warnings);
        }
        final MeanPoint mean = estimates.mean();
        final double[][] sum = estimates.point().kenwardRogerSum(estimates.covariance(), true);
        final double[] curvature = NaturalParameters.curvature(estimates);
        for (int k = 0; k < curvature.length; k++) {
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += curvature[k] * mean.precisionDerivatives()[k][i][j] / 4;
                }
            }
        }
        final KenwardRoger inference =
            new KenwardRoger(gamma, mean.phi(), mean.precisionDerivatives(), sum, estimates.covariance());
        final double[] ratios = NaturalParameters.relativeVariances(inference.covariance(), linear.covariance());
        if (!(ratios[0] > 0)) {
            throw new ModelException(NaturalParameters.dominant(structure, true));
        }
        if (ratios[0] < 1 / LARGE_RATIO || ratios[1] > LARGE_RATIO) {
            warnings.add(NaturalParameters.dominant(structure, false));
        }
        return inference.orUnadjusted(warnings);
    }
}
