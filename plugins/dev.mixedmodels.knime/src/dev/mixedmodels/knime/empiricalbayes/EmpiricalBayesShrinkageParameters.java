package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessedParameters;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.guess.UnitGuesses;
import dev.mixedmodels.knime.settings.CodingMode;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.MissingValuesMode;
import dev.mixedmodels.knime.settings.ReferenceLevel;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.array.ArrayWidget.ElementLayout;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** Settings of the Empirical Bayes Shrinkage node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class EmpiricalBayesShrinkageParameters extends GuessedParameters {
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
    static final String COVARIATES = "Covariates";
    static final String GIVEN_TAU2 = "Given prior variance";
    static final String GIVEN_MEAN = "Given prior mean";
    static final String THRESHOLD = "Threshold";
    static final String REFERENCE_LEVELS = "Reference levels";

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
        The numeric column with the standard error of the estimate, taken as known. Must be positive.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(UnitFields.StandardErrorReference.class)
    @ValueProvider(UnitFields.StandardError.class)
    @Effect(predicate = EmpiricalBayesDialog.HasColumn.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String standardError = "";

    @Widget(title = VARIANCE, description = """
        The numeric column with the sampling variance of the estimate, the square of its standard error, taken as \
        known. Must be positive.""")
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

    @Widget(title = COVARIATES, description = """
        Columns that the prior mean depends on, numeric or nominal: meta-regression, the small-area model of Fay and \
        Herriot. Each unit is then pulled towards the regression instead of one common mean.""")
    @ChoicesProvider(EmpiricalBayesDialog.Covariates.class)
    @TwinlistWidget
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String[] covariates = {};

    @Widget(title = "Prior", description = "Form of the distribution of the true values.")
    @ValueReference(EmpiricalBayesDialog.PriorReference.class)
    @Layout(EmpiricalBayesDialog.PriorSection.class)
    PriorMode prior = PriorMode.PARAMETRIC;

    @Widget(title = "Estimator", description = "How the prior's parameters are estimated.")
    @ValueReference(EmpiricalBayesDialog.EstimatorReference.class)
    @Effect(predicate = EmpiricalBayesDialog.IsConjugate.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.PriorSection.class)
    EstimatorMode estimator = EstimatorMode.DEFAULT;

    @Widget(title = GIVEN_TAU2, description = "The variance of the true values, a number of at least 0.")
    @Effect(predicate = EmpiricalBayesDialog.IsGiven.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.PriorSection.class)
    String givenTau2 = "";

    @Widget(title = GIVEN_MEAN, description = "The mean of the true values; empty to estimate it.")
    @Effect(predicate = EmpiricalBayesDialog.IsGiven.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.PriorSection.class)
    String givenMean = "";

    @Widget(title = "Posterior variance", description = """
        How the posterior standard deviations and intervals allow for the prior having been estimated from the same \
        data.""")
    @Layout(EmpiricalBayesDialog.Uncertainty.class)
    PosteriorVarianceMode posteriorVariance = PosteriorVarianceMode.DEFAULT;

    @Widget(title = Confidence.TITLE, description = Confidence.DESCRIPTION)
    @NumberInputWidget(minValidation = Confidence.AtLeastFifty.class, maxValidation = Confidence.BelowHundred.class)
    @Layout(EmpiricalBayesDialog.Uncertainty.class)
    double confidenceLevel = Confidence.DEFAULT;

    @Widget(title = "Degrees of freedom", description = "Reference distribution of the coefficients of the prior mean.")
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Uncertainty.class)
    DfMethodMode dfMethod = DfMethodMode.ASYMPTOTIC;

    @Widget(title = VarianceIntervalsMode.TITLE, description = """
        How the bounds of the prior's parameters are made: by profile likelihood for ML and REML, from the generalised \
        Q statistic for moment estimators; or from the standard error; or not at all.""")
    @Layout(EmpiricalBayesDialog.Uncertainty.class)
    VarianceIntervalsMode varianceIntervals = VarianceIntervalsMode.PROFILE;

    @Widget(title = THRESHOLD, description = """
        For the probability that a unit's true value exceeds it, on the scale that is shown; empty for none.""")
    @Layout(EmpiricalBayesDialog.Decisions.class)
    String threshold = "";

    @Widget(title = "Rank the units", description = """
        Whether to compute expected ranks with intervals, 1 = smallest, from 2,000 joint draws; at most \
        10,000 units.""")
    @Layout(EmpiricalBayesDialog.Decisions.class)
    boolean ranks;

    @Widget(title = "Show the estimates", description = """
        Scale of the table of shrinkage estimates; the other tables keep that of the data.""")
    @ValueReference(EmpiricalBayesDialog.DisplayReference.class)
    @Layout(EmpiricalBayesDialog.Scale.class)
    DisplayMode display = DisplayMode.AS_IS;

    @Widget(title = "Rates per", description = "The number that rates are shown per.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = EmpiricalBayesDialog.IsRate.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Scale.class)
    double ratePer = 1000;

    @Widget(title = CodingMode.TITLE, description = "What the coefficients of a nominal covariate mean; nothing else.")
    @Layout(EmpiricalBayesDialog.Factors.class)
    CodingMode coding = CodingMode.TREATMENT;

    @Widget(title = REFERENCE_LEVELS, description = "Levels of nominal covariates with which the others are compared.")
    @ArrayWidget(addButtonText = "Add reference level of a column",
        elementLayout = ElementLayout.HORIZONTAL_SINGLE_LINE)
    @Layout(EmpiricalBayesDialog.References.class)
    ReferenceLevel[] referenceLevels = {};

    @Widget(title = MissingValuesMode.TITLE, description = MissingValuesMode.DESCRIPTION)
    @RadioButtonsWidget
    @Layout(EmpiricalBayesDialog.Missing.class)
    MissingValuesMode missingValues = MissingValuesMode.OMIT_ROWS;

    @Widget(title = "Bootstrap samples", description = "How many data sets the bootstrap draws; 200 or more.")
    @NumberInputWidget(minValidation = EmpiricalBayesDialog.AtLeastTwo.class)
    @Layout(EmpiricalBayesDialog.Details.class)
    int replicates = 200;

    @Widget(title = "Seed", description = """
        Start of the random numbers of bootstrap and ranks; the same seed gives the same result.""")
    @Layout(EmpiricalBayesDialog.Details.class)
    long seed = 1;

    /** Settings before a table is known. */
    EmpiricalBayesShrinkageParameters() {
        // the initial values above
    }

    /** Settings of a new node: columns are guessed, the family by their names and types. */
    EmpiricalBayesShrinkageParameters(final NodeParametersInput input) {
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

    @Override
    protected void guess(final Guesses guesses) {
        new EmpiricalBayesGuess(this, guesses).fill();
    }

    /** Where the standard errors come from. */
    PrecisionMode precision() {
        return (precision == null ? PrecisionMode.AUTOMATIC : precision).decide(commonStandardError, pooledVariance,
            standardError, samplingVariance);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        new EmpiricalBayesSettingsReader(this).validate();
    }
}
