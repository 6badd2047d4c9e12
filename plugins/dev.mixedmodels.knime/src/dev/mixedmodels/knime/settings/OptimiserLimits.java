package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.common.Words;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** When the search for the largest likelihood ends. */
public final class OptimiserLimits {
    /** Title of the largest number of iterations. */
    public static final String ITERATIONS_TITLE = "Iterations at most";
    /** Description of the largest number of iterations. */
    public static final String ITERATIONS_DESCRIPTION = """
        How many steps the search for the largest likelihood may take. If they do not suffice, a warning says so and \
        Converged is 0 in the table Model fit.""";
    /** Number of iterations that is set until the user sets another. */
    public static final int ITERATIONS = 200;
    /** Title of the tolerance. */
    public static final String TOLERANCE_TITLE = "Tolerance";
    /** Description of the tolerance. */
    public static final String TOLERANCE_DESCRIPTION = """
        The search ends when a further step would change -2 log likelihood by less than this part of it.""";
    /** Tolerance that is set until the user sets another. */
    public static final double TOLERANCE = 1e-10;

    private OptimiserLimits() {
    }

    /**
     * @param iterations most iterations
     * @param tolerance relative change of the criterion
     * @throws InvalidSettingsException if there are no iterations, or the tolerance is not between 0 and 1
     */
    public static void validate(final int iterations, final double tolerance) throws InvalidSettingsException {
        if (iterations < 1) {
            throw new InvalidSettingsException("\"" + ITERATIONS_TITLE + "\" is " + iterations + " and must be at "
                + "least 1; " + ITERATIONS + " is usual.");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new InvalidSettingsException("\"" + TOLERANCE_TITLE + "\" is " + Words.number(tolerance) + " and "
                + "must lie between 0 and 1, both excluded; " + TOLERANCE + " is usual.");
        }
    }

    /** Less than 1. */
    public static final class BelowOne extends MaxValidation {
        @Override
        protected double getMax() {
            return 1;
        }

        @Override
        public boolean isExclusive() {
            return true;
        }
    }
}
