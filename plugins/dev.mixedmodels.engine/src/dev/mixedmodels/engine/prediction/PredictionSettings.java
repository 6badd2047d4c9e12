package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.inference.SettingChecks;
import java.io.Serializable;

/**
 * What to predict.
 *
 * @param effects which random effects are added to the fixed ones
 * @param upTo with {@link Effects#UP_TO} column of a grouping factor; else not looked at
 * @param confidence level of the bounds in (0, 1)
 * @param failOnNewLevels whether a level of a nominal fixed effect that did not occur in the fit is an error
 */
public record PredictionSettings(Effects effects, String upTo, double confidence, boolean failOnNewLevels)
    implements Serializable {
    /** Which random effects a prediction takes as known. */
    public enum Effects {
        /** Those of all units that the model knows. */
        ALL,
        /** Those of one grouping factor and of the factors that it is nested in. */
        UP_TO,
        /** None: what the fixed effects predict. */
        NONE
    }

    /**
     * @throws ModelException if the confidence level is below 50 or not below 100 percent, or if a grouping factor is
     *             needed and none is named
     */
    public PredictionSettings {
        SettingChecks.confidenceLevel(100 * confidence);
        if (effects == Effects.UP_TO && (upTo == null || upTo.isEmpty())) {
            throw new ModelException("Random effects are to be used up to a level, and none is chosen. Choose a "
                + "grouping column under \"Known up to\".");
        }
    }

    private enum NewLevels {
        MISSING, FAIL
    }

    /**
     * @param values settings by the keys of the node
     * @return what to predict by them
     * @throws ModelException if a value is impossible
     */
    public static PredictionSettings of(final SettingValues values) {
        return new PredictionSettings(values.choice("randomEffects", Effects.class), values.text("upTo"),
            values.number("confidenceLevel") / 100, values.choice("newLevels", NewLevels.class) == NewLevels.FAIL);
    }
}
