package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.SettingChecks;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import java.util.List;
import java.util.Set;

/**
 * Settings of a multilevel model.
 *
 * @param model what is fitted
 * @param options coding, order of levels, missing values
 * @param inference estimation and inference
 * @param means least-squares means
 * @param showSubject unit of the outermost level whose V is shown; null for the first
 * @param maxIterations of the optimiser
 * @param tolerance of the optimiser: predicted further decrease of -2 log likelihood, relative
 */
public record MultilevelSettings(ModelSpecification model, DesignOptions options, Inference inference, Means means,
    String showSubject, int maxIterations, double tolerance) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /**
     * Estimation and inference.
     *
     * @param method which likelihood
     * @param dfMethod degrees of freedom
     * @param fixedCovariance covariance of the fixed effects
     * @param influence how the influence of the units of the outermost level is found
     * @param confidenceLevel percent, between 0 and 100
     * @param varianceIntervals intervals for covariance parameters
     * @param randomTests whether to test each random term, which takes a further fit each
     */
    public record Inference(EstimationMethod method, DfMethod dfMethod, FixedCovariance fixedCovariance,
        InfluenceMethod influence, double confidenceLevel, VarianceIntervals varianceIntervals, boolean randomTests) {
        /** REML, Satterthwaite, 95 percent, profile intervals, tests. */
        public static final Inference DEFAULT = new Inference(EstimationMethod.REML, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true);

        /**
         * @throws ModelException if the confidence level is not between 0 and 100, or if Kenward-Roger is asked for
         *             with maximum likelihood or with a sandwich
         */
        public Inference {
            SettingChecks.confidenceLevel(confidenceLevel);
            SettingChecks.degreesOfFreedom(dfMethod, DF_METHODS, method.name());
            fixedCovariance.check(dfMethod);
        }

        /**
         * @return confidence level in (0, 1)
         */
        public double confidence() {
            return confidenceLevel / 100;
        }

        /**
         * @return whether restricted maximum likelihood
         */
        public boolean reml() {
            return method == EstimationMethod.REML;
        }
    }

    /**
     * Least-squares means.
     *
     * @param of factors, or pairs of factors, whose means are wanted; null for all factors of the mean
     * @param at a further factor or numeric column that tells where; null for nowhere in particular
     * @param adjustment of the p-values of differences
     */
    public record Means(List<List<String>> of, String at, Adjustment adjustment) {
        /** Of all factors, unadjusted. */
        public static final Means DEFAULT = new Means(null, null, Adjustment.NONE);
    }

    /**
     * @param model what is fitted
     * @param inference estimation and inference
     * @return default settings for it
     */
    public static MultilevelSettings of(final ModelSpecification model, final Inference inference) {
        return new MultilevelSettings(model, DesignOptions.DEFAULT, inference, Means.DEFAULT, null, 100, 1e-12);
    }
}
