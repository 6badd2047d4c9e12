package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.BasisInference;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.ContainmentDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.RobustInference;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.HeldSeries;
import dev.mixedmodels.engine.likelihood.MixedClusters;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.numeric.Matrices;

/** Inference about the fixed effects by the chosen method, in the user's units. */
final class MeanInference {
    private final SubjectData data;
    private final Estimate estimate;
    private final double[] gamma;
    private final double[][] phi;

    private MeanInference(final SubjectData data, final Estimate estimate) {
        this.data = data;
        this.estimate = estimate;
        gamma = data.coefficients(estimate.atMinimum().beta());
        phi = Matrices.scaled(estimate.atMinimum().phi(), square());
    }

    static FixedInference of(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate,
        final Progress progress, final Warnings warnings) {
        final MeanInference mean = new MeanInference(data, estimate);
        final DfMethod method = settings.inference().dfMethod();
        final double residualDf = data.size() - mean.gamma.length;
        final FixedInference inference = settings.inference().fixedCovariance().sandwich()
            ? RobustInference.of(settings.inference().fixedCovariance(), method, residualDf, mean.gamma, mean.phi,
                mean.clusters(), data.design().fixed(), progress, warnings)
            : new BasisInference(mean.inner(method, residualDf, warnings), data.design().fixed().basis());
        return method == DfMethod.CONTAINMENT
            ? new ContainmentDf(inference, ContainmentDf.Terms.of(data.inMemory(), progress)) : inference;
    }

    private FixedInference inner(final DfMethod method, final double residualDf, final Warnings warnings) {
        return switch (method) {
            case SATTERTHWAITE -> satterthwaite(warnings);
            case KENWARD_ROGER, KENWARD_ROGER_LINEAR -> kenwardRoger(method == DfMethod.KENWARD_ROGER, warnings);
            case RESIDUAL, CONTAINMENT -> new ConstantDf(gamma, phi, residualDf);
            case ASYMPTOTIC -> new ConstantDf(gamma, phi, Double.POSITIVE_INFINITY);
            default -> throw method.unknown();
        };
    }

    private Clusters clusters() {
        final HeldSeries.Part part = estimate.criterion().shares() instanceof SubjectSeries series ? series::part
            : data::independent;
        return MixedClusters.of(data.subject().name(), data.subject()::level, part, data.subjects(),
            estimate.relativeFactor(), estimate.eta(), Math.exp(estimate.logScale()), estimate.atMinimum().beta(),
            data.scale());
    }

    private double square() {
        return data.scale() * data.scale();
    }

    /** In the free coordinates of F, eta and log s: what is on the boundary is held fixed. */
    private FixedInference satterthwaite(final Warnings warnings) {
        if (estimate.freeCovariance() == null) {
            warnings.add("The likelihood is not curved in all covariance parameters at the estimates, so that "
                + "Satterthwaite's degrees of freedom do not exist. Choose a simpler random part or residual structure.");
            return new ConstantDf(gamma, phi, Double.NaN);
        }
        return Satterthwaite.ofPrecision(gamma, phi, each(estimate.atMinimum().p()), estimate.freeCovariance());
    }

    /** In the reported parameters, with the expected information as pbkrtest has it. */
    private FixedInference kenwardRoger(final boolean secondDerivatives, final Warnings warnings) {
        final GaussianCriterion natural = new GaussianCriterion(estimate.naturalJet(), true);
        final double[][] w = Matrices.inversePositiveDefinite(natural.expectedHessian());
        if (w == null) {
            return KenwardRoger.withoutInformation(gamma, phi, warnings);
        }
        if (!estimate.minimum().vanished().isEmpty()) {
            warnings.add("The fit is singular; Kenward and Roger's method treats the variances at their bound as if they "
                + "were inside. Their standard errors and degrees of freedom are then approximate.");
        }
        return new KenwardRoger(gamma, phi, each(natural.p()), pairs(natural.q()),
            secondDerivatives ? pairs(natural.r()) : null, Matrices.scaled(w, 2)).orUnadjusted(warnings);
    }

    private double[][][] each(final double[][][] matrices) {
        final double[][][] each = new double[matrices.length][][];
        for (int k = 0; k < each.length; k++) {
            each[k] = Matrices.scaled(matrices[k], 1 / square());
        }
        return each;
    }

    private double[][][][] pairs(final double[][][][] matrices) {
        final double[][][][] pairs = new double[matrices.length][][][];
        for (int k = 0; k < pairs.length; k++) {
            pairs[k] = each(matrices[k]);
        }
        return pairs;
    }
}
