package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.TableSettings;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Settings of a multilevel model.
 *
 * @param model what is fitted
 * @param options coding, order of levels, missing values
 * @param estimation how the likelihood is maximised
 * @param inference standard errors, intervals and tests, among them one of each random term
 * @param tables what tables are about; the first unit of the outermost level is shown unless another is named
 */
public record MultilevelSettings(ModelSpecification model, DesignOptions options, EstimationSettings estimation,
    InferenceSettings inference, TableSettings tables) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.CONTAINMENT, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /**
     * @throws ModelException if Kenward-Roger is asked for without REML
     * @throws IllegalArgumentException if the model does not have the degrees of freedom
     */
    public MultilevelSettings {
        inference.check(DF_METHODS, estimation.reml());
    }

    /**
     * @param model what is fitted
     * @return default settings for it
     */
    public static MultilevelSettings of(final ModelSpecification model) {
        return new MultilevelSettings(model, DesignOptions.DEFAULT, new EstimationSettings(true, 100, 1e-12),
            InferenceSettings.DEFAULT, TableSettings.DEFAULT);
    }

    /**
     * @param values settings by the keys of the node
     * @param isColumn whether the table has a column of that name
     * @return the same
     * @throws ModelException if a value is impossible
     */
    public static MultilevelSettings of(final SettingValues values, final Predicate<String> isColumn) {
        return new MultilevelSettings(ModelSpecification.of(values), DesignOptions.of(values),
            EstimationSettings.of(values),
            InferenceSettings.of(values, "randomTests"), TableSettings.of(values, isColumn));
    }

    /**
     * @param other coding, order of levels, missing values
     * @return these settings with it
     */
    public MultilevelSettings withOptions(final DesignOptions other) {
        return new MultilevelSettings(model, other, estimation, inference, tables);
    }

    /**
     * @param change of how the likelihood is maximised
     * @return these settings with it
     */
    public MultilevelSettings withEstimation(final UnaryOperator<EstimationSettings> change) {
        return new MultilevelSettings(model, options, change.apply(estimation), inference, tables);
    }

    /**
     * @param reml whether restricted maximum likelihood
     * @return these settings with it
     */
    public MultilevelSettings withReml(final boolean reml) {
        return withEstimation(e -> e.withReml(reml));
    }

    /**
     * @param change of standard errors, intervals and tests
     * @return these settings with it
     */
    public MultilevelSettings withInference(final UnaryOperator<InferenceSettings> change) {
        return new MultilevelSettings(model, options, estimation, change.apply(inference), tables);
    }

    /**
     * @param other what tables are about
     * @return these settings with it
     */
    public MultilevelSettings withTables(final TableSettings other) {
        return new MultilevelSettings(model, options, estimation, inference, other);
    }
}
