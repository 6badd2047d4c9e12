package dev.mixedmodels.engine.optimise;

/** A function to minimise, with its derivatives. */
@FunctionalInterface
public interface Objective {
    /**
     * @param theta the point, length m; not to be kept or changed
     * @param gradient to be filled with the gradient, length m; null if it is not wanted
     * @param hessian to be filled with second derivatives or a positive approximation to them (average or expected
     *            information), m x m; null if they are not wanted
     * @return the value; NaN or infinity where the function does not exist (a matrix not positive definite)
     */
    double value(double[] theta, double[] gradient, double[][] hessian);

    /**
     * @return how much of the last value may be rounding beyond that of the number itself: two values that differ by
     *         less are the same
     */
    default double rounding() {
        return 0;
    }
}
