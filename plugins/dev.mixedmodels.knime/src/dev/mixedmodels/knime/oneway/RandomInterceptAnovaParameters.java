package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessOnOpen;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.mixed.WeightedParameters;
import dev.mixedmodels.knime.settings.BootstrapIntervalsMode;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.FixedCovarianceMode;
import dev.mixedmodels.knime.settings.InfluenceMode;
import dev.mixedmodels.knime.settings.MissingValuesMode;
import dev.mixedmodels.knime.settings.Objections;
import dev.mixedmodels.knime.settings.Replicates;
import dev.mixedmodels.knime.settings.VarianceIntervalsMode;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;

/** Settings of the Random Intercept ANOVA node. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class RandomInterceptAnovaParameters extends WeightedParameters {
    private static final String RESPONSE = "Response";
    private static final String GROUP = "Group";

    enum Method {
        @Label(value = "REML", description = """
            Restricted maximum likelihood: variances that allow for the estimated mean, not negative. The usual \
            choice.""")
        REML,
        @Label(value = "ML", description = """
            Maximum likelihood: the variance between groups comes out somewhat too small when groups are few. For \
            comparing models by likelihood.""")
        ML,
        @Label(value = "ANOVA", description = """
            Method of moments from the mean squares of the analysis of variance (Henderson's method I when group sizes \
            differ). The variance between groups may come out negative; it is then reported as it is, and there are no \
            group effects.""")
        ANOVA
    }

    enum DfMethodMode {
        @Label(value = "Satterthwaite", description = """
            Degrees of freedom that match the uncertainty of the estimated variances. For any method and size.""")
        SATTERTHWAITE,
        @Label(value = "Kenward-Roger", description = """
            Also corrects the standard error for that uncertainty. Best for few groups; REML only.""")
        KENWARD_ROGER,
        @Label(value = "Residual", description = "Number of rows - 1, as if rows were independent: too many.")
        RESIDUAL,
        @Label(value = "Asymptotic", description = "The normal distribution: right for very many groups only.")
        ASYMPTOTIC
    }

    private static final class ResponseReference implements ParameterReference<String> {
    }

    private static final class GroupReference implements ParameterReference<String> {
    }

    static final class ResponseGuess extends GuessOnOpen<String> {
        ResponseGuess() {
            super(ResponseReference.class);
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return columns.response(columns.group(Set.of()), Set.of());
        }
    }

    static final class GroupGuess extends GuessOnOpen<String> {
        GroupGuess() {
            super(GroupReference.class);
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return columns.group(Set.of());
        }
    }

    @Widget(title = RESPONSE, description = """
        The numeric column whose variation is to be split up. One row is one observation.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @ValueReference(ResponseReference.class)
    @ValueProvider(ResponseGuess.class)
    @Layout(Sections.Data.class)
    String response = "";

    @Widget(title = GROUP, description = """
        The column that says which group a row belongs to: texts or whole numbers. The groups are seen as a random \
        sample from many (batches, schools, subjects), and their values repeat.""")
    @ChoicesProvider(ColumnChoices.Grouping.class)
    @ValueReference(GroupReference.class)
    @ValueProvider(GroupGuess.class)
    @Layout(Sections.Data.class)
    String group = "";

    private static final class MethodReference implements ParameterReference<Method> {
    }

    static final class HasLikelihood implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(MethodReference.class).isOneOf(Method.REML, Method.ML);
        }
    }

    @Widget(title = "Method", description = "How the two variances are estimated.")
    @ValueSwitchWidget
    @ValueReference(MethodReference.class)
    @Layout(Sections.Estimation.class)
    Method method = Method.REML;

    @Widget(title = "Degrees of freedom", description = "How the denominator degrees of freedom of the mean are found.")
    @Layout(Sections.Estimation.class)
    DfMethodMode dfMethod = DfMethodMode.SATTERTHWAITE;

    @Widget(title = FixedCovarianceMode.TITLE, description = """
        Whether the standard error of the mean trusts the model's variances or only that groups are independent. Sandwich \
        standard errors cannot be combined with Kenward-Roger.""")
    @Effect(predicate = HasLikelihood.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    FixedCovarianceMode fixedCovariance = FixedCovarianceMode.MODEL;

    @Widget(title = Confidence.TITLE, description = Confidence.DESCRIPTION)
    @NumberInputWidget(minValidation = Confidence.AtLeastFifty.class, maxValidation = Confidence.BelowHundred.class)
    @Layout(Sections.Inference.class)
    double confidenceLevel = Confidence.DEFAULT;

    @Widget(title = VarianceIntervalsMode.TITLE, description = VarianceIntervalsMode.DESCRIPTION + " " + """
        With the method ANOVA there is no likelihood: instead of its profile stand the chi-square interval of the \
        residual variance (exact) and, if groups are of equal size, that of Williams and Tukey for the variance \
        between groups (nearly exact), else none; Wald's is symmetric.""")
    @ValueReference(BootstrapIntervalsMode.Reference.class)
    @Layout(Sections.Inference.class)
    BootstrapIntervalsMode varianceIntervals = BootstrapIntervalsMode.PROFILE;

    @Widget(title = Replicates.TITLE, description = Replicates.DESCRIPTION)
    @NumberInputWidget(minValidation = Replicates.Least.class, maxValidation = Replicates.Most.class)
    @Effect(predicate = BootstrapIntervalsMode.IsBootstrap.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    int bootstrapReplicates = Replicates.DEFAULT;

    static final class RandomTestsReference implements ParameterReference<Boolean> {
    }

    @Widget(title = "Test the variance between groups", description = """
        Whether to test that groups do not differ: the F test, the likelihood ratio test and the exact restricted \
        likelihood ratio test, in the table Model fit.""")
    @ValueReference(RandomTestsReference.class)
    @Layout(Sections.Inference.class)
    boolean randomTests = true;

    static final class IsSimulated implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getBoolean(RandomTestsReference.class).isTrue()
                .or(i.getPredicate(BootstrapIntervalsMode.IsBootstrap.class));
        }
    }

    @Widget(title = Replicates.SEED_TITLE, description = Replicates.TEST_SEED_DESCRIPTION)
    @Effect(predicate = IsSimulated.class, type = EffectType.SHOW)
    @Layout(Sections.Inference.class)
    long seed = 1;

    @Widget(title = "Influence of groups", description = """
        Whether to leave out one group at a time, to see how the estimates depend on it: the table Influence.""")
    @Layout(Sections.Inference.class)
    InfluenceMode influence = InfluenceMode.NONE;

    @Widget(title = MissingValuesMode.TITLE, description = MissingValuesMode.DESCRIPTION)
    @RadioButtonsWidget
    @Layout(Sections.Missing.class)
    MissingValuesMode missingValues = MissingValuesMode.OMIT_ROWS;

    /** Settings before a table is known. */
    RandomInterceptAnovaParameters() {
        // the initial values above
    }

    /** Settings of a new node: columns are guessed. */
    RandomInterceptAnovaParameters(final NodeParametersInput input) {
        response = null;
        group = null;
    }

    @Override
    protected void guess(final Guesses guesses) {
        final Set<String> taken = Guesses.taken(response, weights);
        group = guesses.column(GROUP, group, () -> guesses.columns().group(taken));
        response = guesses.column(RESPONSE, response, () -> guesses.columns().response(group, Guesses.taken(weights)));
    }

    @Override
    public String repeated() {
        return group;
    }

    @Override
    protected void check() throws InvalidSettingsException {
        Confidence.probability(confidenceLevel);
        varianceIntervals.check(bootstrapReplicates);
        if (dfMethod == DfMethodMode.KENWARD_ROGER && method != Method.REML) {
            throw new InvalidSettingsException("Kenward-Roger degrees of freedom exist for REML estimates only, and "
                + "the method is " + method + ". Choose the method REML, or Satterthwaite degrees of freedom.");
        }
        Objections.check(() -> FixedCovariance.valueOf(fixedCovariance.name())
            .check(DfMethod.valueOf(dfMethod.name())));
    }

    /** The settings for the engine; throws if they do not fit the table. */
    RandomInterceptSettings toSettings(final DataTableSpec spec) throws InvalidSettingsException {
        check();
        ColumnChecks.requireResponse(spec, response);
        ColumnChecks.requireGrouping(spec, group, "grouping", GROUP);
        ColumnChecks.requireDifferent(response, RESPONSE, group, GROUP);
        checkWeights(spec, response, RESPONSE, List.of(group));
        return RandomInterceptSettings.of(values());
    }
}
