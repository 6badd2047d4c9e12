package dev.mixedmodels.engine.bootstrap;

import dev.mixedmodels.engine.numeric.Sampler;

/**
 * A fitted model that draws responses of its rows, and can be fitted to others. Used by several threads. Models of the
 * same kind may agree to draw what responses come down to, in place of them.
 */
public interface Refits {
    /**
     * @return number N of fitted rows
     */
    int rows();

    /**
     * @param random random numbers
     * @return a response from the model at its estimates, in the unit of the design, by fitted row; length N
     */
    double[] draw(Sampler random);

    /**
     * @return the fit to the response as it is
     */
    Refit own();

    /**
     * @return what fits the model, a workspace of one thread
     */
    Worker worker();

    /** Fits the model to responses. */
    @FunctionalInterface
    interface Worker {
        /**
         * @param response by fitted row, length N
         * @return the fit, null if the likelihood has no maximum
         */
        Refit fit(double[] response);
    }

    /**
     * What is left of a fit.
     *
     * @param criterion -2 log (restricted) likelihood, but for a constant of the model
     * @param coefficients of the kept columns of X, in the unit of the design
     * @param parameters covariance parameters, in the order of their table, and whatever else is wanted of them
     * @param converged whether the search came to its end
     */
    record Refit(double criterion, double[] coefficients, double[] parameters, boolean converged) {
    }
}
