package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
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
 * Settings of a marginal model for repeated measures.
 *
 * @param formula the mean, without a random part
 * @param options coding, order of levels and of visits, missing values
 * @param layout who the subject is and what orders a subject's rows
 * @param structure covariance of a subject's rows
 * @param compareStructures further structures to be fitted for comparison
 * @param inference estimation and inference
 * @param means least-squares means
 * @param showSubject level of the subject whose V is shown; null for one with the most complete pattern
 * @param maxIterations of the optimiser
 * @param tolerance of the optimiser: predicted further decrease of -2 log likelihood, relative
 */
public record MarginalSettings(Formula formula, DesignOptions options, Layout layout, VisitStructure structure,
    List<VisitStructure> compareStructures, Inference inference, Means means, String showSubject, int maxIterations,
    double tolerance) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.BETWEEN_WITHIN, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /** Most visits of a structure over visits: matrices over more would no longer be small. */
    public static final int MOST_VISITS = 200;

    /**
     * Columns that say how rows belong together; null where there is none.
     *
     * @param subject whose rows are correlated
     * @param visit which visit a row is, nominal or whole numbers
     * @param time when it was, a number
     * @param structureBy nominal column, constant within subjects, each level of which has covariance parameters of
     *            its own
     */
    public record Layout(String subject, String visit, String time, String structureBy) {
    }

    /**
     * Estimation and inference.
     *
     * @param method which likelihood
     * @param dfMethod degrees of freedom
     * @param fixedCovariance covariance of the fixed effects
     * @param influence how the influence of subjects is found
     * @param confidenceLevel percent, between 0 and 100
     * @param varianceIntervals intervals for covariance parameters
     * @param structureTest whether to test the structure against independence, which takes a further fit
     */
    public record Inference(EstimationMethod method, DfMethod dfMethod, FixedCovariance fixedCovariance,
        InfluenceMethod influence, double confidenceLevel, VarianceIntervals varianceIntervals, boolean structureTest) {
        /** REML, Satterthwaite, 95 percent, profile intervals. */
        public static final Inference DEFAULT = new Inference(EstimationMethod.REML, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true);

        /**
         * @throws ModelException if the confidence level is not between 0 and 100, or if Kenward-Roger is asked for
         *             with maximum likelihood or with a sandwich covariance
         */
        public Inference {
            SettingChecks.confidenceLevel(confidenceLevel);
            SettingChecks.degreesOfFreedom(dfMethod, DF_METHODS, method.name());
            fixedCovariance.check(dfMethod);
        }

        /** The confidence level in (0, 1). */
        double confidence() {
            return confidenceLevel / 100;
        }
    }

    /**
     * Least-squares means.
     *
     * @param of factors or interactions of factors; null for all factors of the mean
     * @param at factor or numeric column of the mean at whose levels or values they are taken; null for the visit if
     *            it is a factor of the mean, empty for none
     * @param adjustment of differences for their number
     */
    public record Means(List<List<String>> of, String at, Adjustment adjustment) {
        /** All factors, at each visit if that is a factor of the mean. */
        public static final Means DEFAULT = new Means(null, null, Adjustment.NONE);
    }

    /**
     * Compares the parts with each other: what can be said before there are rows.
     *
     * @throws ModelException if the formula has a random part, or the structure needs a column that is not chosen
     */
    public void check() {
        if (!formula.random().isEmpty()) {
            throw new ModelException("The formula has a random part, " + formula.random().get(0)
                + ", which a marginal model has not: subject and visit are settings, and the covariance of a subject's "
                + "rows is the structure. Remove the part in parentheses.");
        }
        LayoutCheck.columns(layout, structure);
    }

    /** Steps that the optimiser may take. */
    public static final int DEFAULT_ITERATIONS = 200;
    /** Relative tolerance of the criterion. */
    public static final double DEFAULT_TOLERANCE = 1e-10;

    /**
     * @param formula the mean
     * @param layout who the subject is
     * @param structure covariance of a subject's rows
     * @return default settings for these
     */
    public static MarginalSettings of(final Formula formula, final Layout layout, final VisitStructure structure) {
        return new MarginalSettings(formula, DesignOptions.DEFAULT, layout, structure, List.of(), Inference.DEFAULT,
            Means.DEFAULT, null, DEFAULT_ITERATIONS, DEFAULT_TOLERANCE);
    }

    /**
     * @param other coding, order of levels and of visits, missing values
     * @return these settings with it
     */
    public MarginalSettings withOptions(final DesignOptions other) {
        return new MarginalSettings(formula, other, layout, structure, compareStructures, inference, means,
            showSubject, maxIterations, tolerance);
    }

    /**
     * @param other estimation and inference
     * @return these settings with it
     */
    public MarginalSettings withInference(final Inference other) {
        return new MarginalSettings(formula, options, layout, structure, compareStructures, other, means, showSubject,
            maxIterations, tolerance);
    }

    /**
     * @param other least-squares means
     * @return these settings with it
     */
    public MarginalSettings withMeans(final Means other) {
        return new MarginalSettings(formula, options, layout, structure, compareStructures, inference, other,
            showSubject, maxIterations, tolerance);
    }

    /**
     * @param others structures to be fitted for comparison
     * @return these settings with them
     */
    public MarginalSettings withComparison(final List<VisitStructure> others) {
        return new MarginalSettings(formula, options, layout, structure, List.copyOf(others), inference, means,
            showSubject, maxIterations, tolerance);
    }
}
