package dev.mixedmodels.engine.covariance;

/**
 * A number with its first and second derivatives by P parameters, for recursions whose derivatives are clumsy to write
 * out (forward differentiation).
 *
 * @param value the number
 * @param gradient P first derivatives
 * @param hessian P x P second derivatives, row-major
 */
record Jet(double value, double[] gradient, double[] hessian) {

    static Jet constant(final double value, final int parameters) {
        return new Jet(value, new double[parameters], new double[parameters * parameters]);
    }

    /** A function of parameter k alone with the given derivatives. */
    static Jet variable(final int k, final double value, final double first, final double second,
        final int parameters) {
        final Jet jet = constant(value, parameters);
        jet.gradient[k] = first;
        jet.hessian[k * parameters + k] = second;
        return jet;
    }

    double first(final int k) {
        return gradient[k];
    }

    double second(final int k, final int l) {
        return hessian[k * gradient.length + l];
    }

    Jet plus(final Jet other) {
        return combine(1, other, 1);
    }

    Jet minus(final Jet other) {
        return combine(1, other, -1);
    }

    Jet times(final Jet other) {
        final Jet product = other.combine(value, this, other.value).withValue(value * other.value);
        final int p = gradient.length;
        for (int k = 0; k < p; k++) {
            for (int l = 0; l < p; l++) {
                product.hessian[k * p + l] += gradient[k] * other.gradient[l] + other.gradient[k] * gradient[l];
            }
        }
        return product;
    }

    private Jet withValue(final double newValue) {
        return new Jet(newValue, gradient, hessian);
    }

    /** a * this + b * other. */
    private Jet combine(final double a, final Jet other, final double b) {
        final Jet sum = constant(a * value + b * other.value, gradient.length);
        for (int k = 0; k < gradient.length; k++) {
            sum.gradient[k] = a * gradient[k] + b * other.gradient[k];
        }
        for (int k = 0; k < hessian.length; k++) {
            sum.hessian[k] = a * hessian[k] + b * other.hessian[k];
        }
        return sum;
    }
}
