package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.BasisInference;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MeanPoint;
import dev.mixedmodels.engine.marginal.MarginalSettings.DfMethod;
import dev.mixedmodels.engine.marginal.MarginalSettings.FixedCovariance;
import dev.mixedmodels.engine.numeric.Matrices;

/** Inference about the mean as the settings ask for it, over the kept columns of X. */
final class MeanInference {
    private MeanInference() {
    }

    static FixedInference of(final MarginalSettings.Inference settings, final RepeatedRows rows,
        final Estimates estimates, final Progress progress) {
        final double[] gamma = rows.coefficients(estimates.mean().beta());
        final FixedInference inner = inner(settings, rows, estimates, gamma, progress);
        final FixedInference outer = new BasisInference(inner, rows.design().fixed().basis());
        return settings.dfMethod() == DfMethod.BETWEEN_WITHIN ? BetweenWithin.of(outer, rows) : outer;
    }

    private static FixedInference inner(final MarginalSettings.Inference settings, final RepeatedRows rows,
        final Estimates estimates, final double[] gamma, final Progress progress) {
        final double[][] phi = estimates.mean().phi();
        final boolean sandwich = settings.fixedCovariance() != FixedCovariance.MODEL;
        final Sandwich robust =
            sandwich ? new Sandwich(rows, estimates, settings.fixedCovariance(), gamma, progress) : null;
        return switch (settings.dfMethod()) {
            case SATTERTHWAITE -> sandwich ? robust : satterthwaite(gamma, estimates);
            case KENWARD_ROGER, KENWARD_ROGER_LINEAR -> kenwardRoger(gamma, estimates,
                settings.dfMethod() == DfMethod.KENWARD_ROGER);
            case RESIDUAL, BETWEEN_WITHIN -> new ConstantDf(gamma, sandwich ? robust.covariance() : phi,
                rows.index().size() - rows.columns());
            case ASYMPTOTIC -> new ConstantDf(gamma, sandwich ? robust.covariance() : phi, Double.POSITIVE_INFINITY);
        };
    }

    /** d phi / d theta_r = -phi (dX'V^-1X / d theta_r) phi. */
    private static FixedInference satterthwaite(final double[] gamma, final Estimates estimates) {
        final MeanPoint mean = estimates.mean();
        final double[][][] derivatives = new double[estimates.theta().length][][];
        for (int r = 0; r < derivatives.length; r++) {
            derivatives[r] = Matrices.sandwich(mean.phi(), mean.precisionDerivatives()[r]);
            for (final double[] row : derivatives[r]) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = -row[j];
                }
            }
        }
        return new Satterthwaite(gamma, mean.phi(), derivatives, estimates.covariance());
    }

    /** Without the second-derivative term the result does not depend on the parametrisation. */
    private static FixedInference kenwardRoger(final double[] gamma, final Estimates estimates,
        final boolean secondDerivatives) {
        if (!secondDerivatives) {
            return new KenwardRoger(gamma, estimates.mean().phi(), estimates.mean().precisionDerivatives(),
                estimates.model().likelihood().kenwardRogerSum(estimates.theta(), estimates.covariance(), false),
                estimates.covariance());
        }
        final MarginalLikelihood likelihood = estimates.model().forKenwardRoger();
        final double[] theta = estimates.model().forKenwardRoger(estimates.theta());
        final double[][] w = Information.covariance(likelihood, theta).matrix();
        final MeanPoint mean = likelihood.mean(theta);
        return new KenwardRoger(gamma, mean.phi(), mean.precisionDerivatives(),
            likelihood.kenwardRogerSum(theta, w, true), w);
    }
}
