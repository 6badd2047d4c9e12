package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.engine.prediction.PredictedColumns;
import dev.mixedmodels.engine.prediction.PredictionSettings;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.settings.Confidence;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;

/** Settings of the Mixed Model Predictor node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MixedModelPredictorParameters implements NodeParameters {
    static final String UP_TO = "Known up to";

    static final class RandomEffectsReference implements ParameterReference<RandomEffectsMode> {
    }

    static final class IsUpTo implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(RandomEffectsReference.class).isOneOf(RandomEffectsMode.UP_TO);
        }
    }

    /** Columns of the model, as far as it is known. */
    static final class ModelColumns implements StringChoicesProvider {
        @Override
        public List<String> choices(final NodeParametersInput context) {
            return context.getInPortSpec(0).map(spec -> ((MixedModelPortObjectSpec) spec).known())
                .map(model -> model.columns().stream().filter(name -> !name.equals(model.response())).toList())
                .orElse(List.of());
        }
    }

    @Widget(title = "Random effects", description = """
        Which random effects the prediction adds to the fixed effects. Marginal Repeated Measures has none: its \
        predictions draw on the visits of the subject that were observed, unless you choose None. With Empirical Bayes \
        Shrinkage the prediction is the posterior of the unit, or the prior with None.""")
    @RadioButtonsWidget
    @ValueReference(RandomEffectsReference.class)
    @Layout(PredictorSections.Predicted.class)
    RandomEffectsMode randomEffects = RandomEffectsMode.ALL;

    @Widget(title = UP_TO, description = """
        The grouping column up to which units are taken as known. Deeper units are predicted as average ones of \
        theirs; their column must be in the table only where a covariate is centred within them, and then predictions \
        exist for those whose mean the model knows.""")
    @ChoicesProvider(ModelColumns.class)
    @Effect(predicate = IsUpTo.class, type = EffectType.SHOW)
    @Layout(PredictorSections.Predicted.class)
    String upTo = "";

    @Widget(title = Confidence.TITLE, description = "Level of the confidence and prediction bounds, in percent, at least 50 "
        + "and below 100.")
    @NumberInputWidget(minValidation = Confidence.AtLeastFifty.class, maxValidation = Confidence.BelowHundred.class)
    @Layout(PredictorSections.Predicted.class)
    double confidenceLevel = Confidence.DEFAULT;

    @Widget(title = "Prediction from the fixed effects", description = """
        Appends what the fixed effects alone predict, in the column (marginal).""")
    @Layout(PredictorSections.Columns.class)
    boolean marginal = true;

    @Widget(title = "Standard error", description = """
        Appends the standard error of the prediction as an estimate of the mean of such rows: uncertainty of the fixed \
        effects and of the random effects that are used.""")
    @Layout(PredictorSections.Columns.class)
    boolean standardError = true;

    @Widget(title = "Confidence bounds", description = """
        Appends the bounds between which that mean lies.""")
    @Layout(PredictorSections.Columns.class)
    boolean confidenceBounds = true;

    @Widget(title = "Prediction bounds", description = """
        Appends the bounds between which a single new response in the row lies: the residual variance, and the variance \
        of random effects that are not used, are added. With Empirical Bayes Shrinkage a further estimate of the unit, \
        or a further count over its exposure or trials (negative binomial, beta-binomial); without random effects the \
        true value of another unit.""")
    @Layout(PredictorSections.Columns.class)
    boolean predictionBounds = false;

    @Widget(title = "Name of the prediction column", description = """
        The names of the other new columns begin with it. Empty: Prediction (response). A name that the table has \
        already gets a number, and all new columns the same.""")
    @Advanced
    @Layout(PredictorSections.Columns.class)
    String columnName = "";

    @Widget(title = "New levels", description = """
        What happens to rows that have a level of a nominal fixed effect that did not occur in the fit, so that there is \
        no coefficient for it. (New units of grouping columns can be predicted.)""")
    @RadioButtonsWidget
    @Layout(PredictorSections.Levels.class)
    NewLevelsMode newLevels = NewLevelsMode.MISSING;

    @Override
    public void validate() throws InvalidSettingsException {
        Confidence.probability(confidenceLevel);
    }

    /** What is shown beside the prediction. */
    PredictedColumns.Shown shown() {
        return new PredictedColumns.Shown(marginal, standardError, confidenceBounds, predictionBounds);
    }

    /** The settings for the engine. */
    PredictionSettings toSettings() throws InvalidSettingsException {
        return new PredictionSettings(Effects.valueOf(randomEffects.name()), upTo,
            Confidence.probability(confidenceLevel), newLevels == NewLevelsMode.FAIL);
    }
}
