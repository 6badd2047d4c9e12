package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.knime.settings.FixedCovarianceMode;
import dev.mixedmodels.knime.settings.InfluenceMode;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** Settings that go by the independent units of a model: subjects, or the units of the outermost level. */
@LoadDefaultsForAbsentFields
public abstract class ClusteredParameters extends MixedModelParameters {
    @Widget(title = FixedCovarianceMode.TITLE, description = FixedCovarianceMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected FixedCovarianceMode fixedCovariance = FixedCovarianceMode.MODEL;

    @Widget(title = InfluenceMode.TITLE, description = InfluenceMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected InfluenceMode influence = InfluenceMode.NONE;

    /** How the influence of units is found, for the engine. */
    protected final InfluenceMethod influence() {
        return influence.method();
    }

    /** The covariance of the fixed effects for the engine. */
    protected final FixedCovariance covariance() {
        return fixedCovariance.covariance();
    }
}
