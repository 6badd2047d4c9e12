package dev.mixedmodels.knime.settings;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** The confidence level, in percent, strictly between 0 and 100. */
public final class Confidence {
    /** Title of the setting in every dialog. */
    public static final String TITLE = "Confidence level (%)";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "Level of all confidence and prediction intervals, in percent, between "
        + "0 and 100, both excluded.";
    /** The level that is set until the user sets another. */
    public static final double DEFAULT = 95;

    private Confidence() {
    }

    /**
     * @param percent the level in percent
     * @return the level as a probability
     * @throws InvalidSettingsException if it is not between 0 and 100
     */
    public static double probability(final double percent) throws InvalidSettingsException {
        if (!(percent > 0 && percent < 100)) {
            throw new InvalidSettingsException("The confidence level is " + percent
                + " %. Set \"" + TITLE + "\" to a number above 0 and below 100, such as 95.");
        }
        return percent / 100;
    }

    /** More than 0. */
    public static final class AboveZero extends MinValidation {
        @Override
        protected double getMin() {
            return 0;
        }

        @Override
        public boolean isExclusive() {
            return true;
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
