package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.settings.CodingMode;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.FittedValuesMode;
import dev.mixedmodels.knime.settings.MissingValuesMode;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.ReferenceLevel;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.array.ArrayWidget.ElementLayout;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** Settings of the Empirical Bayes Shrinkage node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class EmpiricalBayesShrinkageParameters extends UnitParameters {
    static final String COVARIATES = "Covariates";
    static final String MEAN_FROM = "Prior mean from";
    static final String GIVEN_TAU2 = "Given prior variance";
    static final String GIVEN_MEAN = "Given prior mean";
    static final String THRESHOLD = "Threshold";
    static final String REFERENCE_LEVELS = "Reference levels";

    @Widget(title = MEAN_FROM, description = """
        Whether the prior mean depends on columns, each for itself, or is written as a formula, which can have \
        interactions and functions of columns.""")
    @ValueSwitchWidget
    @ValueReference(PriorMeanFields.SpecificationReference.class)
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    ModelSpecificationMode modelSpecification = ModelSpecificationMode.COLUMNS;

    @Widget(title = COVARIATES, description = """
        Columns that the prior mean depends on, numeric or nominal: meta-regression, the small-area model of Fay and \
        Herriot. Each unit is then pulled towards the regression instead of one common mean.""")
    @ChoicesProvider(EmpiricalBayesDialog.Covariates.class)
    @TwinlistWidget
    @ValueReference(PriorMeanFields.CovariatesReference.class)
    @Effect(predicate = PriorMeanFields.FromColumns.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String[] covariates = {};

    @Widget(title = ModelSpecificationMode.FORMULA_TITLE, description = PriorMeanFields.DESCRIPTION)
    @TextAreaWidget(rows = 2)
    @ValueReference(PriorMeanFields.FormulaReference.class)
    @Effect(predicate = PriorMeanFields.FromFormula.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    String formula = "";

    @TextMessage(PriorMeanFields.FormulaMessage.class)
    @Effect(predicate = EmpiricalBayesDialog.IsGaussian.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Data.class)
    Void formulaMessage;

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

    @Widget(title = MarginalMode.TITLE, description = """
        Posterior means beside the others that assume no prior at all: they follow from the distribution of the data \
        alone. For units with equal exposures or equal standard errors, and many of them; a warning says where they \
        vary too much.""")
    @ChoicesProvider(MarginalMode.Choices.class)
    @Effect(predicate = EmpiricalBayesDialog.IsBinomial.class, type = EffectType.HIDE)
    @Layout(EmpiricalBayesDialog.PriorSection.class)
    MarginalMode marginalEstimates = MarginalMode.NONE;

    @Widget(title = "Posterior variance", description = """
        How the posterior standard deviations and intervals allow for the prior having been estimated from the same \
        data.""")
    @ValueReference(EmpiricalBayesDialog.PosteriorVarianceReference.class)
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
    @ValueReference(EmpiricalBayesDialog.RanksReference.class)
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

    @Widget(title = FittedValuesMode.TITLE, description = FittedValuesMode.DESCRIPTION)
    @Layout(EmpiricalBayesDialog.Details.class)
    FittedValuesMode fittedValues = FittedValuesMode.ALL_ROWS;

    @Widget(title = "Bootstrap samples", description = "How many data sets the bootstrap draws; 200 or more.")
    @NumberInputWidget(minValidation = EmpiricalBayesDialog.AtLeastTwo.class)
    @Effect(predicate = EmpiricalBayesDialog.IsBootstrap.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Details.class)
    int replicates = 200;

    @Widget(title = "Seed", description = """
        Start of the random numbers of bootstrap and ranks; the same seed gives the same result.""")
    @Effect(predicate = EmpiricalBayesDialog.IsRandom.class, type = EffectType.SHOW)
    @Layout(EmpiricalBayesDialog.Details.class)
    long seed = 1;

    /** Settings before a table is known. */
    EmpiricalBayesShrinkageParameters() {
        // the initial values above
    }

    /** Settings of a new node: columns are guessed, the family by their names and types. */
    EmpiricalBayesShrinkageParameters(final NodeParametersInput input) {
        super(input);
    }

    @Override
    protected void guess(final Guesses guesses) {
        new EmpiricalBayesGuess(this, guesses).fill();
    }

    /** Whether the prior mean is written as a formula. */
    boolean isFormula() {
        return modelSpecification == ModelSpecificationMode.FORMULA;
    }

    @Override
    protected void check() throws InvalidSettingsException {
        new EmpiricalBayesSettingsReader(this).validate();
    }
}
