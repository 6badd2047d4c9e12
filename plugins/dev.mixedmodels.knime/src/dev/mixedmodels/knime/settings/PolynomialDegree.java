package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.formula.FormulaBuilder;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** The degree of a polynomial of time. */
public final class PolynomialDegree {
    /** The largest. */
    public static final int LARGEST = FormulaBuilder.HIGHEST_DEGREE;

    private PolynomialDegree() {
    }

    /**
     * @param degree the degree
     * @param title of the setting
     * @throws InvalidSettingsException if it is negative or too large
     */
    public static void validate(final int degree, final String title) throws InvalidSettingsException {
        if (degree < 0 || degree > LARGEST) {
            throw new InvalidSettingsException("\"" + title + "\" is " + degree + ". The degree of a polynomial must "
                + "be between 0 and " + LARGEST + "; 1 is a straight line, 2 a parabola.");
        }
    }

    /** At most the largest degree. */
    public static final class AtMostLargest extends MaxValidation {
        @Override
        protected double getMax() {
            return LARGEST;
        }
    }
}
