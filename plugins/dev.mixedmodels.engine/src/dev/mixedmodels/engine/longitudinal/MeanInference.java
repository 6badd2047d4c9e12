package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.ContainmentDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FittedMean;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.MixedClusters;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Inference about the fixed effects by the chosen method, in the user's units.
 *
 * @param data the subjects
 * @param estimate the parameters
 * @param estimates the coefficients
 * @param phi their covariance in the model
 */
record MeanInference(SubjectData data, Estimate estimate, double[] estimates, double[][] phi) implements FittedMean {
    static FixedInference of(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate,
        final Progress progress, final Warnings warnings) {
        final MeanInference mean = new MeanInference(data, estimate, data.coefficients(estimate.atMinimum().beta()),
            Matrices.scaled(estimate.atMinimum().phi(), data.scale() * data.scale()));
        final FixedInference inference = mean.inference(settings.inference(), data.design().fixed(), progress,
            warnings);
        return settings.inference().dfMethod() == DfMethod.CONTAINMENT
            ? new ContainmentDf(inference, ContainmentDf.Terms.of(data.inMemory(), progress)) : inference;
    }

    @Override
    public Clusters clusters() {
        return MixedClusters.of(data.subject().name(), data.subject()::level, estimate.rows(data), data.subjects(),
            estimate.relativeFactor(), estimate.eta(), Math.exp(estimate.logScale()), estimate.atMinimum().beta(),
            data.scale());
    }

    private double square() {
        return data.scale() * data.scale();
    }

    /** In the free coordinates of F, eta and log s: what is on the boundary is held fixed. */
    @Override
    public FixedInference satterthwaite(final Warnings warnings) {
        if (estimate.freeCovariance() == null) {
            warnings.add("The likelihood is not curved in all covariance parameters at the estimates, so that "
                + "Satterthwaite's degrees of freedom do not exist. Choose a simpler random part or residual "
                + "structure.");
            return new ConstantDf(estimates, phi, Double.NaN);
        }
        final double[][][] derivatives = Arrays.stream(estimate.atMinimum().p())
            .map(p -> Matrices.scaled(p, 1 / square())).toArray(double[][][]::new);
        return Satterthwaite.ofPrecision(estimates, phi, derivatives, estimate.freeCovariance());
    }

    /** In the reported parameters, with the expected information as pbkrtest has it. */
    @Override
    public FixedInference kenwardRoger(final boolean secondDerivatives, final Progress progress,
        final Warnings warnings) {
        final GaussianCriterion natural = new GaussianCriterion(estimate.naturalJet(), true);
        final double[][] w = Matrices.inversePositiveDefinite(natural.expectedHessian());
        if (w == null) {
            return KenwardRoger.withoutInformation(estimates, phi, warnings);
        }
        if (!estimate.minimum().vanished().isEmpty()) {
            warnings.add("The fit is singular; Kenward and Roger's method treats the variances at their bound as if "
                + "they were inside. Their standard errors and degrees of freedom are then approximate.");
        }
        return KenwardRoger.in(estimates, phi, natural.p(), natural.q(), secondDerivatives ? natural.r() : null,
            Matrices.scaled(w, 2), square()).orUnadjusted(warnings);
    }
}
