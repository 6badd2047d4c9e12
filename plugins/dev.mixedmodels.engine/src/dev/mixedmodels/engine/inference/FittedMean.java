package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.FixedDesign;

/** What a fit tells of its mean, in the working basis of the design, and the inference that is chosen about it. */
public interface FittedMean {
    /**
     * @return the estimates gamma, length p
     */
    double[] estimates();

    /**
     * @return their covariance (W'V^-1 W)^-1, p x p
     */
    double[][] phi();

    /**
     * @param warnings told where there is none
     * @return inference with Satterthwaite's degrees of freedom
     */
    FixedInference satterthwaite(Warnings warnings);

    /**
     * @param secondDerivatives whether with the term of second derivatives of V
     * @param progress asked now and then whether to go on
     * @param warnings told where there is none, or a doubtful one
     * @return inference by Kenward and Roger's method
     */
    FixedInference kenwardRoger(boolean secondDerivatives, Progress progress, Warnings warnings);

    /**
     * @return independent parts of the rows, for a sandwich
     */
    Clusters clusters();

    /**
     * @param settings what is wanted
     * @param fixed X
     * @param progress asked now and then whether to go on
     * @param warnings takes what the user should know
     * @return inference about the coefficients of X; where degrees of freedom go by terms, with those of the residuals
     */
    default FixedInference inference(final InferenceSettings settings, final FixedDesign fixed, final Progress progress,
        final Warnings warnings) {
        final double residualDf = fixed.products().count() - fixed.columns();
        final DfMethod method = settings.dfMethod();
        return settings.fixedCovariance().sandwich()
            ? RobustInference.of(settings.fixedCovariance(), method, residualDf, estimates(), phi(), clusters(), fixed,
                progress, warnings)
            : new BasisInference(switch (method) {
                case SATTERTHWAITE -> satterthwaite(warnings);
                case KENWARD_ROGER, KENWARD_ROGER_LINEAR -> kenwardRoger(method == DfMethod.KENWARD_ROGER, progress,
                    warnings);
                case RESIDUAL, CONTAINMENT, BETWEEN_WITHIN -> new ConstantDf(estimates(), phi(), residualDf);
                case ASYMPTOTIC -> new ConstantDf(estimates(), phi(), Double.POSITIVE_INFINITY);
                default -> throw method.unknown();
            }, fixed.basis());
    }
}
