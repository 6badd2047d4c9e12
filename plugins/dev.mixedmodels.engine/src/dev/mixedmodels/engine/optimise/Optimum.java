package dev.mixedmodels.engine.optimise;

/**
 * Where an optimiser stopped.
 *
 * @param theta the point, length m
 * @param value the function's value there
 * @param gradient the gradient there, length m
 * @param atLower which coordinates are at their lower bound, held there by the gradient
 * @param atUpper which are at their upper bound
 * @param iterations steps taken
 * @param evaluations values computed
 * @param converged whether the predicted further decrease is negligible
 */
public record Optimum(double[] theta, double value, double[] gradient, boolean[] atLower, boolean[] atUpper,
    int iterations, int evaluations, boolean converged) {

    /**
     * @return the largest absolute derivative among coordinates that are not held at a bound
     */
    public double freeGradient() {
        double largest = 0;
        for (int i = 0; i < theta.length; i++) {
            if (!atLower[i] && !atUpper[i]) {
                largest = Math.max(largest, Math.abs(gradient[i]));
            }
        }
        return largest;
    }
}
