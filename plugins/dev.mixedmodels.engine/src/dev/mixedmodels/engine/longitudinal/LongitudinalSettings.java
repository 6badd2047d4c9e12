package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.SettingChecks;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import java.util.List;
import java.util.Set;

/**
 * Settings of a longitudinal mixed model beside how columns are coded.
 *
 * @param formula mean and random part; all random terms have the same grouping
 * @param subject the subject column where the formula has no random part; else null or the same as there
 * @param time the time column; null if unknown, when rows of a subject are in the order of the table
 * @param randomCovariance structure of D, of each of its blocks if the formula has several
 * @param residualStructure correlation of the residuals within a subject
 * @param residualVarianceBy nominal column with one residual variance per level; null for none
 * @param residualPowerOf numeric column v, residual variance sigma2 |v|^(2 delta); null for none
 * @param reml restricted maximum likelihood, else maximum likelihood
 * @param dfMethod degrees of freedom of fixed effects
 * @param fixedCovariance covariance of the fixed effects
 * @param influence how the influence of subjects is found
 * @param confidenceLevel percent
 * @param varianceIntervals intervals of covariance parameters
 * @param randomTests whether to test the random terms
 * @param meansOf factors or interactions whose least-squares means are wanted; null for all nominal main effects
 * @param meansAt a column at whose levels or quartiles they are wanted; null for none
 * @param adjustment of p-values of differences
 * @param showSubject the subject whose V is shown; null for one with the most complete pattern
 * @param seed of simulated null distributions
 * @param maxIterations of the optimiser
 * @param tolerance of the optimiser
 */
public record LongitudinalSettings(Formula formula, String subject, String time, RandomStructure randomCovariance,
    ResidualStructure residualStructure, String residualVarianceBy, String residualPowerOf, boolean reml,
    DfMethod dfMethod, FixedCovariance fixedCovariance, InfluenceMethod influence, double confidenceLevel, VarianceIntervals varianceIntervals, boolean randomTests,
    List<List<String>> meansOf, String meansAt, Adjustment adjustment, String showSubject, long seed,
    int maxIterations, double tolerance) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /**
     * @throws ModelException if a number is out of its range, two variance functions are chosen, or Kenward-Roger is
     *             asked for without REML or with a sandwich
     */
    public LongitudinalSettings {
        SettingChecks.confidenceLevel(confidenceLevel);
        SettingChecks.degreesOfFreedom(dfMethod, DF_METHODS, reml ? "REML" : "ML");
        fixedCovariance.check(dfMethod);
        if (residualVarianceBy != null && residualPowerOf != null) {
            throw new ModelException("The residual variance can either differ between the levels of \""
                + residualVarianceBy + "\" or be a power of \"" + residualPowerOf + "\", not both. Clear one of them.");
        }
        if (maxIterations < 1 || !(tolerance > 0 && tolerance < 1)) {
            throw new ModelException("The optimiser needs at least 1 iteration and a tolerance between 0 and 1; 200 and "
                + "1e-9 are usual.");
        }
    }

    /**
     * Compares the settings with each other: what can be said before there are rows.
     *
     * @throws ModelException if the residual structure needs a time and there is none, or if a random intercept and the
     *             residuals say the same
     */
    public void check() {
        final boolean ordered = residualStructure == ResidualStructure.AR1
            || residualStructure == ResidualStructure.CONTINUOUS_AR1;
        if (ordered && time == null) {
            throw new ModelException("The residual structure \"" + residualStructure
                + "\" orders the rows of a subject by time. Choose the time column under \"Time\".");
        }
        if (residualStructure == ResidualStructure.COMPOUND_SYMMETRY && residualVarianceBy == null
            && residualPowerOf == null && formula.random().stream().anyMatch(term -> term.effects().intercept())) {
            throw new ModelException("A random intercept gives all rows of a subject one common covariance, and so do "
                + "compound-symmetric residuals: their parameters cannot be told apart. Choose independent residuals, or "
                + "switch the random intercept off.");
        }
    }

    /**
     * @param formula mean and random part
     * @return the default settings: REML, unstructured D, independent residuals
     */
    public static LongitudinalSettings of(final Formula formula) {
        return new LongitudinalSettings(formula, null, null, RandomStructure.UNSTRUCTURED,
            ResidualStructure.INDEPENDENT, null, null, true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE,
            true, null, null, Adjustment.NONE, null, 1, 200, 1e-9);
    }

    /**
     * @param other whether REML
     * @return these settings with it
     */
    public LongitudinalSettings withReml(final boolean other) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure,
            residualVarianceBy, residualPowerOf, other, dfMethod, fixedCovariance, influence, confidenceLevel, varianceIntervals, randomTests,
            meansOf, meansAt, adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param other degrees of freedom
     * @return these settings with them
     */
    public LongitudinalSettings withDf(final DfMethod other) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure,
            residualVarianceBy, residualPowerOf, reml, other, fixedCovariance, influence, confidenceLevel, varianceIntervals, randomTests,
            meansOf, meansAt, adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param other covariance of the fixed effects
     * @return these settings with it
     */
    public LongitudinalSettings withFixedCovariance(final FixedCovariance other) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure,
            residualVarianceBy, residualPowerOf, reml, dfMethod, other, influence, confidenceLevel, varianceIntervals, randomTests,
            meansOf, meansAt, adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param other how the influence of subjects is found
     * @return these settings with it
     */
    public LongitudinalSettings withInfluence(final InfluenceMethod other) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure, residualVarianceBy,
            residualPowerOf, reml, dfMethod, fixedCovariance, other, confidenceLevel, varianceIntervals, randomTests,
            meansOf, meansAt, adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param intervals of covariance parameters
     * @param tests whether to test the random terms
     * @return these settings with them
     */
    public LongitudinalSettings with(final VarianceIntervals intervals, final boolean tests) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure,
            residualVarianceBy, residualPowerOf, reml, dfMethod, fixedCovariance, influence, confidenceLevel, intervals, tests, meansOf, meansAt,
            adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param random structure of D
     * @return these settings with it
     */
    public LongitudinalSettings withRandom(final RandomStructure random) {
        return new LongitudinalSettings(formula, subject, time, random, residualStructure, residualVarianceBy,
            residualPowerOf, reml, dfMethod, fixedCovariance, influence, confidenceLevel, varianceIntervals, randomTests, meansOf, meansAt,
            adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param structure correlation of the residuals
     * @param timeColumn the time column
     * @param subjectColumn the subject column
     * @return these settings with them
     */
    public LongitudinalSettings withResidual(final ResidualStructure structure, final String timeColumn,
        final String subjectColumn) {
        return new LongitudinalSettings(formula, subjectColumn, timeColumn, randomCovariance, structure,
            residualVarianceBy, residualPowerOf, reml, dfMethod, fixedCovariance, influence, confidenceLevel, varianceIntervals, randomTests,
            meansOf, meansAt, adjustment, showSubject, seed, maxIterations, tolerance);
    }

    /**
     * @param by nominal column with one variance per level, or null
     * @param powerOf numeric column whose power the variance is, or null
     * @return these settings with them
     */
    public LongitudinalSettings withVariance(final String by, final String powerOf) {
        return new LongitudinalSettings(formula, subject, time, randomCovariance, residualStructure, by, powerOf,
            reml, dfMethod, fixedCovariance, influence, confidenceLevel, varianceIntervals, randomTests, meansOf, meansAt, adjustment,
            showSubject, seed, maxIterations, tolerance);
    }

    /** The confidence level in (0, 1). */
    double confidence() {
        return confidenceLevel / 100;
    }
}
