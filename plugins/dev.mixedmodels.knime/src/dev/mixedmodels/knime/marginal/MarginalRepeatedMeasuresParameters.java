package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.BesideSubject;
import dev.mixedmodels.knime.mixed.Chosen;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.mixed.FromColumns;
import dev.mixedmodels.knime.mixed.GuessedFields;
import dev.mixedmodels.knime.mixed.Own;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.DfTexts;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.Objections;
import dev.mixedmodels.knime.settings.PolynomialDegree;
import dev.mixedmodels.knime.settings.TimeCurveMode;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import java.util.HashSet;
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

/** Settings of the Marginal Repeated Measures node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MarginalRepeatedMeasuresParameters extends StructureParameters {
    private static final String SUBJECT = "Subject";
    private static final String VISIT = "Visit";
    private static final String TIME = "Time";
    private static final String VISIT_ORDER = "Order of visits";
    /** Up to so many visits an unstructured covariance matrix is a sensible guess. */
    private static final int FEW_VISITS = 8;

    @Widget(title = ModelSpecificationMode.FORMULA_TITLE, description = MarginalDialog.FORMULA_DESCRIPTION)
    @TextAreaWidget(rows = 3)
    @ValueReference(FormulaMessage.FormulaReference.class)
    @Effect(predicate = FromColumns.class, type = EffectType.HIDE)
    @Layout(Sections.Data.class)
    String formula = "";

    @Widget(title = SUBJECT, description = SUBJECT_DESCRIPTION + MarginalDialog.NO_SUBJECT)
    @ChoicesProvider(ColumnChoices.OptionalGrouping.class)
    @ValueReference(GuessedFields.SubjectReference.class)
    @ValueProvider(MarginalDialog.SubjectGuess.class)
    @Layout(Sections.Data.class)
    String subject = "";

    @Widget(title = VISIT, description = """
        At which visit a row was measured: texts or whole numbers, the same few for all subjects, each at most once \
        per subject. Visits may be missing. None if rows are ordered by a time of their own.""")
    @ChoicesProvider(ColumnChoices.OptionalGrouping.class)
    @ValueReference(MarginalDialog.VisitReference.class)
    @ValueProvider(MarginalDialog.VisitGuess.class)
    @Layout(Sections.Data.class)
    String visit = "";

    @Widget(title = TIME, description = """
        When a row was measured: numbers or dates. For a correlation that fades with the time between rows, and for \
        trends over time. None if the visits say all.""")
    @ChoicesProvider(ColumnChoices.OptionalTime.class)
    @ValueReference(TimeReference.class)
    @ValueProvider(MarginalDialog.TimeGuess.class)
    @Layout(Sections.Data.class)
    String time = "";

    @Widget(title = TimeUnitMode.TITLE, description = TimeUnitMode.DESCRIPTION)
    @Effect(predicate = ColumnChoices.HasDates.class, type = EffectType.SHOW)
    @Layout(Sections.Data.class)
    @Advanced
    TimeUnitMode timeUnit = TimeUnitMode.DAYS;

    @Widget(title = FIXED_EFFECTS, description = FIXED_EFFECTS_DESCRIPTION)
    @ChoicesProvider(BesideSubject.class)
    @TwinlistWidget
    @ValueReference(FormulaMessage.FixedEffectsReference.class)
    @ValueProvider(MarginalDialog.FixedEffectsGuess.class)
    @Layout(Sections.FixedEffects.class)
    String[] fixedEffects = {};

    @Widget(title = TimeCurveMode.DEGREE_TITLE, description = TimeCurveMode.DEGREE_DESCRIPTION)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class,
        maxValidation = PolynomialDegree.AtMostLargest.class)
    @Effect(predicate = HasPolynomial.class, type = EffectType.SHOW)
    @ValueReference(DegreeReference.class)
    @Layout(Sections.FixedEffects.class)
    @Advanced
    int timeDegree;

    @Widget(title = DfTexts.TITLE, description = DfTexts.DESCRIPTION)
    @Layout(Sections.Inference.class)
    DfMethodMode dfMethod = DfMethodMode.SATTERTHWAITE;

    @Widget(title = VarianceIntervalsMode.TITLE, description = VarianceIntervalsMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    VarianceIntervalsMode varianceIntervals = VarianceIntervalsMode.PROFILE;

    @Widget(title = "Test the structure", description = """
        Whether to test the covariance structure against independent rows, by the likelihood ratio.""")
    @Layout(Sections.Inference.class)
    boolean randomTests = true;

    @Widget(title = VISIT_ORDER, description = """
        All visits in their order, where neither numbers nor natural order (Week 2 before Week 12) give it: Baseline, \
        Interim, Final.""")
    @ChoicesProvider(MarginalDialog.VisitLevels.class)
    @Effect(predicate = MarginalDialog.HasVisit.class, type = EffectType.SHOW)
    @Layout(Sections.Factors.class)
    String[] visitOrder = {};

    @Widget(title = "Subject shown in Covariance matrices", description = """
        The subject whose covariance matrix is shown when it goes by time. Empty: one with the most complete \
        pattern.""")
    @Layout(Sections.Details.class)
    String showSubject = "";

    @TextMessage(MarginalFormulaMessage.class)
    @Layout(Sections.Data.class)
    Void formulaMessage;

    /** Settings before a table is known. */
    MarginalRepeatedMeasuresParameters() {
        // the initial values above
    }

    /** Settings of a new node: columns and structure are guessed; a visit takes the place of a trend over time. */
    MarginalRepeatedMeasuresParameters(final NodeParametersInput input) {
        response = null;
        subject = null;
        visit = null;
        time = null;
        fixedEffects = null;
        structure = StructureMode.AUTOMATIC;
        timeDegree = GuessedFields.visit(ColumnGuesses.byNames(input)).isEmpty() ? 1 : 0;
    }

    @Override
    protected void guess(final Guesses guesses) {
        final Chosen chosen = chosen(guesses);
        final ColumnGuesses columns = guesses.columns();
        final Set<String> taken = new HashSet<>(chosen.and(visit, time, structureBy, weights));
        taken.addAll(places());
        subject = guesses.column(SUBJECT, subject, () -> columns.group(taken, MarginalSettings.MOST_VISITS));
        if (fromColumns()) {
            response = guesses.column(RESPONSE, response, () -> columns.response(subject, taken));
        }
        final Set<String> played = new HashSet<>(Guesses.taken(fromColumns() ? response : chosen.response(), subject,
            visit, time, structureBy, weights));
        played.addAll(places());
        final boolean timed = time != null && !time.isEmpty();
        visit = guesses.column(VISIT, visit, () -> structure.spatial() || timed && !structure.byVisit() ? ""
            : columns.visit(subject, played));
        final boolean noTime = structure.spatial() || !visit.isEmpty() && structure != StructureMode.CONTINUOUS_AR1;
        time = time == null && noTime ? "" : guesses.column(TIME, time, () -> columns.time(subject, played));
        if (fromColumns() && fixedEffects == null) {
            fixedEffects = guesses.columns(FIXED_EFFECTS, null,
                () -> columns.trialMean(visit, Guesses.taken(response, subject, time, structureBy, weights)));
            timeDegree = visit.isEmpty() && !time.isEmpty() ? Math.max(1, timeDegree) : timeDegree;
        }
        if (structure == StructureMode.AUTOMATIC) {
            structure = !visit.isEmpty() && columns.hasFewVisits(visit, subject, FEW_VISITS)
                ? StructureMode.UNSTRUCTURED : StructureMode.COMPOUND_SYMMETRY;
            guesses.say(StructureMode.TITLE, structure.structure(nugget).toString());
        }
    }

    @Override
    protected TimeUnitMode timeUnit() {
        return timeUnit;
    }

    @Override
    protected Own own() {
        return new Own(formula, fixedEffects, structure.spatial() && "".equals(subject) ? null : subject);
    }

    @Override
    protected List<String> numbers() {
        return structure.spatial() ? Stream.concat(Stream.of(time), places().stream()).toList() : List.of(time);
    }

    @Override
    protected Formula columnsFormula() {
        return new MeanColumns(course(time, timeDegree), List.of(fixedEffects),
            Interaction.pairs(List.of(interactions))).formula(response)
            .build();
    }

    @Override
    protected List<String> roles() {
        return Stream.concat(Stream.of(subject, visit, time, structureBy), places().stream())
            .filter(column -> !column.isEmpty()).distinct().toList();
    }

    @Override
    protected void check() throws InvalidSettingsException {
        super.check();
        checkCourse(timeDegree);
        Objections.check(() -> MarginalSettings.compared(values()));
        Objections.check(() -> inference(dfMethod, varianceIntervals.intervals(), randomTests)
            .check(MarginalSettings.DF_METHODS, estimation().reml()));
    }

    @Override
    protected void checkRoles(final DataTableSpec spec) throws InvalidSettingsException {
        if (!subject.isEmpty() || !structure.spatial()) {
            ColumnChecks.requireGrouping(spec, subject, "subject", SUBJECT);
        }
        checkStructure(spec, subject, SUBJECT);
        if (!visit.isEmpty()) {
            ColumnChecks.requireGrouping(spec, visit, "visit", VISIT);
            ColumnChecks.requireDifferent(subject, SUBJECT, visit, VISIT);
        }
        if (!time.isEmpty()) {
            ColumnChecks.requireTime(spec, time, "time", TIME);
            ColumnChecks.requireDifferent(subject, SUBJECT, time, TIME);
        }
        final Formula model = modelFormula();
        Objections.check(() -> UnitRoles.requireNotFixed(model, orNull(subject), "subject"));
        for (final String role : roles()) {
            ColumnChecks.requireDifferent(model.response().column(), RESPONSE, role, role.equals(subject) ? SUBJECT
                : role.equals(visit) ? VISIT : role.equals(time) ? TIME : role.equals(structureBy) ? STRUCTURE_BY
                    : COORDINATES);
        }
    }

    /** Columns of whole numbers that are categories, that of the visit among them unless it is the time. */
    @Override
    protected List<String> categories() {
        return visit.equals(time) ? List.copyOf(nominal())
            : Stream.concat(nominal().stream(), Stream.of(visit)).toList();
    }

    /** The settings for the engine; throws if they do not fit the table. */
    MarginalSettings toSettings(final DataTableSpec spec) throws InvalidSettingsException {
        check(spec);
        return Objections.of(() -> MarginalSettings.of(values(), spec::containsName));
    }
}
