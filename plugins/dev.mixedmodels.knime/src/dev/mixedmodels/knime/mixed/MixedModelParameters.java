package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.knime.formula.Formulas;
import dev.mixedmodels.knime.formula.MeansTerms;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.settings.CodingMode;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.MissingValuesMode;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.ReferenceLevel;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget.ElementLayout;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/**
 * Settings of all nodes whose model is a formula or made of columns. The names of the fields are the persisted keys, in
 * subclasses too.
 */
@LoadDefaultsForAbsentFields
public abstract class MixedModelParameters extends InferenceParameters {
    /** Title of the response. */
    public static final String RESPONSE = "Response";
    /** Title of the fixed effects. */
    public static final String FIXED_EFFECTS = "Fixed effects";
    /** Description of the fixed effects. */
    protected static final String FIXED_EFFECTS_DESCRIPTION = """
        Columns whose effects on the mean are wanted: numeric columns get a slope, nominal ones a coefficient for each \
        level but the reference.""";
    /** Description of the tests of random effects. */
    protected static final String RANDOM_TESTS_DESCRIPTION = """
        Whether to test each random effect by the likelihood ratio against the model without it, with the distribution \
        that holds when a variance is 0. Takes further fits.""";
    static final String INTERACTIONS = "Interactions";
    static final String REFERENCE_LEVELS = "Reference levels";
    /** Title of the levels of a multilevel model. */
    protected static final String LEVELS = "Levels";
    /** Title of the columns that are centred. */
    protected static final String CENTERING = "Centring";

    @Widget(title = ModelSpecificationMode.TITLE, description = ModelSpecificationMode.DESCRIPTION)
    @ValueSwitchWidget
    @ValueReference(FormulaMessage.SpecificationReference.class)
    @Layout(Sections.Data.class)
    protected ModelSpecificationMode modelSpecification = ModelSpecificationMode.COLUMNS;

    @Widget(title = RESPONSE, description = "The numeric column to be explained. One row is one measurement of it.")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    @ValueReference(FormulaMessage.ResponseReference.class)
    @ValueProvider(GuessedFields.Response.class)
    @Layout(Sections.Data.class)
    protected String response = "";

    @Widget(title = INTERACTIONS, description = """
        Pairs of columns of which the effect of one depends on the other, such as time and treatment: do courses \
        differ between treatments? The main effects of both columns are in the model as well, and an interaction with \
        time is one with all its powers. Interactions of three columns need a formula.""")
    @ArrayWidget(addButtonText = "Add interaction of two columns", elementLayout = ElementLayout.HORIZONTAL_SINGLE_LINE)
    @ValueReference(FormulaMessage.InteractionsReference.class)
    @Layout(Sections.Interactions.class)
    protected Interaction[] interactions = {};

    @Widget(title = NominalColumns.TITLE, description = NominalColumns.DESCRIPTION)
    @ChoicesProvider(ColumnChoices.Whole.class)
    @ValueReference(FormulaMessage.NominalColumnsReference.class)
    @Layout(Sections.Factors.class)
    protected String[] nominalColumns = {};

    @Widget(title = CodingMode.TITLE, description = CodingMode.DESCRIPTION)
    @Layout(Sections.Factors.class)
    protected CodingMode coding = CodingMode.TREATMENT;

    @Widget(title = REFERENCE_LEVELS, description = """
        Levels with which the others are compared. Otherwise it is the first level: the smallest whole number, or the \
        first text in natural order (Week 2 before Week 12).""")
    @ArrayWidget(addButtonText = "Add reference level of a column",
        elementLayout = ElementLayout.HORIZONTAL_SINGLE_LINE)
    @Layout(Sections.References.class)
    protected ReferenceLevel[] referenceLevels = {};

    @Widget(title = MissingValuesMode.TITLE, description = MissingValuesMode.DESCRIPTION)
    @RadioButtonsWidget
    @Layout(Sections.Missing.class)
    protected MissingValuesMode missingValues = MissingValuesMode.OMIT_ROWS;

    /** What the node declares itself. */
    protected abstract Own own();

    /** The chosen columns that are needed as numbers. */
    protected abstract List<String> numbers();

    /** The model made of columns, which may be missing in the table. */
    protected abstract Formula columnsFormula() throws InvalidSettingsException;

    /** The columns that play a part beside those of the formula; empty where none is chosen. */
    protected abstract List<String> roles() throws InvalidSettingsException;

    /** Compares with a table the columns that play a part in the node's own settings. */
    protected abstract void checkRoles(DataTableSpec spec) throws InvalidSettingsException;

    /**
     * What is chosen of the model, while other columns are to be guessed. A formula beside a response that nobody has
     * chosen is the model: settings that come without the dialog, as in batch runs, may leave {@code Model from} alone.
     */
    protected final Chosen chosen(final Guesses guesses) {
        final String formula = own().formula();
        if (fromColumns() && response == null && formula != null && !formula.isBlank()) {
            modelSpecification = ModelSpecificationMode.FORMULA;
            guesses.say(ModelSpecificationMode.TITLE, ModelSpecificationMode.FORMULA_TITLE);
        }
        return chosen();
    }

    private Chosen chosen() {
        return fromColumns() ? Chosen.ofColumns(response, own().fixedEffects(), interactions)
            : Chosen.ofFormula(own().formula());
    }

    /**
     * @return the model
     * @throws InvalidSettingsException if the formula cannot be read
     */
    public final Formula modelFormula() throws InvalidSettingsException {
        return fromColumns() ? columnsFormula() : Formulas.parse(own().formula());
    }

    /** Whether the model is made of columns. */
    protected final boolean fromColumns() {
        return modelSpecification == ModelSpecificationMode.COLUMNS;
    }

    @Override
    protected void check() throws InvalidSettingsException {
        if (!fromColumns()) {
            Formulas.parse(own().formula());
        }
        super.check();
        FactorLevels.validate(referenceLevels);
        if (fromColumns()) {
            Interaction.validate(interactions, INTERACTIONS);
        }
    }

    /**
     * Compares the settings with a table.
     *
     * @param spec the input table
     * @throws InvalidSettingsException if a setting names a column that the table does not have or that is unsuitable
     */
    protected final void check(final DataTableSpec spec) throws InvalidSettingsException {
        check();
        if (fromColumns()) {
            ColumnChecks.requireResponse(spec, response);
            for (final String column : own().fixedEffects()) {
                ColumnChecks.requireUsable(spec, column, "fixed effect", FIXED_EFFECTS);
                ColumnChecks.requireDifferent(response, RESPONSE, column, FIXED_EFFECTS);
            }
            for (final Interaction pair : interactions) {
                for (final String column : List.of(pair.first, pair.second)) {
                    ColumnChecks.requireUsable(spec, column, "interaction", INTERACTIONS);
                    ColumnChecks.requireDifferent(response, RESPONSE, column, INTERACTIONS);
                }
            }
        }
        checkRoles(spec);
        checkWeights(spec, modelFormula().response().column(), RESPONSE,
            UnitRoles.of(modelFormula(), own().unit()));
        NominalColumns.check(nominalColumns, spec, modelFormula(), List.copyOf(withWeights(numbers())));
        Formulas.requireColumns(modelFormula(), spec);
        FactorLevels.check(referenceLevels, spec, REFERENCE_LEVELS);
        MeansTerms.check(meansOf, meansAt, modelFormula(), spec);
    }

    /**
     * @return all columns that the model needs, each once, without the weights
     * @throws InvalidSettingsException if the formula cannot be read
     */
    public final Set<String> columns() throws InvalidSettingsException {
        final Set<String> columns = new LinkedHashSet<>(modelFormula().columns());
        roles().stream().filter(column -> !column.isEmpty()).forEach(columns::add);
        return columns;
    }

    /**
     * @return columns of whole numbers that are read as categories
     */
    public final Set<String> nominal() {
        return Set.of(nominalColumns);
    }

    /** Columns of the mean that are read as categories. */
    protected Collection<String> categories() {
        return nominal();
    }

    /** The unit of numbers that dates become. */
    protected TimeUnitMode timeUnit() {
        return TimeUnitMode.DAYS;
    }

    @Override
    public final String repeated() {
        final List<String> groups = chosen().groups();
        return groups.isEmpty() ? own().unit() : groups.get(0);
    }
}
