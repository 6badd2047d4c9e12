package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.mixed.FromColumns;
import dev.mixedmodels.knime.mixed.MixedModelParameters;
import dev.mixedmodels.knime.mixed.Own;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.settings.BootstrapIntervalsMode;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.DfTexts;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.Objections;
import dev.mixedmodels.knime.settings.Replicates;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
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
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** Settings of the Multilevel Model node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MultilevelModelParameters extends MixedModelParameters {
    private static final String CROSSED = "Crossed";

    @Widget(title = ModelSpecificationMode.FORMULA_TITLE, description = MultilevelDialog.FORMULA_DESCRIPTION)
    @TextAreaWidget(rows = 3)
    @ValueReference(FormulaMessage.FormulaReference.class)
    @Effect(predicate = FromColumns.class, type = EffectType.HIDE)
    @Layout(Sections.Data.class)
    String formula = "";

    @Widget(title = LEVELS, description = """
        The columns that say which units a row belongs to, from the outermost in: education board, school. The rows \
        themselves (students) are the innermost level and need no column.""")
    @ArrayWidget(addButtonText = "Add level", elementTitle = "Level", showSortButtons = true)
    @ValueReference(MultilevelFormulaMessage.LevelsReference.class)
    @ValueProvider(MultilevelDialog.LevelsGuess.class)
    @Layout(Sections.Levels.class)
    LevelParameters[] levels = {};

    @Widget(title = CROSSED, description = """
        Whether the levels are crossed factors, such as students and lecturers, rather than each nested in those \
        before it. When nested, school 1 of board A and school 1 of board B are different schools. Partly crossed \
        factors need a formula.""")
    @Effect(predicate = MultilevelDialog.HasLevels.class, type = EffectType.SHOW)
    @ValueReference(MultilevelFormulaMessage.CrossedReference.class)
    @ValueProvider(MultilevelDialog.CrossedGuess.class)
    @Layout(Sections.Levels.class)
    boolean crossed;

    @Widget(title = FIXED_EFFECTS, description = FIXED_EFFECTS_DESCRIPTION)
    @ChoicesProvider(MultilevelDialog.BesideLevels.class)
    @TwinlistWidget
    @ValueReference(FormulaMessage.FixedEffectsReference.class)
    @Layout(Sections.FixedEffects.class)
    String[] fixedEffects = {};

    @Widget(title = CENTERING, description = """
        How numeric fixed effects enter the mean; those not named here enter as they are. Splitting a covariate within \
        and between units shows whether the effect of a unit's composition differs from that of the row's own value.""")
    @ArrayWidget(addButtonText = "Add centred covariate", elementTitle = "Centred covariate")
    @Layout(Sections.Centering.class)
    CenteringParameters[] centering = {};

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

    @Widget(title = Replicates.SEED_TITLE, description = Replicates.SEED_DESCRIPTION)
    @Effect(predicate = BootstrapIntervalsMode.IsBootstrap.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    long seed = 1;

    @Widget(title = "Test the levels", description = RANDOM_TESTS_DESCRIPTION)
    @Layout(Sections.Inference.class)
    boolean randomTests = true;

    @Widget(title = "Unit shown in Covariance matrices", description = """
        The unit of the outermost level whose covariance matrix V is shown, at most 12 rows of it. Empty: the first \
        one.""")
    @Layout(Sections.Details.class)
    String showSubject = "";

    @TextMessage(MultilevelFormulaMessage.class)
    @Layout(Sections.Data.class)
    Void formulaMessage;

    /** Settings before a table is known. */
    MultilevelModelParameters() {
        tolerance = 1e-12;
    }

    /** Settings of a new node: columns are guessed. */
    MultilevelModelParameters(final NodeParametersInput input) {
        this();
        response = null;
        levels = new LevelParameters[] {new LevelParameters(null)};
    }

    @Override
    protected void guess(final Guesses guesses) {
        final Set<String> taken = chosen(guesses).and(weights);
        if (!fromColumns()) {
            return;
        }
        final ColumnGuesses columns = guesses.columns();
        if (MultilevelDialog.isOpen(levels)) {
            final List<String> guessed = columns.levels(taken);
            levels = MultilevelDialog.levels(guessed);
            guesses.say(LEVELS, guessed.isEmpty() ? "none" : Words.quoted(guessed));
            if (!crossed && columns.crossed(guessed)) {
                crossed = true;
                guesses.say(CROSSED, "yes");
            }
        }
        final String[] units = Arrays.stream(levels).map(level -> level.column).toArray(String[]::new);
        taken.addAll(Guesses.taken(units));
        response = guesses.column(RESPONSE, response,
            () -> columns.response(units.length == 0 ? "" : units[units.length - 1], taken));
    }

    @Override
    protected Own own() {
        return new Own(formula, fixedEffects,
            levels == null || levels.length == 0 ? "" : levels[levels.length - 1].column);
    }

    @Override
    protected List<String> numbers() {
        return !fromColumns() ? List.of() : Stream.concat(
            Arrays.stream(levels).flatMap(level -> Arrays.stream(level.slopes)),
            Arrays.stream(centering).map(choice -> choice.column)).toList();
    }

    /** The model before centring, for comparison with a table. */
    @Override
    protected Formula columnsFormula() {
        return MultilevelFormulaMessage.formula(mean(), response, List.of(levels), crossed);
    }

    private MeanColumns mean() {
        return new MeanColumns(TimeCourse.NONE, List.of(fixedEffects), Interaction.pairs(List.of(interactions)));
    }

    @Override
    protected List<String> roles() {
        return List.of();
    }

    @Override
    protected void check() throws InvalidSettingsException {
        super.check();
        varianceIntervals.check(bootstrapReplicates);
        final Set<String> columns = new LinkedHashSet<>();
        for (final CenteringParameters choice : centering) {
            if (fromColumns() && !columns.add(choice.column)) {
                throw new InvalidSettingsException("The column \"" + choice.column + "\" is centred twice. Remove one "
                    + "of the two under \"" + CENTERING + "\".");
            }
        }
        Objections.check(() -> inference(dfMethod, varianceIntervals.intervals(bootstrapReplicates, seed), randomTests)
            .check(MultilevelSettings.DF_METHODS, estimation().reml()));
    }

    @Override
    protected void checkRoles(final DataTableSpec spec) throws InvalidSettingsException {
        final Formula model = modelFormula();
        Objections.check(() -> UnitRoles.requireNotFixed(model, null, "level"));
        if (!fromColumns()) {
            if (model.random().isEmpty()) {
                throw new InvalidSettingsException("The formula has no level. Add one, such as (1 | school).");
            }
            return;
        }
        if (levels.length == 0) {
            throw new InvalidSettingsException("No level is chosen. Add under \"" + LEVELS + "\" the column that says "
                + "which unit a row belongs to, such as the school.");
        }
        final Set<String> chosen = new HashSet<>();
        for (final LevelParameters level : levels) {
            ColumnChecks.requireGrouping(spec, level.column, "level", LEVELS);
            if (!chosen.add(level.column)) {
                throw new InvalidSettingsException("The column \"" + level.column + "\" is chosen for two levels "
                    + "under \""
                    + LEVELS + "\". Remove one of them.");
            }
            ColumnChecks.requireDifferent(response, RESPONSE, level.column, LEVELS);
            for (final String slope : level.slopes) {
                ColumnChecks.requireNumeric(spec, slope, "slope", LEVELS);
                ColumnChecks.requireDifferent(response, RESPONSE, slope, LEVELS);
            }
        }
        final Set<String> mean = model.fixed().columns();
        final List<String> units = Arrays.stream(levels).map(level -> level.column).toList();
        for (final CenteringParameters choice : centering) {
            ColumnChecks.requireNumeric(spec, choice.column, "centred", CENTERING);
            if (!mean.contains(choice.column)) {
                throw new InvalidSettingsException("The column \"" + choice.column + "\" is centred but is no fixed "
                    + "effect. Add it under \"" + FIXED_EFFECTS + "\", or remove it under \"" + CENTERING + "\".");
            }
            if (choice.mode.hasLevel() && !units.contains(choice.level)) {
                throw new InvalidSettingsException("The column \"" + choice.column + "\" is centred within the units "
                    + "of \"" + choice.level + "\", which is no level. The levels are " + Words.quoted(units)
                    + ": choose one of them under \"" + CENTERING + "\".");
            }
        }
    }

    /** The settings for the engine; throws if they do not fit the table. */
    MultilevelSettings toSettings(final DataTableSpec spec) throws InvalidSettingsException {
        check(spec);
        return Objections.of(() -> MultilevelSettings.of(values(), spec::containsName));
    }
}
