package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.SubjectCourse;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.BesideSubject;
import dev.mixedmodels.knime.mixed.Chosen;
import dev.mixedmodels.knime.mixed.CourseParameters;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.mixed.FromColumns;
import dev.mixedmodels.knime.mixed.GuessedFields;
import dev.mixedmodels.knime.mixed.Own;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.settings.BootstrapIntervalsMode;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.DfTexts;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.Objections;
import dev.mixedmodels.knime.settings.PolynomialDegree;
import dev.mixedmodels.knime.settings.Replicates;
import dev.mixedmodels.knime.settings.TimeCurveMode;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** Settings of the Longitudinal Mixed Model node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class LongitudinalMixedModelParameters extends CourseParameters {
    private static final String SUBJECT = "Subject";
    private static final String TIME = "Time";
    private static final String RANDOM_DEGREE = "Degree of each subject's own course";
    private static final String RANDOM_SLOPES = "Columns with random slopes";
    private static final String VARIANCE_BY = "Residual variance for each level of";
    private static final String POWER_OF = "Residual variance as a power of";

    @Widget(title = ModelSpecificationMode.FORMULA_TITLE, description = LongitudinalDialog.FORMULA_DESCRIPTION)
    @TextAreaWidget(rows = 3)
    @ValueReference(FormulaMessage.FormulaReference.class)
    @Effect(predicate = FromColumns.class, type = EffectType.HIDE)
    @Layout(Sections.Data.class)
    String formula = "";

    @Widget(title = SUBJECT, description = SUBJECT_DESCRIPTION + " " + """
        In a formula with random effects the subject is what stands behind the bar.""")
    @ChoicesProvider(ColumnChoices.Grouping.class)
    @ValueReference(GuessedFields.SubjectReference.class)
    @ValueProvider(GuessedFields.Subject.class)
    @Layout(Sections.Data.class)
    String subject = "";

    @Widget(title = TIME, description = LongitudinalDialog.TIME_DESCRIPTION)
    @ChoicesProvider(ColumnChoices.OptionalTime.class)
    @ValueReference(TimeReference.class)
    @ValueProvider(LongitudinalDialog.TimeGuess.class)
    @Layout(Sections.Data.class)
    String time = "";

    @Widget(title = TimeUnitMode.TITLE, description = TimeUnitMode.DESCRIPTION)
    @Effect(predicate = ColumnChoices.HasDates.class, type = EffectType.SHOW)
    @Layout(Sections.Data.class)
    @Advanced
    TimeUnitMode timeUnit = TimeUnitMode.DAYS;

    @Widget(title = TimeCurveMode.DEGREE_TITLE, description = TimeCurveMode.DEGREE_DESCRIPTION)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class,
        maxValidation = PolynomialDegree.AtMostLargest.class)
    @Effect(predicate = HasPolynomial.class, type = EffectType.SHOW)
    @ValueReference(DegreeReference.class)
    @Layout(Sections.FixedEffects.class)
    int timeDegree = 1;

    @Widget(title = RANDOM_DEGREE, description = LongitudinalDialog.RANDOM_DEGREE_DESCRIPTION)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class,
        maxValidation = PolynomialDegree.AtMostLargest.class)
    @ValueReference(LongitudinalFormulaMessage.RandomDegreeReference.class)
    @Layout(LongitudinalDialog.Course.class)
    int randomDegree = 1;

    @Widget(title = FIXED_EFFECTS, description = FIXED_EFFECTS_DESCRIPTION)
    @ChoicesProvider(BesideSubject.class)
    @TwinlistWidget
    @ValueReference(FormulaMessage.FixedEffectsReference.class)
    @Layout(Sections.FixedEffects.class)
    String[] fixedEffects = {};

    @Widget(title = "Each subject has its own level", description = "A random intercept.")
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    @ValueReference(LongitudinalFormulaMessage.RandomInterceptReference.class)
    @Layout(Sections.Random.class)
    boolean randomIntercept = true;

    @Widget(title = RANDOM_SLOPES, description = LongitudinalDialog.RANDOM_SLOPES_DESCRIPTION)
    @ChoicesProvider(BesideSubject.Numeric.class)
    @TwinlistWidget
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    @ValueReference(LongitudinalFormulaMessage.RandomSlopesReference.class)
    @Layout(Sections.Random.class)
    String[] randomSlopes = {};

    @Widget(title = RandomCovarianceMode.TITLE, description = RandomCovarianceMode.DESCRIPTION)
    @ValueReference(LongitudinalFormulaMessage.RandomCovarianceReference.class)
    @Layout(Sections.Random.class)
    RandomCovarianceMode randomCovariance = RandomCovarianceMode.UNSTRUCTURED;

    @Widget(title = ResidualStructureMode.TITLE, description = ResidualStructureMode.DESCRIPTION)
    @ValueReference(LongitudinalDialog.ResidualStructureReference.class)
    @Layout(Sections.Residual.class)
    ResidualStructureMode residualStructure = ResidualStructureMode.INDEPENDENT;

    @Widget(title = "Nugget", description = LongitudinalDialog.NUGGET_DESCRIPTION)
    @Effect(predicate = LongitudinalDialog.IsExponential.class, type = EffectType.SHOW)
    @Layout(Sections.Residual.class)
    boolean nugget;

    @Widget(title = VARIANCE_BY, description = LongitudinalDialog.VARIANCE_BY_DESCRIPTION)
    @ChoicesProvider(ColumnChoices.OptionalGrouping.class)
    @ValueReference(LongitudinalDialog.VarianceByReference.class)
    @ValueProvider(LongitudinalDialog.VarianceByShown.class)
    @Layout(Sections.Residual.class)
    String residualVarianceBy = "";

    @Widget(title = POWER_OF, description = LongitudinalDialog.POWER_OF_DESCRIPTION)
    @ChoicesProvider(ColumnChoices.OptionalNumeric.class)
    @ValueReference(LongitudinalDialog.PowerOfReference.class)
    @ValueProvider(LongitudinalDialog.PowerOfShown.class)
    @Layout(Sections.Residual.class)
    String residualPowerOf = "";

    @Widget(title = DfTexts.TITLE, description = DfTexts.DESCRIPTION)
    @Layout(Sections.Inference.class)
    DfMethodMode dfMethod = DfMethodMode.SATTERTHWAITE;

    @Widget(title = VarianceIntervalsMode.TITLE, description = VarianceIntervalsMode.DESCRIPTION)
    @ValueReference(BootstrapIntervalsMode.Reference.class)
    @Layout(Sections.Inference.class)
    BootstrapIntervalsMode varianceIntervals = BootstrapIntervalsMode.PROFILE;

    @Widget(title = Replicates.TITLE, description = Replicates.DESCRIPTION)
    @NumberInputWidget(minValidation = Replicates.Least.class, maxValidation = Replicates.Most.class)
    @Effect(predicate = BootstrapIntervalsMode.IsBootstrap.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    int bootstrapReplicates = Replicates.DEFAULT;

    @Widget(title = "Test the random effects", description = RANDOM_TESTS_DESCRIPTION)
    @ValueReference(LongitudinalDialog.RandomTestsReference.class)
    @Layout(Sections.Inference.class)
    boolean randomTests = true;

    @Widget(title = Replicates.SEED_TITLE, description = Replicates.TEST_SEED_DESCRIPTION)
    @Effect(predicate = LongitudinalDialog.IsSimulated.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    long seed = 1;

    @Widget(title = "Subject shown in Covariance matrices", description = LongitudinalDialog.SHOWN_DESCRIPTION)
    @Layout(Sections.Details.class)
    String showSubject = "";

    @TextMessage(LongitudinalFormulaMessage.class)
    @Layout(Sections.Data.class)
    Void formulaMessage;

    /** Settings before a table is known. */
    LongitudinalMixedModelParameters() {
        tolerance = 1e-9;
    }

    /** Settings of a new node: columns are guessed. */
    LongitudinalMixedModelParameters(final NodeParametersInput input) {
        this();
        response = null;
        subject = null;
        time = null;
    }

    /** A formula names response and subject itself; a time beside it orders the rows, where their order matters. */
    @Override
    protected void guess(final Guesses guesses) {
        final Chosen chosen = chosen(guesses);
        final ColumnGuesses columns = guesses.columns();
        final Set<String> taken = chosen.and(time, residualVarianceBy, residualPowerOf, weights);
        subject = chosen.groups().isEmpty() ? guesses.column(SUBJECT, subject, () -> columns.group(taken)) : subject;
        final String group = chosen.groups().isEmpty() ? subject : chosen.groups().get(0);
        if (fromColumns()) {
            response = guesses.column(RESPONSE, response, () -> columns.response(group, taken));
        }
        final Set<String> played = Guesses.taken(fromColumns() ? response : chosen.response(), group, weights);
        if (time == null
            && (fromColumns() || residualStructure != null && residualStructure.structure(nugget).ordered())) {
            time = guesses.column(TIME, null, () -> columns.time(group, played));
            if (fromColumns() && randomDegree > 0 && !columns.hasRowsFor(group, 1 + randomDegree)) {
                randomDegree = 0;
                guesses.say(RANDOM_DEGREE, "0");
            }
        }
    }

    @Override
    protected TimeUnitMode timeUnit() {
        return timeUnit;
    }

    @Override
    protected Own own() {
        return new Own(formula, fixedEffects, subject);
    }

    @Override
    protected List<String> numbers() {
        return Stream.of(List.of(time, residualPowerOf), List.of(randomSlopes)).flatMap(List::stream).toList();
    }

    @Override
    protected Formula columnsFormula() {
        return new SubjectCourse(subject, randomIntercept, time, randomDegree, List.of(randomSlopes),
            randomCovariance != RandomCovarianceMode.DIAGONAL)
            .addTo(new MeanColumns(course(time, timeDegree), List.of(fixedEffects),
                Interaction.pairs(List.of(interactions))).formula(response)).build();
    }

    @Override
    protected List<String> roles() throws InvalidSettingsException {
        return List.of(needsSubject() ? subject : "", time, residualVarianceBy, residualPowerOf);
    }

    /** Whether the subject is not that of a formula's random effects. */
    private boolean needsSubject() throws InvalidSettingsException {
        return fromColumns() || modelFormula().random().isEmpty();
    }

    @Override
    protected void check() throws InvalidSettingsException {
        super.check();
        varianceIntervals.check(bootstrapReplicates);
        checkCourse(timeDegree);
        PolynomialDegree.validate(randomDegree, RANDOM_DEGREE);
        Objections.check(() -> inference(dfMethod, varianceIntervals.intervals(bootstrapReplicates, seed), randomTests)
            .check(LongitudinalSettings.DF_METHODS, estimation().reml()));
        Objections.check(this::covariance);
    }

    @Override
    protected void checkRoles(final DataTableSpec spec) throws InvalidSettingsException {
        if (needsSubject()) {
            ColumnChecks.requireGrouping(spec, subject, "subject", SUBJECT);
        }
        final Formula model = modelFormula();
        if (!time.isEmpty()) {
            ColumnChecks.requireTime(spec, time, "time", TIME);
            ColumnChecks.requireDifferent(model.response().column(), RESPONSE, time, TIME);
        }
        if (fromColumns()) {
            ColumnChecks.requireDifferent(subject, SUBJECT, response, RESPONSE);
            ColumnChecks.requireDifferent(subject, SUBJECT, time, TIME);
            for (final String column : randomSlopes) {
                ColumnChecks.requireNumeric(spec, column, "random slope", RANDOM_SLOPES);
                ColumnChecks.requireDifferent(response, RESPONSE, column, RANDOM_SLOPES);
            }
        }
        ColumnChecks.requireGroupingOrNone(spec, residualVarianceBy, "residual variance", VARIANCE_BY);
        ColumnChecks.requireNumericOrNone(spec, residualPowerOf, "residual variance", POWER_OF);
        Objections.check(() -> UnitRoles.requireNotFixed(model, model.random().isEmpty() ? subject : null, "subject"));
    }

    private LongitudinalSettings.Covariance covariance() {
        return new LongitudinalSettings.Covariance(RandomStructure.valueOf(randomCovariance.name()),
            residualStructure.structure(nugget), orNull(residualVarianceBy), orNull(residualPowerOf));
    }

    /** The settings for the engine; throws if they do not fit the table. */
    LongitudinalSettings toSettings(final DataTableSpec spec) throws InvalidSettingsException {
        check(spec);
        return Objections.of(() -> LongitudinalSettings.of(values(), spec::containsName));
    }
}
