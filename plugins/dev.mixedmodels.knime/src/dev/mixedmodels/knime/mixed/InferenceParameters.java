package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.knime.formula.MeansTerms;
import dev.mixedmodels.knime.settings.AdjustmentMode;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.FixedCovarianceMode;
import dev.mixedmodels.knime.settings.InfluenceMode;
import dev.mixedmodels.knime.settings.MethodMode;
import dev.mixedmodels.knime.settings.NoColumn;
import dev.mixedmodels.knime.settings.OptimiserLimits;
import dev.mixedmodels.knime.settings.TestTypeMode;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Settings of estimation, inference and least-squares means, which do not depend on how a model is written. */
@LoadDefaultsForAbsentFields
public abstract class InferenceParameters extends WeightedParameters {
    private static final class MeansAtReference implements ParameterReference<String> {
    }

    static final class MeansAtShown extends NoColumn.Shown {
        MeansAtShown() {
            super(MeansAtReference.class);
        }
    }

    @Widget(title = TestTypeMode.TITLE, description = TestTypeMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected TestTypeMode testType = TestTypeMode.III;

    @Widget(title = MethodMode.TITLE, description = MethodMode.DESCRIPTION)
    @ValueSwitchWidget
    @Layout(Sections.Estimation.class)
    protected MethodMode method = MethodMode.REML;

    @Widget(title = Confidence.TITLE, description = Confidence.DESCRIPTION)
    @NumberInputWidget(minValidation = Confidence.AtLeastFifty.class, maxValidation = Confidence.BelowHundred.class)
    @Layout(Sections.Inference.class)
    protected double confidenceLevel = Confidence.DEFAULT;

    @Widget(title = FixedCovarianceMode.TITLE, description = FixedCovarianceMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected FixedCovarianceMode fixedCovariance = FixedCovarianceMode.MODEL;

    @Widget(title = InfluenceMode.TITLE, description = InfluenceMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected InfluenceMode influence = InfluenceMode.NONE;

    @Widget(title = MeansTerms.OF_TITLE, description = """
        Nominal fixed effects, or interactions of them written with a colon (arm:visit), whose adjusted means and \
        their differences are wanted. None chosen: all nominal fixed effects.""")
    @ChoicesProvider(ColumnChoices.MeansTerms.class)
    @Layout(Sections.Means.class)
    protected String[] meansOf = {};

    @Widget(title = MeansTerms.AT_TITLE, description = """
        A fixed effect at whose values the means are taken one after the other, such as the visit or the time: then \
        differences between arms stand visit by visit. A numeric column: at each of its values, or at five of them if \
        there are more than 20. None: at the mean of numeric columns, over the levels of other nominal columns with \
        equal weights.""")
    @ChoicesProvider(ColumnChoices.OptionalAny.class)
    @ValueReference(MeansAtReference.class)
    @ValueProvider(MeansAtShown.class)
    @Layout(Sections.Means.class)
    protected String meansAt = "";

    @Widget(title = AdjustmentMode.TITLE, description = AdjustmentMode.DESCRIPTION)
    @Layout(Sections.Means.class)
    protected AdjustmentMode adjustment = AdjustmentMode.NONE;

    @Widget(title = OptimiserLimits.ITERATIONS_TITLE, description = OptimiserLimits.ITERATIONS_DESCRIPTION)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Layout(Sections.Details.class)
    protected int maxIterations = OptimiserLimits.ITERATIONS;

    @Widget(title = OptimiserLimits.TOLERANCE_TITLE, description = OptimiserLimits.TOLERANCE_DESCRIPTION)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class,
        maxValidation = OptimiserLimits.BelowOne.class)
    @Layout(Sections.Details.class)
    protected double tolerance = OptimiserLimits.TOLERANCE;

    @Override
    protected void check() throws InvalidSettingsException {
        Confidence.probability(confidenceLevel);
        OptimiserLimits.validate(maxIterations, tolerance);
    }

    /** How the likelihood is maximised, for the engine. */
    protected final EstimationSettings estimation() {
        return EstimationSettings.of(values());
    }

    /** Standard errors, intervals and tests for the engine, with what the node declares itself. */
    protected final InferenceSettings inference(final Enum<?> dfMethod, final VarianceIntervals intervals,
        final boolean varianceTests) {
        return new InferenceSettings(DfMethod.valueOf(dfMethod.name()), FixedCovariance.valueOf(fixedCovariance.name()),
            InfluenceMethod.valueOf(influence.name()), confidenceLevel, intervals, varianceTests);
    }

    /** The text, or null if it is empty, as engines have it. */
    protected static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }
}
