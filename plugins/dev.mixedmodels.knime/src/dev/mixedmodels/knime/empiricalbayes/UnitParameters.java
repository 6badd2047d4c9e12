package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessedParameters;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.guess.UnitGuesses;
import dev.mixedmodels.knime.settings.ColumnChoices;
import java.util.Set;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** What the table tells of each unit. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
abstract class UnitParameters extends GuessedParameters {
    static final String UNIT = "Unit";
    static final String ESTIMATE = "Estimate";
    static final String STANDARD_ERROR = "Standard error";
    static final String VARIANCE = "Sampling variance";
    static final String COMMON = "Common standard error";
    static final String POOLED = "Pooled variance";
    static final String COUNT = "Count";
    static final String EXPOSURE = "Exposure";
    static final String SUCCESSES = "Successes";
    static final String TRIALS = "Trials";
    static final String FREQUENCY = "Frequency";

    @Widget(title = UNIT, description = """
        The column that names the units: hospitals, regions, players, studies. One row is one unit. None: rows are \
        numbered.""")
    @ChoicesProvider(ColumnChoices.OptionalGrouping.class)
    @ValueReference(UnitFields.UnitReference.class)
    @ValueProvider(UnitFields.Unit.class)
    @Layout(EmpiricalBayesDialog.Data.class)
    String unit = "";

    @Widget(title = "Kind of data", description = "What the table tells of each unit.")
    @RadioButtonsWidget
    @ValueReference(EmpiricalBayesDialog.FamilyReference.class)
    @Layout(EmpiricalBayesDialog.Data.class)
    FamilyMode family = FamilyMode.GAUSSIAN;

    @Widget(title = ESTIMATE, description = "The numeric column with the unit's own estimate.")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.EstimateReference.class)
    @ValueProvider(UnitFields.Estimate.class)
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String estimate = "";

    @Widget(title = PrecisionMode.TITLE, description = """
        Where the standard errors of the estimates come from. They are taken as known.""")
    @ChoicesProvider(PrecisionMode.Choices.class)
    @ValueReference(EmpiricalBayesDialog.PrecisionReference.class)
    @ValueProvider(EmpiricalBayesDialog.PrecisionShown.class)
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    @Advanced
    PrecisionMode precision = PrecisionMode.AUTOMATIC;

    @Widget(title = STANDARD_ERROR, description = """
        The numeric column with the standard error of the estimate, taken as known: positive, or 0 where \
        the estimate is the true value itself, which is then not shrunk.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.StandardErrorReference.class)
    @ValueProvider(UnitFields.StandardError.class)
    @Effect(predicate = EmpiricalBayesDialog.HasColumn.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String standardError = "";

    @Widget(title = VARIANCE, description = """
        The numeric column with the sampling variance of the estimate, the square of its standard error, taken as \
        known: positive, or 0 where the estimate is the true value itself, which is then not shrunk.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.SamplingVarianceReference.class)
    @ValueProvider(UnitFields.SamplingVariance.class)
    @Effect(predicate = EmpiricalBayesDialog.HasVariance.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String samplingVariance = "";

    @Widget(title = COMMON, description = "One standard error for all units, instead of a column.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @ValueReference(EmpiricalBayesDialog.CommonReference.class)
    @Effect(predicate = EmpiricalBayesDialog.HasCommon.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    double commonStandardError;

    @Widget(title = POOLED, description = """
        The variance of a single observation, where estimates are means: the standard error is then the root of this \
        over the unit's count, instead of a column.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @ValueReference(EmpiricalBayesDialog.PooledReference.class)
    @Effect(predicate = EmpiricalBayesDialog.HasPooled.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    double pooledVariance;

    @Widget(title = COUNT, description = """
        Counts with exposures: the number of events, whole numbers. Estimates with a pooled variance: the number of \
        observations behind the estimate.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.CountReference.class)
    @ValueProvider(UnitFields.Count.class)
    @Effect(predicate = EmpiricalBayesDialog.HasCount.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String count = "";

    @Widget(title = EXPOSURE, description = """
        How much the events are counted over: time at risk, population, or the number expected from elsewhere (theta \
        is then the relative risk). Must be positive.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.ExposureReference.class)
    @ValueProvider(UnitFields.Exposure.class)
    @Effect(predicate = EmpiricalBayesDialog.IsPoisson.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String exposure = "";

    @Widget(title = SUCCESSES, description = "The number of successes, whole numbers.")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.SuccessesReference.class)
    @ValueProvider(UnitFields.Successes.class)
    @Effect(predicate = EmpiricalBayesDialog.IsBinomial.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String successes = "";

    @Widget(title = TRIALS, description = "The number of trials, whole numbers of at least 1.")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.TrialsReference.class)
    @ValueProvider(UnitFields.Trials.class)
    @Effect(predicate = EmpiricalBayesDialog.IsBinomial.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String trials = "";

    @Widget(title = FREQUENCY, description = """
        How many units with the same data a row stands for, whole numbers: tabulated counts, such as 7840 policies \
        without a claim, 1317 with one. None: each row is one unit.""")
    @ChoicesProvider(ColumnChoices.OptionalNumeric.class)
    @ValueReference(UnitFields.FrequencyReference.class)
    @ValueProvider(UnitFields.FrequencyShown.class)
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.HIDE)
    @Layout(EmpiricalBayesDialog.Data.class)
    @Advanced
    String frequency = "";

    /** Settings before a table is known. */
    UnitParameters() {
        // the initial values above
    }

    /** Settings of a new node: columns are guessed, the family by their names and types. */
    UnitParameters(final NodeParametersInput input) {
        unit = null;
        estimate = null;
        standardError = null;
        samplingVariance = null;
        count = null;
        exposure = null;
        successes = null;
        trials = null;
        final ColumnGuesses columns = ColumnGuesses.byNames(input);
        final UnitGuesses guesses = columns.units(Guesses.taken(columns.units(Set.of()).unit()));
        family = guesses.looksLikeRates() ? FamilyMode.POISSON_GAMMA
            : guesses.looksLikeProportions() ? FamilyMode.BETA_BINOMIAL : FamilyMode.GAUSSIAN;
    }

    /** Where the standard errors come from. */
    PrecisionMode precision() {
        return (precision == null ? PrecisionMode.AUTOMATIC : precision).decide(commonStandardError, pooledVariance,
            standardError, samplingVariance);
    }
}
