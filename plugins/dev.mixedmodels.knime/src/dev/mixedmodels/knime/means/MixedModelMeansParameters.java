package dev.mixedmodels.knime.means;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.MeansRequest.Comparison;
import dev.mixedmodels.engine.design.MeansWeights;
import dev.mixedmodels.engine.formula.LevelContrast;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.Alternative;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.means.MeansSettings;
import dev.mixedmodels.engine.means.Place;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.knime.formula.MeansTerms;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.Objections;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** Settings of the node Mixed Model Means. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MixedModelMeansParameters implements NodeParameters {
    static final String AT = "Values of numeric columns";
    private static final String BY = "Separately for each level of";
    private static final String SLOPES = "Slopes of";
    private static final String CONTRASTS = "Contrasts";

    static final class ComparisonReference implements ParameterReference<ComparisonMode> {
    }

    static final class AdjustmentReference implements ParameterReference<MeansAdjustmentMode> {
    }

    static final class IsNotAdjusted implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(AdjustmentReference.class).isOneOf(MeansAdjustmentMode.NONE);
        }
    }

    static final class IsAgainstLevel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ComparisonReference.class).isOneOf(ComparisonMode.REFERENCE);
        }
    }

    @Widget(title = MeansTerms.OF_TITLE, description = """
        Nominal fixed effects, or interactions of them written with a colon (arm:visit), whose means are wanted. None \
        chosen: all nominal fixed effects, one by one.""")
    @ChoicesProvider(ModelChoices.Terms.class)
    @Layout(MeansSections.Means.class)
    String[] meansOf = {};

    @Widget(title = BY, description = """
        Nominal fixed effects at whose levels means are taken and compared one after the other, such as the visit: then \
        differences between arms stand visit by visit (simple effects), and joint tests too.""")
    @ChoicesProvider(ModelChoices.Factors.class)
    @Layout(MeansSections.Means.class)
    String[] by = {};

    @Widget(title = "Compared are", description = "Which differences of means, or of slopes, are wanted.")
    @ValueSwitchWidget
    @ValueReference(ComparisonReference.class)
    @Layout(MeansSections.Comparisons.class)
    ComparisonMode comparisons = ComparisonMode.PAIRS;

    @Widget(title = "Level", description = """
        The level that others are compared with; of an interaction with colons, pbo:1. Empty: the first one. Terms that \
        have no such level take their first one.""")
    @Effect(predicate = IsAgainstLevel.class, type = EffectType.SHOW)
    @Layout(MeansSections.Comparisons.class)
    String referenceLevel = "";

    @Widget(title = "Adjustment for many comparisons", description = """
        How the adjusted p-value of a difference or contrast allows for the number of those of the same term at the same \
        place.""")
    @ValueReference(AdjustmentReference.class)
    @Layout(MeansSections.Comparisons.class)
    MeansAdjustmentMode adjustment = MeansAdjustmentMode.HOLM;

    @Widget(title = "Simultaneous intervals", description = """
        Widens the intervals of the differences, or contrasts, of the same term at the same place so that they hold all \
        together with the confidence level: one without the value of the hypothesis has an adjusted p-value below 5 percent \
        where the level is 95. Holm's method and the false discovery rate have no such intervals and take those of \
        Bonferroni.""")
    @Effect(predicate = IsNotAdjusted.class, type = EffectType.HIDE)
    @Layout(MeansSections.Comparisons.class)
    boolean simultaneousIntervals;

    @Widget(title = CONTRASTS, description = """
        Combinations of the means, or slopes, of levels, one a line, such as <i>A - B</i>, <i>(A + B)/2 - C</i> or \
        <i>trend = -3*low - mid + mid2 + 3*high</i>, where a name may stand before the equals sign. Levels that are numbers, \
        or have other characters than letters, digits, dots and underscores, stand in backticks: <i>`4` - `8`</i>; levels of \
        an interaction are joined by colons: <i>act:`4` - pbo:`4`</i>.""")
    @TextAreaWidget(rows = 3)
    @Layout(MeansSections.Comparisons.class)
    String contrasts = "";

    @Widget(title = SLOPES, description = """
        Numeric fixed effects whose slopes are wanted too, for each level of the terms under "Means of", or else of the nominal \
        columns that they depend on. The slope of a curve is that at the mean of the column, unless it stands under \
        "Values of numeric columns".""")
    @ChoicesProvider(ModelChoices.Numbers.class)
    @Layout(MeansSections.Details.class)
    String[] slopesOf = {};

    @Widget(title = "Weights",
        description = "How the levels of other nominal columns are weighted over which a mean is taken.")
    @Layout(MeansSections.Details.class)
    WeightsMode weights = WeightsMode.EQUAL;

    @Widget(title = AT, description = """
        Numeric fixed effects at whose values means are taken one after the other; others stand at their mean over the rows of \
        the fit.""")
    @ArrayWidget(addButtonText = "Add numeric column", elementTitle = "Numeric column")
    @Layout(MeansSections.At.class)
    PlaceParameters[] at = {};

    @Widget(title = Confidence.TITLE, description = """
        Level of each confidence interval, of simultaneous ones together, in percent, at least 50 and below 100.""")
    @NumberInputWidget(minValidation = Confidence.AtLeastFifty.class, maxValidation = Confidence.BelowHundred.class)
    @Layout(MeansSections.Tests.class)
    double confidenceLevel = Confidence.DEFAULT;

    @Widget(title = "Alternative",
        description = "What all tests are against: that the estimate is different, greater or less.")
    @ValueSwitchWidget
    @Layout(MeansSections.Tests.class)
    AlternativeMode alternative = AlternativeMode.TWO_SIDED;

    @Widget(title = "Means and slopes are tested against", description = "What they are by the hypothesis.")
    @Layout(MeansSections.Tests.class)
    double nullMean;

    @Widget(title = "Differences and contrasts are tested against", description = """
        What they are by the hypothesis; the margin of a test of non-inferiority, with a one-sided alternative.""")
    @Layout(MeansSections.Tests.class)
    double nullDifference;

    @Override
    public void validate() throws InvalidSettingsException {
        settings(null);
    }

    /**
     * @param model what is known of the model
     * @return the settings for the engine
     * @throws InvalidSettingsException if they do not fit the model
     */
    MeansSettings toSettings(final ModelColumns model) throws InvalidSettingsException {
        final List<List<String>> terms = MeansTerms.parse(meansOf, model.columns()::contains);
        final MeansSettings settings = settings(terms);
        for (final List<String> term : terms == null ? List.<List<String>>of() : terms) {
            for (final String column : term) {
                require(model.factors(), column, "nominal", MeansTerms.OF_TITLE);
                if (List.of(by).contains(column)) {
                    throw new InvalidSettingsException("The column \"" + column + "\" stands under \""
                        + MeansTerms.OF_TITLE + "\" and under \"" + BY + "\". Remove it from one of them.");
                }
            }
        }
        for (final String column : by) {
            require(model.factors(), column, "nominal", BY);
        }
        for (final String column : slopesOf) {
            require(model.numbers(), column, "numeric", SLOPES);
        }
        for (final PlaceParameters place : at) { // a centred column has another name, which begins with its own
            if (model.numbers().stream().noneMatch(
                name -> place.column.equals(name) || place.column.startsWith(name + "."))) {
                require(model.numbers(), place.column, "numeric", AT);
            }
        }
        return settings;
    }

    private static void require(final List<String> columns, final String column, final String kind, final String title)
        throws InvalidSettingsException {
        if (!columns.contains(column)) {
            throw new InvalidSettingsException("\"" + column + "\" is no " + kind + " fixed effect of the model. "
                + (columns.isEmpty() ? "It has none." : "These are " + Words.quoted(columns) + ".")
                + " Choose others under \"" + title + "\".");
        }
    }

    private MeansSettings settings(final List<List<String>> terms) throws InvalidSettingsException {
        if (!Double.isFinite(nullMean) || !Double.isFinite(nullDifference)) {
            throw new InvalidSettingsException("What means and differences are tested against must be a finite number.");
        }
        final MeansTests tests = new MeansTests(Adjustment.valueOf(adjustment.name()),
            Confidence.probability(confidenceLevel), simultaneousIntervals, Alternative.valueOf(alternative.name()),
            nullMean, nullDifference);
        final List<Place> places = places();
        return Objections.of(() -> new MeansSettings(terms, places, List.of(slopesOf),
            MeansWeights.valueOf(weights.name()), Comparison.valueOf(comparisons.name()),
            comparisons == ComparisonMode.REFERENCE && !referenceLevel.isEmpty() ? referenceLevel : null,
            LevelContrast.parse(contrasts), tests));
    }

    private List<Place> places() throws InvalidSettingsException {
        final List<Place> places = new ArrayList<>();
        for (final String column : by) {
            places.add(new Place(column, Place.Rule.OBSERVED));
        }
        for (final PlaceParameters place : at) {
            places.add(place.place());
        }
        final Set<String> columns = new HashSet<>();
        for (final Place place : places) {
            if (!columns.add(place.column())) {
                throw new InvalidSettingsException("The column \"" + place.column()
                    + "\" tells twice where means are taken. " + "Remove one under \"" + BY + "\" or \"" + AT + "\".");
            }
        }
        return places;
    }
}
