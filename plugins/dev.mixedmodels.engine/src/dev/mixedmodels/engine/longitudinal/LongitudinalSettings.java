package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.SubjectCourse;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.TableSettings;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Settings of a longitudinal mixed model.
 *
 * @param formula mean and random part; all random terms have the same grouping
 * @param options coding, order of levels, missing values
 * @param layout who the subject is and what orders a subject's rows
 * @param covariance of a subject's rows
 * @param estimation how the likelihood is maximised
 * @param inference standard errors, intervals and tests, among them one of each random term
 * @param tables what tables are about; a subject with the most complete pattern is shown unless another is named
 * @param seed of simulated null distributions
 */
public record LongitudinalSettings(Formula formula, DesignOptions options, Layout layout, Covariance covariance,
    EstimationSettings estimation, InferenceSettings inference, TableSettings tables, long seed) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.CONTAINMENT, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /**
     * Columns that say how rows belong together.
     *
     * @param subject the subject column where the formula has no random part; else null or the same as there
     * @param time the time column; null if unknown, when rows of a subject are in the order of the table
     */
    public record Layout(String subject, String time) {
    }

    /**
     * Covariance of a subject's rows.
     *
     * @param random structure of D, of each of its blocks if the formula has several
     * @param residual correlation of the residuals within a subject
     * @param varianceBy nominal column with one residual variance per level; null for none
     * @param powerOf numeric column v, residual variance sigma2 |v|^(2 delta); null for none
     */
    public record Covariance(RandomStructure random, ResidualStructure residual, String varianceBy, String powerOf) {
        /**
         * @throws ModelException if two variance functions are chosen
         */
        public Covariance {
            if (varianceBy != null && powerOf != null) {
                throw new ModelException("The residual variance can either differ between the levels of \"" + varianceBy
                    + "\" or be a power of \"" + powerOf + "\", not both. Clear one of them.");
            }
        }
    }

    /**
     * @throws ModelException if Kenward-Roger is asked for without REML
     * @throws IllegalArgumentException if the model does not have the degrees of freedom
     */
    public LongitudinalSettings {
        inference.check(DF_METHODS, estimation.reml());
    }

    /**
     * Compares the settings with each other: what can be said before there are rows.
     *
     * @throws ModelException if the residual structure needs a time and there is none, or if a random intercept and the
     *             residuals say the same
     */
    public void check() {
        if (inference.dfMethod() == DfMethod.CONTAINMENT && formula.random().isEmpty()) {
            throw new ModelException("Containment degrees of freedom go by the random effects that contain a fixed "
                + "effect, and the model has no random effects. Choose Satterthwaite degrees of freedom.");
        }
        final ResidualStructure residual = covariance.residual;
        if (residual.ordered() && layout.time == null) {
            throw new ModelException("The residual structure \"" + residual
                + "\" orders the rows of a subject by time. Choose the time column under \"Time\".");
        }
        if (residual == ResidualStructure.COMPOUND_SYMMETRY && covariance.varianceBy == null
            && covariance.powerOf == null && formula.random().stream().anyMatch(term -> term.effects().intercept())) {
            throw new ModelException("A random intercept gives all rows of a subject one common covariance, and so do "
                + "compound-symmetric residuals: their parameters cannot be told apart. Choose independent residuals, "
                + "or switch the random intercept off.");
        }
    }

    /**
     * @param values settings by the keys of the node
     * @param isColumn whether the table has a column of a name
     * @return the same for this model
     * @throws ModelException if a value is impossible, or if settings contradict one another
     */
    public static LongitudinalSettings of(final SettingValues values, final Predicate<String> isColumn) {
        final Formula model = values.text("modelSpecification").equals("COLUMNS") ? ofColumns(values)
            : Formula.parse(values.text("formula"));
        final LongitudinalSettings settings = new LongitudinalSettings(model, DesignOptions.of(values),
            new Layout(model.random().isEmpty() ? values.textOrNull("subject") : null, values.textOrNull("time")),
            new Covariance(values.choice("randomCovariance", RandomStructure.class),
                residual(values), values.textOrNull("residualVarianceBy"),
                values.textOrNull("residualPowerOf")),
            EstimationSettings.of(values), InferenceSettings.of(values, "randomTests"),
            TableSettings.of(values, isColumn), values.whole("seed"));
        settings.check();
        return settings;
    }

    /** The nugget is a setting of its own. */
    private static ResidualStructure residual(final SettingValues values) {
        final ResidualStructure chosen = values.choice("residualStructure", ResidualStructure.class);
        return chosen == ResidualStructure.EXPONENTIAL && values.flag("nugget") ? ResidualStructure.EXPONENTIAL_NUGGET
            : chosen;
    }

    private static Formula ofColumns(final SettingValues values) {
        return new SubjectCourse(values.text("subject"), values.flag("randomIntercept"), values.text("time"),
            (int) values.whole("randomDegree"), values.texts("randomSlopes"),
            values.choice("randomCovariance", RandomStructure.class).correlated())
                .addTo(MeanColumns.of(values).formula(values.text("response")))
                .build();
    }

    /**
     * @param formula mean and random part
     * @return the default settings: REML, unstructured D, independent residuals
     */
    public static LongitudinalSettings of(final Formula formula) {
        return new LongitudinalSettings(formula, DesignOptions.DEFAULT, new Layout(null, null),
            new Covariance(RandomStructure.UNSTRUCTURED, ResidualStructure.INDEPENDENT, null, null),
            new EstimationSettings(true, 200, 1e-9), InferenceSettings.DEFAULT, TableSettings.DEFAULT, 1);
    }

    /**
     * @param other coding, order of levels, missing values
     * @return these settings with it
     */
    public LongitudinalSettings withOptions(final DesignOptions other) {
        return new LongitudinalSettings(formula, other, layout, covariance, estimation, inference, tables, seed);
    }

    /**
     * @param random structure of D
     * @return these settings with it
     */
    public LongitudinalSettings withRandom(final RandomStructure random) {
        return with(layout, new Covariance(random, covariance.residual, covariance.varianceBy, covariance.powerOf));
    }

    /**
     * @param structure correlation of the residuals
     * @param time the time column
     * @param subject the subject column
     * @return these settings with them
     */
    public LongitudinalSettings withResidual(final ResidualStructure structure, final String time,
        final String subject) {
        return with(new Layout(subject, time),
            new Covariance(covariance.random, structure, covariance.varianceBy, covariance.powerOf));
    }

    /**
     * @param by nominal column with one variance per level, or null
     * @param powerOf numeric column whose power the variance is, or null
     * @return these settings with them
     */
    public LongitudinalSettings withVariance(final String by, final String powerOf) {
        return with(layout, new Covariance(covariance.random, covariance.residual, by, powerOf));
    }

    private LongitudinalSettings with(final Layout rows, final Covariance other) {
        return new LongitudinalSettings(formula, options, rows, other, estimation, inference, tables, seed);
    }

    /**
     * @param change of how the likelihood is maximised
     * @return these settings with it
     */
    public LongitudinalSettings withEstimation(final UnaryOperator<EstimationSettings> change) {
        return new LongitudinalSettings(formula, options, layout, covariance, change.apply(estimation), inference,
            tables, seed);
    }

    /**
     * @param reml whether restricted maximum likelihood
     * @return these settings with it
     */
    public LongitudinalSettings withReml(final boolean reml) {
        return withEstimation(e -> e.withReml(reml));
    }

    /**
     * @param change of standard errors, intervals and tests
     * @return these settings with it
     */
    public LongitudinalSettings withInference(final UnaryOperator<InferenceSettings> change) {
        return new LongitudinalSettings(formula, options, layout, covariance, estimation, change.apply(inference),
            tables, seed);
    }

    /**
     * @param other what tables are about
     * @return these settings with it
     */
    public LongitudinalSettings withTables(final TableSettings other) {
        return new LongitudinalSettings(formula, options, layout, covariance, estimation, inference, other, seed);
    }
}
