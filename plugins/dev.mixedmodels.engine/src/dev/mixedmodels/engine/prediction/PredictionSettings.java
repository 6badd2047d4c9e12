package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.inference.SettingChecks;

/**
 * What to predict.
 *
 * @param effects which random effects are added to the fixed ones
 * @param upTo with {@link Effects#UP_TO} column of a grouping factor; else not looked at
 * @param confidence level of the bounds in (0, 1)
 * @param failOnNewLevels whether a level of a nominal fixed effect that did not occur in the fit is an error
 */
public record PredictionSettings(Effects effects, String upTo, double confidence, boolean failOnNewLevels) {
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
     * @throws dev.mixedmodels.engine.common.ModelException if the confidence level is below 50 or not below 100 percent
     */
    public PredictionSettings {
        SettingChecks.confidenceLevel(100 * confidence);
    }

    /**
     * @return all random effects, 95 %
     */
    public static PredictionSettings standard() {
        return new PredictionSettings(Effects.ALL, "", 0.95, false);
    }

    /**
     * @param other which random effects
     * @param column of a grouping factor
     * @return the same for these
     */
    public PredictionSettings with(final Effects other, final String column) {
        return new PredictionSettings(other, column, confidence, failOnNewLevels);
    }
}
