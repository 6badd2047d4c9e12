package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.inference.SettingChecks;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** The confidence level, in percent, at least 50 and below 100. */
public final class Confidence {
    /** Title of the setting in every dialog. */
    public static final String TITLE = "Confidence level (%)";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        Level of all confidence and prediction intervals, in percent, at least 50 and below 100.""";
    /** The level that is set until the user sets another. */
    public static final double DEFAULT = 95;

    private Confidence() {
    }

    /**
     * @param percent the level in percent
     * @return the level as a probability
     * @throws InvalidSettingsException if it is below 50 or not below 100, as a probability in its place is
     */
    public static double probability(final double percent) throws InvalidSettingsException {
        Objections.check(() -> SettingChecks.confidenceLevel(percent));
        return percent / 100;
    }

    /** At least 50. */
    public static final class AtLeastFifty extends MinValidation {
        @Override
        protected double getMin() {
            return SettingChecks.LEAST_CONFIDENCE;
        }
    }

    /** Less than 100. */
    public static final class BelowHundred extends MaxValidation {
        @Override
        protected double getMax() {
            return 100;
        }

        @Override
        public boolean isExclusive() {
            return true;
        }
    }
}
