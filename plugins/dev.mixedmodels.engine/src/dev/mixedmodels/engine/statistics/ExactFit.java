package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;

/**
 * Whether a model leaves more of a response than the rounding of its values. What is exact is judged against the
 * response's own digits, not against how much the model explains: units may differ by 1e10 residual standard
 * deviations and still have a residual variance to estimate.
 */
public final class ExactFit {
    /** Residuals of so many units in the last place of the largest response are rounding, of the data and of ours. */
    private static final double ULPS = 4;

    private ExactFit() {
    }

    /**
     * @param residualSumOfSquares what the model leaves, in the response's unit squared
     * @param residuals number of rows less that of the coefficients that were fitted to them, positive
     * @param largest largest absolute response
     * @return whether that is no more than rounding
     */
    public static boolean is(final double residualSumOfSquares, final double residuals, final double largest) {
        return Math.sqrt(residualSumOfSquares / residuals) <= ULPS * Math.ulp(largest);
    }

    /**
     * @param response name of the response
     * @return the error of a response that the fixed effects reproduce
     */
    public static ModelException ofFixedEffects(final String response) {
        return new ModelException("The fixed effects reproduce the response \"" + response + "\" exactly, so that no "
            + "variance is left to be estimated. Is it computed from the covariates, or are there as many coefficients "
            + "as different rows?");
    }

    /**
     * @param response name of the response
     * @param value that all its rows have, in the table's unit
     * @return the error of a constant response
     */
    public static ModelException ofConstant(final String response, final double value) {
        return new ModelException("The response \"" + response + "\" is " + Words.number(value)
            + " in all rows. There is nothing to model.");
    }

    /**
     * @param response name of the response
     * @return the error of a response that fixed and random effects reproduce together
     */
    public static ModelException ofRandomEffects(final String response) {
        return new ModelException("Fixed and random effects together reproduce the response \"" + response
            + "\" but for rounding, so that the residual variance is 0. Is \"" + response
            + "\" the same in all rows of a unit, or computed from the slope variable? Such data need no mixed model; "
            + "with fewer random effects there may be a rest.");
    }
}
