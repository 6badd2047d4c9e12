package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.Sandwich;
import dev.mixedmodels.engine.inference.Satterthwaite;

/** Standard error and degrees of freedom of the estimate of mu, in the unit of {@link SizeClasses}. */
final class MeanInference {
    private MeanInference() {
    }

    static FixedInference of(final RandomInterceptSettings settings, final GroupedData groups, final AnovaTable anova,
        final SizeClasses data, final VarianceEstimates estimates, final Progress progress) {
        final DfMethod method = settings.inference().dfMethod();
        final double[] beta = {estimates.mean()};
        final double[][] phi = {{estimates.meanVariance()}};
        if (settings.inference().fixedCovariance().sandwich()) {
            return new Sandwich(settings.inference().fixedCovariance(), phi,
                new GroupClusters(groups, anova, data, estimates, settings.group(), groups.groups()),
                progress).inference(beta,
                    method == DfMethod.RESIDUAL ? data.rows() - 1 : method == DfMethod.ASYMPTOTIC
                    ? Double.POSITIVE_INFINITY : Double.NaN).own();
        }
        return switch (method) {
            case SATTERTHWAITE -> satterthwaite(beta, phi, estimates);
            case KENWARD_ROGER -> kenwardRoger(beta, phi, data, estimates);
            case RESIDUAL -> new ConstantDf(beta, phi, data.rows() - 1);
            case ASYMPTOTIC -> new ConstantDf(beta, phi, Double.POSITIVE_INFINITY);
            default -> throw method.unknown();
        };
    }

    /** With sigma2 at its bound only tau2 varies. */
    private static FixedInference satterthwaite(final double[] beta, final double[][] phi, final VarianceEstimates e) {
        final double[] slope = e.meanVarianceSlope();
        return e.boundary()
            ? new Satterthwaite(beta, phi, new double[][][] {{{slope[1]}}}, new double[][] {{e.covariance()[1][1]}})
            : new Satterthwaite(beta, phi, new double[][][] {{{slope[0]}}, {{slope[1]}}}, e.covariance());
    }

    /** With the expected information of both variances, at the bound too. */
    private static FixedInference kenwardRoger(final double[] beta, final double[][] phi, final SizeClasses data,
        final VarianceEstimates e) {
        final VarianceLikelihood.At at = new VarianceLikelihood(data, true).at(e.sigma2(), e.tau2());
        final double[][][] p = {{{at.precisionSlope()[0]}}, {{at.precisionSlope()[1]}}};
        final double[][] q = at.quadratic();
        final double[][][][] qs = {{{{q[0][0]}}, {{q[0][1]}}}, {{{q[1][0]}}, {{q[1][1]}}}};
        return new KenwardRoger(beta, phi, p, qs, null, LikelihoodEstimator.inverseInformation(at.expected()));
    }
}
