package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.settings.DialogLayout;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;

/**
 * The parts of the dialogs, in their order; a dialog has those of them that have fields. The data and the model come
 * first. A section whose fields may all be hidden is hidden itself, since the platform shows empty headings; and an
 * array has a section of its own, since the platform shows no titles of arrays.
 */
@Inside(DialogLayout.Model.class)
public interface Sections {
    /** What a row is and where the model comes from. */
    @Section(title = "Data")
    interface Data {
    }

    /** Levels of a multilevel model. */
    @Section(title = MixedModelParameters.LEVELS)
    @After(Data.class)
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    interface Levels {
    }

    /** Fixed effects. */
    @Section(title = MixedModelParameters.FIXED_EFFECTS)
    @After(Levels.class)
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    interface FixedEffects {
    }

    /** Interactions of fixed effects. */
    @Section(title = MixedModelParameters.INTERACTIONS)
    @After(FixedEffects.class)
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    interface Interactions {
    }

    /** Covariance of a subject's rows. */
    @Section(title = "Covariance within subjects")
    @After(Interactions.class)
    interface Covariance {
    }

    /** How covariates are centred. */
    @Section(title = MixedModelParameters.CENTERING)
    @After(Covariance.class)
    @Effect(predicate = FromColumns.class, type = EffectType.SHOW)
    @Advanced
    interface Centering {
    }

    /** Random effects of a subject. */
    @Section(title = "Random effects")
    @After(Centering.class)
    @Advanced
    interface Random {
    }

    /** Residuals of a subject. */
    @Section(title = "Residuals within subjects")
    @After(Random.class)
    @Advanced
    interface Residual {
    }

    /** How the parameters are estimated. */
    @Section(title = "Estimation")
    @After(Residual.class)
    @Advanced
    interface Estimation {
    }

    /** Intervals and tests. */
    @Section(title = "Intervals and tests")
    @After(Estimation.class)
    @Advanced
    interface Inference {
    }

    /** Least-squares means. */
    @Section(title = "Least-squares means")
    @After(Inference.class)
    @Advanced
    interface Means {
    }

    /** Which columns are nominal, and what their coefficients mean. */
    @Section(title = "Nominal columns")
    @After(Means.class)
    @Advanced
    interface Factors {
    }

    /** Levels with which the others are compared. */
    @Section(title = MixedModelParameters.REFERENCE_LEVELS)
    @After(Factors.class)
    @Advanced
    interface References {
    }

    /** Missing values. */
    @Section(title = "Missing values")
    @After(References.class)
    @Advanced
    interface Missing {
    }

    /** Output and numerical details. */
    @Section(title = "Details")
    @After(Missing.class)
    @Advanced
    interface Details {
    }
}
