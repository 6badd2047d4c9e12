package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.formula.FormulaBuilder;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** The shape of the average course over time. */
public enum TimeCurveMode {
    /** Powers of time. */
    @Label(value = "Polynomial", description = "A straight line, a parabola and so on: powers of time.")
    POLYNOMIAL,
    /** A natural cubic spline. */
    @Label(value = "Natural spline", description = """
        Pieces of cubic polynomials that join smoothly at quantiles of the times, and straight lines before the first \
        and after the last time: ns(time, df = ...) of a formula. Follows courses that a parabola does not, without the \
        swings of high powers.""")
    NATURAL_SPLINE;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Shape of the average course";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "What the mean does over time.";
    /** Title of the degree of a polynomial. */
    public static final String DEGREE_TITLE = "Degree of the average course";
    /** Description of the degree. */
    public static final String DEGREE_DESCRIPTION = """
        The average course as a polynomial: 1 is a straight line, 2 a parabola; 0 no change over time, for instance \
        because the visit is a fixed effect; at most 10.""";
    /** Title of the degrees of freedom of a spline. */
    public static final String DF_TITLE = "Degrees of freedom of the average course";
    /** Description of the degrees of freedom. */
    public static final String DF_DESCRIPTION = """
        Number of coefficients of the spline: one more than it has knots inside of the range of times; 1 is a straight \
        line. Needs some times more than that.""";

    /**
     * @param df degrees of freedom of a spline
     * @throws InvalidSettingsException if there are none or too many
     */
    public static void validate(final int df) throws InvalidSettingsException {
        if (df < 1 || df > FormulaBuilder.MOST_COLUMNS) {
            throw new InvalidSettingsException("\"" + DF_TITLE + "\" is " + df + ". It must be between 1 and "
                + FormulaBuilder.MOST_COLUMNS + "; 1 is a straight line.");
        }
    }

    /** At most as many as a formula may have. */
    public static final class AtMostAll extends MaxValidation {
        @Override
        protected double getMax() {
            return FormulaBuilder.MOST_COLUMNS;
        }
    }
}
